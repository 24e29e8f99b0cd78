import type { FullWorld, WorldSystem } from '../../world/world.ts';
import { authorizationOf } from './authorization.ts';
import { element } from './element.ts';
import { nameOf } from './references.ts';

const nobody = '';
const other = 'other';

/** Chooses whose token is sent. */
export class CallerField {
  readonly content: HTMLElement;
  /** Called when another one is chosen. */
  onChange: () => void = () => {};
  readonly #choice = element('select', { id: 'caller' });
  readonly #token = element('input', {
    id: 'other-token',
    autocomplete: 'off',
    spellcheck: 'false',
    placeholder: 'pkapi:…',
  });
  readonly #tokenField = element(
    'div',
    { class: 'field', hidden: true },
    element('label', { for: 'other-token' }, 'Token or API key'),
    this.#token,
  );
  #systems: readonly WorldSystem[] = [];

  constructor() {
    this.content = element(
      'div',
      {},
      element('div', { class: 'field' }, element('label', { for: 'caller' }, 'Send as'), this.#choice),
      this.#tokenField,
    );
    this.#choice.addEventListener('change', () => {
      this.#tokenField.hidden = this.#choice.value !== other;
      this.onChange();
    });
  }

  /** The system whose token is sent; undefined with no token or one that is typed. */
  get system(): WorldSystem | undefined {
    return this.#systems.find(({ id }) => id === this.#choice.value);
  }

  /** The value of the header; null where it is not sent. */
  get authorization(): string | null {
    if (this.#choice.value === nobody) return null;
    if (this.#choice.value === other) return authorizationOf(this.#token.value);
    return this.system?.token ?? null;
  }

  /** @returns whether it is a system that has a token */
  choose(systemId: string): boolean {
    const isKnown = this.#systems.some(({ id }) => id === systemId);
    if (isKnown) this.#choice.value = systemId;
    this.#tokenField.hidden = this.#choice.value !== other;
    return isKnown;
  }

  chooseFirst(): void {
    const [first] = this.#systems;
    if (first !== undefined) this.choose(first.id);
  }

  showSystems(world: FullWorld): void {
    const before = this.#choice.value;
    this.#systems = world.systems.filter(({ token }) => token !== null);
    this.#choice.replaceChildren(
      element('option', { value: nobody }, 'Nobody (no token)'),
      ...this.#systems.map((system) =>
        element('option', { value: system.id }, `${nameOf(system)} (${system.id})`),
      ),
      element('option', { value: other }, 'Another token or API key…'),
    );
    const stays = [...this.#choice.options].some(({ value }) => value === before);
    this.#choice.value = stays ? before : nobody;
  }
}
