/**
 * Where the requests of “Try it” go: to the sandbox in this page, or to a server where that is chosen.
 */
import { authorizationOf } from '../../src/sandbox/console/page/authorization.ts';
import { element } from '../../src/sandbox/console/page/element.ts';

/** A server that is chosen in place of the sandbox in this page. */
export interface Server {
  /** Such as `http://127.0.0.1:4011`. */
  readonly origin: string;
  /** Value of the `Authorization` header; empty where none is sent. */
  readonly authorization: string;
  /** Whether requests that change data are sent. */
  readonly allowsChanges: boolean;
}

const realServer = 'https://api.pluralkit.me';
const local = 'http://127.0.0.1:4011';

/** The choice above the forms. It begins with the sandbox in this page, and is not stored. */
export class TargetChoice {
  readonly content: HTMLElement;
  readonly #choice = element(
    'select',
    { id: 'target', autocomplete: 'off' },
    element('option', { value: 'page' }, 'the sandbox in this page'),
    element('option', { value: 'local' }, 'a sandbox on this machine'),
    element('option', { value: 'real' }, `the real server (${realServer})`),
  );
  readonly #address = element('input', { id: 'target-address', type: 'url', value: local });
  readonly #authorization = element('input', {
    id: 'target-authorization',
    type: 'password',
    autocomplete: 'off',
    spellcheck: 'false',
  });
  readonly #allow = element('input', { id: 'target-allow', type: 'checkbox', autocomplete: 'off' });
  readonly #summary = element('strong', {}, '');
  readonly #server = element('div', { hidden: true });

  constructor() {
    const addressField = field('Address', this.#address);
    const warning = element('p', { class: 'problem', role: 'alert', hidden: true });
    warning.append(
      element('strong', {}, 'Requests reach the real PluralKit. '),
      'A token gives full rights over a system of real people. It stays in the memory of this page and is sent to ',
      `${realServer} only. Loading the page again forgets it. Rate limits apply.`,
    );
    this.#server.append(
      warning,
      addressField,
      field('Token or API key', this.#authorization),
      element('label', { class: 'check' }, this.#allow, 'Send requests that change data, too'),
      element(
        'p',
        { class: 'muted' },
        'Only “Try it” sends requests there. “Send as” does not count, and the other pages show the sandbox in this page.',
      ),
    );
    this.content = element(
      'details',
      { class: 'card' },
      element('summary', {}, 'Requests go to ', this.#summary),
      field('Send requests to', this.#choice),
      this.#server,
    );
    const show = () => {
      this.#server.hidden = this.#choice.value === 'page';
      warning.hidden = this.#choice.value !== 'real';
      addressField.hidden = this.#choice.value !== 'local';
      const target = this.server?.origin ?? 'the sandbox in this page';
      if (target === this.#summary.textContent) return;
      this.#summary.textContent = target;
      // A token is valid on one server.
      this.#authorization.value = '';
      this.#allow.checked = false;
    };
    this.#choice.addEventListener('change', show);
    this.#address.addEventListener('input', show);
    show();
  }

  /** The server that is chosen; undefined for the sandbox in this page. */
  get server(): Server | undefined {
    const { value } = this.#choice;
    if (value === 'page') return undefined;
    return {
      origin: value === 'real' ? realServer : loopbackOrigin(this.#address.value),
      authorization: authorizationOf(this.#authorization.value),
      allowsChanges: this.#allow.checked,
    };
  }
}

/** The origin of an address of this machine; the default for anything else. */
function loopbackOrigin(address: string): string {
  const { hostname, origin } = new URL(URL.canParse(address) ? address : local);
  return ['127.0.0.1', 'localhost'].includes(hostname) ? origin : local;
}

function field(text: string, input: HTMLInputElement | HTMLSelectElement): HTMLElement {
  return element('div', { class: 'field' }, element('label', { for: input.id }, text), input);
}
