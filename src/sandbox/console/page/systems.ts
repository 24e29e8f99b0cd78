import { withoutPassword } from '../../formats/url.ts';
import type { FullWorld, WorldGroup, WorldMember, WorldSystem } from '../../world/world.ts';
import type { App, Section } from './app.ts';
import { copyButton } from './copy-button.ts';
import { element } from './element.ts';
import { keepFocus } from './keep-focus.ts';
import { nameOf, newestFirst } from './references.ts';

/** The systems of the world, with their tokens. */
export function createSystems(app: App): Section {
  const list = element('ul', { class: 'cards' });
  const open = new Set<string>();
  const render = ({ systems }: FullWorld) => {
    const empty = element(
      'li',
      { class: 'card' },
      'This world has no system. Load another world in the section “Controls”.',
    );
    const cards = systems.map((system) => systemCard(app, system, open));
    keepFocus(list, () => list.replaceChildren(...(cards.length === 0 ? [empty] : cards)));
  };
  render(app.world);
  app.onWorld(render);
  return {
    name: 'systems',
    title: 'Systems',
    update: app.updateWorld,
    content: element(
      'div',
      {},
      element(
        'p',
        { class: 'lead' },
        'These systems are made up. The sandbox responds as the real server does, and no change in it reaches PluralKit.',
      ),
      element(
        'p',
        { class: 'lead' },
        'The API is at ',
        element('code', { class: 'break' }, `${app.origin}/v2`),
        ' ',
        copyButton('the address of the API', () => `${app.origin}/v2`),
        ...(app.docs === '' ? [] : [' ', element('a', { href: app.docs }, 'Documentation')]),
      ),
      list,
    ),
  };
}

function systemCard(app: App, system: WorldSystem, open: Set<string>): HTMLElement {
  const name = nameOf(system);
  const title = `system-${system.id}`;
  const { members, groups, switches } = system;
  const facts: readonly (readonly [string, Node | string])[] = [
    ['Id', element('code', {}, system.id)],
    ['Token', tokenView(system)],
    ['Accounts', system.accounts.join(', ') || 'none'],
    ['Fronting', fronting(system)],
    ['Webhook', withoutPassword(system.webhook?.url ?? 'none')],
    ...(system.webhook
      ? [['Signing token', element('code', { class: 'break' }, system.webhook.token)] as const]
      : []),
    ['Private', privateKeys(system.privacy)],
  ];
  return element(
    'li',
    { class: 'card' },
    element('h3', { id: title }, swatch(system.color), name),
    element(
      'dl',
      { class: 'facts' },
      ...facts.map(([term, value]) => element('div', {}, element('dt', {}, term), element('dd', {}, value))),
    ),
    things(open, system, 'members', members),
    things(open, system, 'groups', groups),
    element('p', { class: 'muted' }, counted(switches.length, 'switch', 'switches')),
    element(
      'p',
      { class: 'actions' },
      system.token !== null &&
        element(
          'button',
          {
            type: 'button',
            'aria-label': `Send a request as ${name}`,
            onclick: () => app.open('try', 'getSystem', system.id),
          },
          'Send a request as this system',
        ),
    ),
  );
}

function fronting({ switches, members }: WorldSystem): string {
  const [latest] = newestFirst(switches);
  if (latest === undefined) return 'no switch yet';
  const names = latest.members.map((id) => members.find((member) => member.id === id)?.name ?? id);
  return names.join(', ') || 'nobody';
}

function tokenView({ token, name, id }: WorldSystem): Node | string {
  if (token === null) return 'none';
  return element(
    'span',
    { class: 'token' },
    element('code', { class: 'break' }, token),
    ' ',
    copyButton(`the token of ${nameOf({ name, id })}`, () => token),
  );
}

function things(
  open: Set<string>,
  system: WorldSystem,
  kind: 'members' | 'groups',
  list: readonly (WorldMember | WorldGroup)[],
): HTMLElement {
  const key = `${system.id} ${kind}`;
  const one = kind === 'members' ? 'member' : 'group';
  if (list.length === 0) return element('p', { class: 'muted' }, counted(0, one, kind));
  const rows = list
    .slice(0, longestList)
    .map((thing) =>
      element(
        'li',
        {},
        swatch(thing.color),
        thing.name,
        ' ',
        element('code', {}, thing.id),
        thing.privacy.visibility === 'private' && element('span', { class: 'badge' }, 'private'),
      ),
    );
  const rest = list.length - rows.length;
  const details = element(
    'details',
    { open: open.has(key) },
    element('summary', {}, counted(list.length, one, kind)),
    element(
      'ul',
      { class: 'things' },
      ...rows,
      rest > 0 && element('li', { class: 'muted' }, `and ${rest} more`),
    ),
  );
  details.addEventListener('toggle', () => {
    if (details.open) open.add(key);
    else open.delete(key);
  });
  return details;
}

const longestList = 200;

/** A colour beside a name; it is told nowhere else, and decoration. */
function swatch(color: string | null): HTMLElement | null {
  if (color === null) return null;
  const dot = element('span', { class: 'swatch', 'aria-hidden': 'true' });
  dot.style.backgroundColor = `#${color}`;
  return dot;
}

function privateKeys(privacy: Readonly<Record<string, string>>): string {
  const keys = Object.entries(privacy)
    .filter(([, level]) => level === 'private')
    .map(([key]) => key.replace('_privacy', '').replaceAll('_', ' '));
  return keys.join(', ') || 'nothing';
}

function counted(count: number, one: string, many: string): string {
  return `${count === 0 ? 'No' : count} ${count === 1 ? one : many}`;
}
