import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Collection } from '../../../src/sandbox/store/collection.ts';
import { History, type Version } from '../../../src/sandbox/store/history.ts';
import type { SwitchRecord } from '../../../src/sandbox/store/records.ts';
import { SwitchLog } from '../../../src/sandbox/store/switch-log.ts';
import { tries } from '../../support/tries.ts';

/*
 * States are saved, gone back to, committed and taken back in any order, and compared with lists that are copied whole at
 * every step.
 */

const systems = ['one', 'two'];
const names = ['0', '1', '2', '3', '4', '5', '6'];

interface Thing {
  readonly id: string;
  readonly uuid: string;
  readonly system: string;
  readonly value: number;
}

/** What is there, each list in its order. */
interface Model {
  readonly things: readonly Thing[];
  readonly switches: readonly SwitchRecord[];
}

interface Step {
  readonly kind:
    | 'thing'
    | 'switch'
    | 'no thing'
    | 'no switch'
    | 'commit'
    | 'take back'
    | 'save'
    | 'restore'
    | 'release';
  readonly name: string;
  readonly value: number;
  /** Which of the saved states. */
  readonly index: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(
    ...(['thing', 'thing', 'switch', 'switch', 'no thing', 'no switch'] as const),
    ...(['commit', 'take back', 'save', 'restore', 'restore', 'release'] as const),
  ),
  name: fc.constantFrom(...names),
  value: fc.nat(5),
  index: fc.nat(),
});

function systemOf(name: string): string {
  return systems[Number(name) % systems.length] ?? '';
}

/** Replaces in place, or adds at the end. */
function withItem<Item>(
  list: readonly Item[],
  item: Item,
  isSame: (other: Item) => boolean,
): readonly Item[] {
  return list.some(isSame) ? list.map((other) => (isSame(other) ? item : other)) : [...list, item];
}

function byTime(switches: readonly SwitchRecord[], system: string): readonly SwitchRecord[] {
  const own = switches.filter((logged) => logged.system === system);
  return own.sort((one, other) => Number(one.timestamp - other.timestamp));
}

class Run {
  readonly history = new History();
  readonly things = new Collection<Thing>(this.history);
  readonly switches = new SwitchLog(this.history);
  model: Model = { things: [], switches: [] };
  committed: Model = this.model;
  readonly saved: { version: Version; model: Model }[] = [];

  take({ kind, name, value, index }: Step): void {
    const { things, switches } = this.model;
    const place = this.saved.length === 0 ? 0 : index % this.saved.length;
    const saved = this.saved[place];
    const thing = { id: `id ${name}`, uuid: name, system: systemOf(name), value };
    const logged = { id: name, system: systemOf(name), timestamp: BigInt(value), members: [] };
    switch (kind) {
      case 'thing':
        this.things.put(thing);
        this.model = { switches, things: withItem(things, thing, ({ uuid }) => uuid === name) };
        break;
      case 'switch':
        this.switches.put(logged);
        this.model = { things, switches: withItem(switches, logged, ({ id }) => id === name) };
        break;
      case 'no thing':
        this.things.delete(thing);
        this.model = { switches, things: things.filter(({ uuid }) => uuid !== name) };
        break;
      case 'no switch':
        this.switches.delete(logged);
        this.model = { things, switches: switches.filter(({ id }) => id !== name) };
        break;
      case 'commit':
        this.history.commit();
        this.committed = this.model;
        break;
      case 'take back':
        this.history.rollback();
        this.model = this.committed;
        break;
      case 'save':
        this.saved.push({ version: this.history.save(), model: this.model });
        break;
      case 'restore':
        if (saved === undefined) return;
        this.history.restore(saved.version);
        this.model = saved.model;
        break;
      case 'release':
        if (saved === undefined) return;
        this.history.release(saved.version);
        this.saved.splice(place, 1);
    }
  }

  assertSame(): void {
    for (const system of systems) {
      const things = this.model.things.filter((thing) => thing.system === system);
      expect(this.things.of(system)).toEqual(things);
      expect(this.things.count(system)).toBe(things.length);
      const expected = byTime(this.model.switches, system);
      expect(this.switches.of(system)).toEqual(expected);
      expect(this.switches.latest(system)).toEqual(expected.at(-1));
      expect(this.switches.newestBefore(system, 3n, 2)).toEqual(
        expected
          .filter(({ timestamp }) => timestamp < 3n)
          .reverse()
          .slice(0, 2),
      );
      for (const value of [0, 3]) {
        const isThere = expected.some(({ timestamp }) => timestamp === BigInt(value));
        expect(this.switches.hasAt(system, BigInt(value))).toBe(isThere);
      }
    }
    for (const name of names) {
      const thing = this.model.things.find(({ uuid }) => uuid === name);
      expect([this.things.get(name), this.things.getById(`id ${name}`)]).toEqual([thing, thing]);
    }
  }
}

test('the history goes back to any saved state, and takes back what was not committed, in any order', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const run = new Run();
      for (const one of steps) {
        run.take(one);
        run.assertSame();
      }
    }),
    { numRuns: tries(200, 10_000) },
  );
});

test('lists of the store do not change, and are the same object until something changes', () => {
  const history = new History();
  const things = new Collection<Thing>(history);
  const thing = { id: 'a', uuid: 'a', system: 'one', value: 1 };
  things.put(thing);
  const start = history.save();
  const list = things.of('one');
  expect(things.of('one')).toBe(list);
  things.put({ ...thing, value: 2 });
  expect(list).toEqual([thing]);
  expect(things.of('one')).toEqual([{ ...thing, value: 2 }]);
  history.restore(start);
  expect(things.of('one')).toEqual([thing]);
});

test('restoring a state costs in proportion to the changes, and nothing for released states', () => {
  const history = new History();
  let swaps = 0;
  const things = new Collection<Thing>(history, () => {
    swaps += 1;
  });
  const put = (index: number, value: number) =>
    things.put({ id: `id ${index}`, uuid: String(index), system: 'one', value });
  for (let index = 0; index < 10_000; index += 1) put(index, 0);
  history.commit();
  const start = history.save();
  // As a test would that saves a state before each step.
  for (let value = 1; value <= 1000; value += 1) {
    const saved = history.save();
    put(1, value);
    put(2, value);
    history.release(saved);
  }
  swaps = 0;
  history.restore(start);
  expect(swaps).toBe(2);
  expect([things.get('1')?.value, things.get('2')?.value, things.count('one')]).toEqual([0, 0, 10_000]);
});
