/**
 * A playground for the recipe's widget: its source can be edited, and fronters can be switched in the sandbox of the page.
 */
import { element } from '../../src/sandbox/console/page/element.ts';
import type { FullWorld } from '../../src/sandbox/world/world.ts';

const system = 'harbor';
const api = 'https://api.pluralkit.me/v2';
const storageKey = 'fronting-widget-source';

const place = element('p', {});
const problem = element('p', { class: 'problem', role: 'alert', hidden: true });
const source = element('textarea', { id: 'source', rows: 20, spellcheck: 'false', autocomplete: 'off' });
const front = element('form', { class: 'card', 'aria-label': 'Who is fronting' });

function showWidget(): void {
  const widget = document.createElement('fronting-widget');
  widget.setAttribute('system', system);
  place.replaceChildren(widget);
}

/** Runs the source as a module. */
async function run(): Promise<void> {
  const address = URL.createObjectURL(new Blob([source.value], { type: 'text/javascript' }));
  try {
    await import(address);
  } catch (error) {
    showProblem(String(error));
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** A custom element cannot be defined twice: the page is loaded again for another source. */
function runAnew(text: string | null): void {
  if (text !== null) sessionStorage.setItem(storageKey, text);
  location.reload();
}

async function showFront(): Promise<void> {
  const world: FullWorld = await (await fetch('/_sandbox/world')).json();
  const own = world.systems.find(({ id }) => id === system);
  const fronting = own?.switches.at(-1)?.members ?? [];
  const boxes = (own?.members ?? []).map(({ id, name }) => ({
    name,
    box: element('input', { type: 'checkbox', value: id, checked: fronting.includes(id) }),
  }));
  front.replaceChildren(
    element('h2', {}, 'Who is fronting'),
    element(
      'div',
      { class: 'actions' },
      ...boxes.map(({ name, box }) => element('label', { class: 'check' }, box, name)),
    ),
    element('div', { class: 'actions' }, element('button', { type: 'submit' }, 'Switch')),
  );
  front.onsubmit = async (event) => {
    event.preventDefault();
    const members = boxes.filter(({ box }) => box.checked).map(({ box }) => box.value);
    const response = await fetch(`${api}/systems/@me/switches`, {
      method: 'POST',
      headers: { Authorization: own?.token ?? '', 'Content-Type': 'application/json' },
      body: JSON.stringify({ members }),
    });
    showProblem(response.ok ? null : (await response.json()).message);
    showWidget();
  };
}

function showProblem(text: string | null): void {
  problem.hidden = text === null;
  problem.textContent = text;
}

const changed = sessionStorage.getItem(storageKey);
// It is kept for one load only.
sessionStorage.removeItem(storageKey);
source.value = changed ?? (await (await fetch('./widget.js')).text());
const content = element(
  'div',
  { class: 'cards' },
  element('div', { class: 'card' }, element('h1', {}, 'Fronting widget'), place, problem),
  front,
  element(
    'div',
    { class: 'card' },
    element('label', { for: 'source' }, 'Its source'),
    source,
    element(
      'div',
      { class: 'actions' },
      element('button', { type: 'button', onclick: () => runAnew(source.value) }, 'Run'),
      element('button', { type: 'button', onclick: () => runAnew(null) }, 'Back to the original'),
    ),
  ),
);
document.querySelector('main')?.append(content);
showWidget();
await run();
await showFront();
