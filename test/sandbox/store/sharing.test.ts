import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Collection } from '../../../src/sandbox/store/collection.ts';
import type { SwitchRecord } from '../../../src/sandbox/store/records.ts';
import { SwitchLog } from '../../../src/sandbox/store/switch-log.ts';

/*
 * Copies share lists, and lists are handed out without being copied. Each step below is taken by one of many copies, and
 * compared with lists that are copied whole at every step.
 */

const systems = ['one', 'two'];

interface Step {
  /** Which copy takes it. */
  readonly copy: number;
  readonly kind: 'put' | 'delete' | 'copy' | 'read';
  readonly name: string;
  readonly value: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  copy: fc.nat(),
  kind: fc.constantFrom('put', 'put', 'put', 'delete', 'copy', 'read'),
  name: fc.integer({ min: 0, max: 7 }).map(String),
  value: fc.integer({ min: 0, max: 5 }),
});
const steps = fc.array(step, { maxLength: 60 });

/** Takes steps on a store and on its model alike. */
interface Pair<Store, R> {
  readonly store: Store;
  readonly model: Map<string, readonly R[]>;
}

function run<Store, R>(
  taken: readonly Step[],
  first: Store,
  parts: {
    copy(store: Store): Store;
    list(store: Store, system: string): readonly R[];
    /** Changes a store, and gives the list that is expected then. */
    change(
      store: Store,
      kind: 'put' | 'delete',
      name: string,
      value: number,
      before: readonly R[],
    ): readonly R[];
  },
): void {
  const pairs: Pair<Store, R>[] = [{ store: first, model: new Map() }];
  const handedOut: (readonly [readonly R[], readonly R[]])[] = [];
  for (const { copy, kind, name, value } of taken) {
    const { store, model } = pairs[copy % pairs.length] ?? { store: first, model: new Map() };
    const system = systemOf(name);
    if (kind === 'copy') pairs.push({ store: parts.copy(store), model: new Map(model) });
    else if (kind === 'read') handedOut.push([parts.list(store, system), model.get(system) ?? []]);
    else model.set(system, parts.change(store, kind, name, value, model.get(system) ?? []));
  }
  for (const { store, model } of pairs) {
    for (const system of systems) expect(parts.list(store, system)).toEqual(model.get(system) ?? []);
  }
  for (const [list, expected] of handedOut) expect(list).toEqual(expected);
}

function systemOf(name: string): string {
  return systems[Number(name) % systems.length] ?? '';
}

interface Thing {
  readonly id: string;
  readonly uuid: string;
  readonly system: string;
  readonly value: number;
}

describe('members and groups', () => {
  test('neither copies nor lists that were handed out see what changes elsewhere', () => {
    fc.assert(
      fc.property(steps, (taken) => {
        run(taken, new Collection<Thing>(), {
          copy: (store) => new Collection(store),
          list: (store, system) => {
            expect(store.count(system)).toBe(store.of(system).length);
            return store.of(system);
          },
          change(store, kind, name, value, before) {
            const record = { id: `id ${name}`, uuid: name, system: systemOf(name), value };
            const others = before.filter(({ uuid }) => uuid !== name);
            if (kind === 'delete') {
              store.delete(record);
              expect([store.get(name), store.getById(record.id)]).toEqual([undefined, undefined]);
              return others;
            }
            store.put(record);
            expect([store.get(name), store.getById(record.id)]).toEqual([record, record]);
            const isThere = others.length < before.length;
            return isThere ? before.map((one) => (one.uuid === name ? record : one)) : [...before, record];
          },
        });
      }),
    );
  });

  test('a list is the same one until something changes, in copies, too', () => {
    const first = new Collection<Thing>();
    const thing = { id: 'a', uuid: 'a', system: 'one', value: 1 };
    first.put(thing);
    const list = first.of('one');
    const copy = new Collection(first);
    expect(copy.of('one')).toBe(list);
    copy.put({ ...thing, value: 2 });
    expect(copy.of('one')).not.toBe(list);
    expect(first.of('one')).toBe(list);
  });
});

test('neither copies nor lists of switches that were handed out see what changes elsewhere', () => {
  fc.assert(
    fc.property(steps, (taken) => {
      run<SwitchLog, SwitchRecord>(taken, new SwitchLog(), {
        copy: (store) => new SwitchLog(store),
        list: (store, system) => store.of(system),
        change(store, kind, name, value, before) {
          // No two at one time.
          const timestamp = BigInt(value * 10 + Number(name));
          const record = { id: name, system: systemOf(name), timestamp, members: [String(value)] };
          const existing = store.get(name);
          const others = before.filter(({ id }) => id !== name);
          if (kind === 'delete') {
            if (existing !== undefined) store.delete(existing);
            return others;
          }
          store.put(record);
          expect(store.hasAt(record.system, timestamp)).toBe(true);
          const after = [...others, record].sort((one, other) => Number(one.timestamp - other.timestamp));
          expect(store.latest(record.system)).toEqual(after.at(-1));
          expect(store.newestBefore(record.system, timestamp, 2)).toEqual(
            after
              .filter((one) => one.timestamp < timestamp)
              .reverse()
              .slice(0, 2),
          );
          return after;
        },
      });
    }),
  );
});
