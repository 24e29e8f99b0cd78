import type { FullWorld, WorldSystem } from '../../world/world.ts';
import type { ConsoleOperation } from '../operations.ts';
import { element } from './element.ts';
import { adaptBody } from './references.ts';

/** Edits the JSON that is sent, starting from the document's examples. */
export class BodyEditor {
  readonly content = element('div', {});
  /** Called when the keys for sending are pressed. */
  onSubmit: () => void = () => {};
  readonly #text = element('textarea', {
    id: 'body',
    rows: 10,
    spellcheck: 'false',
    autocapitalize: 'off',
    'aria-describedby': 'body-hint body-problem',
  });
  readonly #example = element('select', { id: 'body-example' });
  readonly #problem = element('p', { id: 'body-problem', class: 'hint problem', role: 'status' });
  #operation: ConsoleOperation | undefined;
  #world: FullWorld = { systems: [], messages: [] };
  #caller: WorldSystem | undefined;
  #filled = '';

  constructor() {
    this.#text.addEventListener('input', () => this.#check());
    this.#example.addEventListener('change', () => this.#fill());
    this.#text.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      this.onSubmit();
    });
  }

  /** The body to send; null where the operation takes none. */
  get text(): string | null {
    return this.#operation?.body ? this.#text.value : null;
  }

  show(operation: ConsoleOperation, world: FullWorld, caller: WorldSystem | undefined): void {
    this.#operation = operation;
    this.#world = world;
    this.#caller = caller;
    if (operation.body === null) {
      this.content.replaceChildren();
      return;
    }
    const examples = operation.body.examples;
    this.#example.replaceChildren(
      ...examples.map(({ summary }, index) => element('option', { value: index }, summary)),
    );
    this.content.replaceChildren(
      ...(examples.length > 1
        ? [
            element(
              'div',
              { class: 'field' },
              element('label', { for: 'body-example' }, 'Example'),
              this.#example,
            ),
          ]
        : []),
      element(
        'div',
        { class: 'field' },
        element('label', { for: 'body' }, 'Body (JSON)'),
        this.#text,
        element('p', { id: 'body-hint', class: 'hint' }, 'Ctrl + Enter sends.'),
        this.#problem,
      ),
    );
    this.#fill();
  }

  /** Inserts references to the caller's objects, or others of the world, unless the body has been edited. */
  adapt(world: FullWorld, caller: WorldSystem | undefined): void {
    this.#world = world;
    this.#caller = caller;
    if (this.#text.value === this.#filled) this.#fill();
  }

  #fill(): void {
    const { body } = this.#operation ?? {};
    if (!body) return;
    const value = body.examples[Number(this.#example.value)]?.value ?? {};
    this.#filled = JSON.stringify(adaptBody(value, body.references, this.#world, this.#caller), null, 2);
    // An unchanged text keeps the cursor in place.
    if (this.#text.value !== this.#filled) this.#text.value = this.#filled;
    this.#check();
  }

  /** Invalid JSON can be sent, too, to see the server's response. */
  #check(): void {
    let problem = '';
    try {
      JSON.parse(this.#text.value);
    } catch {
      problem = 'This is not valid JSON.';
    }
    if (this.#problem.textContent !== problem) this.#problem.textContent = problem;
  }
}
