import type { ConsoleOperation } from '../operations.ts';
import { AdminError, UnreachableError } from './admin.ts';
import { announce } from './announce.ts';
import type { App } from './app.ts';
import { createBot } from './bot.ts';
import { createControls } from './controls.ts';
import { element } from './element.ts';
import { createEvents } from './events.ts';
import { poll } from './polling.ts';
import { createRequests } from './requests.ts';
import { createSections } from './sections.ts';
import { createSystems } from './systems.ts';
import { createTryIt } from './try-it.ts';
import { WorldState } from './world-state.ts';

const response = await fetch('/_sandbox/console/operations.json');
const operations: readonly ConsoleOperation[] = await response.json();

const main = byId('main');
const connection = byId('connection');
const problem = element('p', { class: 'problem card', role: 'alert', hidden: true });
const worldState = new WorldState();

const app: App = {
  // On a page for another server, the commands name that server.
  origin: document.body.dataset.origin || location.origin,
  docs: document.body.dataset.docs ?? '',
  get world() {
    return worldState.world;
  },
  onWorld: (listener) => worldState.onChange(listener),
  updateWorld: () => worldState.update(),
  async run(action, done) {
    try {
      await action();
      showProblem('');
      if (done !== undefined) announce(done);
    } catch (error) {
      if (!(error instanceof AdminError || error instanceof UnreachableError)) throw error;
      showProblem(error.message);
    }
    await refresh();
  },
  open: (section, ...parts) => {
    location.hash = `#/${[section, ...parts].join('/')}`;
  },
};

await worldState.update();
const sections = createSections(main, byId('sections'), [
  createSystems(app),
  createTryIt(app, operations),
  createRequests(app),
  createEvents(app),
  createBot(app),
  createControls(app, operations),
]);
main.prepend(problem);

const refresh = poll(async () => {
  try {
    await sections.current.update();
    showConnection(true);
  } catch (error) {
    if (!(error instanceof AdminError || error instanceof UnreachableError)) throw error;
    showConnection(false);
  }
});
sections.onOpen = (problem) => {
  showProblem(problem);
  refresh();
};
sections.open();

function showProblem(text: string): void {
  problem.textContent = text;
  problem.hidden = text === '';
}

function showConnection(up: boolean): void {
  const text = up ? 'Live' : 'The sandbox does not respond. Is it still running?';
  connection.classList.toggle('lost', !up);
  if (connection.textContent !== text) connection.textContent = text;
}

function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no element #${id}`);
  return found;
}
