import type { FullWorld, WorldSystem } from '../../world/world.ts';
import type { ConsoleOperation, ConsoleParameter } from '../operations.ts';
import { element } from './element.ts';
import { inline } from './prose.ts';
import { suggestionsFor } from './references.ts';

interface Field {
  readonly parameter: ConsoleParameter;
  readonly input: HTMLInputElement;
  readonly list: HTMLDataListElement;
  /** The values that were filled in automatically, so that typed ones are kept. */
  filled: string;
}

/** The parameters of an operation's path and query, filled with values of the world. */
export class ParameterFields {
  readonly content = element('div', {});
  #fields: Field[] = [];

  show(operation: ConsoleOperation, world: FullWorld, caller: WorldSystem | undefined): void {
    this.#fields = operation.parameters.map(makeField);
    this.content.replaceChildren(...this.#fields.map(fieldView));
    this.suggest(world, caller);
  }

  suggest(world: FullWorld, caller: WorldSystem | undefined): void {
    for (const field of this.#fields) {
      const { parameter, input, list } = field;
      const suggestions = suggestionsFor(parameter.name, world, caller);
      list.replaceChildren(...suggestions.map(({ value, label }) => element('option', { value, label })));
      if (input.value !== field.filled) continue;
      field.filled = suggestions[0]?.value ?? (parameter.required ? parameter.example : '');
      input.value = field.filled;
    }
  }

  /** Path and query of a request; what is left empty in the query is not sent. */
  fill(operation: ConsoleOperation): string {
    const values = new Map(this.#fields.map(({ parameter, input }) => [parameter.name, input.value]));
    const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name) => pathSegment(values.get(name) ?? ''));
    const query = new URLSearchParams(
      this.#fields
        .filter(({ parameter, input }) => parameter.in === 'query' && input.value !== '')
        .map(({ parameter, input }) => [parameter.name, input.value]),
    );
    return query.size === 0 ? path : `${path}?${query}`;
  }
}

function makeField(parameter: ConsoleParameter): Field {
  const id = `parameter-${parameter.name}`;
  const list = element('datalist', { id: `${id}-values` });
  const input = element('input', {
    id,
    list: list.id,
    required: parameter.required,
    placeholder: parameter.required ? null : parameter.example,
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
    'aria-describedby': `${id}-description`,
  });
  return { parameter, input, list, filled: '' };
}

function fieldView({ parameter, input, list }: Field): HTMLElement {
  const kind = `${parameter.in}, ${parameter.required ? 'required' : 'optional'}`;
  return element(
    'div',
    { class: 'field' },
    element(
      'label',
      { for: input.id },
      parameter.name,
      ' ',
      element('span', { class: 'muted' }, `(${kind})`),
    ),
    input,
    list,
    element('p', { id: `${input.id}-description`, class: 'hint' }, ...inline(parameter.description)),
  );
}

function pathSegment(value: string): string {
  return encodeURIComponent(value).replaceAll('%40', '@');
}
