import { didYouMean } from '../../../models/nearest.ts';
import { didYouMeanOperation, operationsByMethod } from '../../faults/method-names.ts';
import type { FullWorld } from '../../world/world.ts';
import type { ConsoleOperation } from '../operations.ts';
import type { App, Section } from './app.ts';
import { BodyEditor } from './body-editor.ts';
import { CallerField } from './caller-field.ts';
import { copyButton } from './copy-button.ts';
import { type ApiRequest, curlCommand } from './curl.ts';
import { element, replaceChildren } from './element.ts';
import { ParameterFields } from './parameter-fields.ts';
import { prose } from './prose.ts';
import { responseView } from './response-view.ts';

/** A form for any operation, and the response of the sandbox. */
export function createTryIt(app: App, operations: readonly ConsoleOperation[]): Section {
  const about = element('div', { class: 'about' });
  const output = element('div', { class: 'response' }, element('p', { class: 'muted' }, 'Nothing sent yet.'));
  const command = element('pre', {
    class: 'code',
    tabindex: 0,
    role: 'region',
    'aria-label': 'curl command',
  });
  const caller = new CallerField();
  const parameters = new ParameterFields();
  const body = new BodyEditor();
  const choice = element(
    'select',
    { id: 'operation' },
    ...[...new Set(operations.map(({ tag }) => tag))].map((tag) =>
      element(
        'optgroup',
        { label: tag },
        ...operations
          .filter((operation) => operation.tag === tag)
          .map(({ id, summary, method }) => element('option', { value: id }, `${summary} (${method} ${id})`)),
      ),
    ),
  );

  const chosen = (): ConsoleOperation => {
    const operation = operations.find(({ id }) => id === choice.value) ?? operations[0];
    if (operation === undefined) throw new Error('The document has no operation');
    return operation;
  };
  const request = (): ApiRequest => ({
    method: chosen().method,
    url: `${app.origin}${parameters.fill(chosen())}`,
    authorization: caller.authorization,
    body: body.text,
  });
  const showCommand = () => {
    command.textContent = curlCommand(request());
  };
  const showOperation = () => {
    const operation = chosen();
    if (operation.needsToken && caller.authorization === null) caller.chooseFirst();
    replaceChildren(about, ...aboutOperation(operation, app.docs));
    parameters.show(operation, app.world, caller.system);
    body.show(operation, app.world, caller.system);
    showCommand();
  };

  choice.addEventListener('change', showOperation);
  caller.onChange = () => {
    parameters.suggest(app.world, caller.system);
    body.adapt(app.world, caller.system);
    showCommand();
  };
  const form = element(
    'form',
    {
      'aria-label': 'Request',
      class: 'card',
      oninput: showCommand,
      onsubmit: async (event) => {
        event.preventDefault();
        send.setAttribute('aria-disabled', 'true');
        replaceChildren(output, ...(await responseView(request())));
        output.scrollIntoView({ block: 'nearest' });
        send.removeAttribute('aria-disabled');
        await app.updateWorld();
      },
    },
    element('div', { class: 'field' }, element('label', { for: 'operation' }, 'Operation'), choice),
    about,
    caller.content,
    parameters.content,
    body.content,
  );
  const send = element('button', { type: 'submit', class: 'primary' }, 'Send');
  form.append(element('div', { class: 'actions' }, send));
  body.onSubmit = () => form.requestSubmit(send);

  const showWorld = (world: FullWorld) => {
    caller.showSystems(world);
    parameters.suggest(world, caller.system);
    body.adapt(world, caller.system);
    showCommand();
  };
  app.onWorld(showWorld);
  showWorld(app.world);
  showOperation();

  const show = ([operationId, systemId]: readonly string[]) => {
    const isCaller = systemId === undefined || caller.choose(systemId);
    const isOperation = operations.some(({ id }) => id === operationId);
    if (isOperation) choice.value = operationId ?? '';
    if (operationId !== undefined) showOperation();
    if (operationId && !isOperation) {
      return `There is no operation “${operationId}”${didYouMeanOperation(
        operationId,
        operations.map(({ id }) => id),
        operationsByMethod(operations),
      )}`;
    }
    if (isCaller) return undefined;
    const callers = app.world.systems.map(({ id }) => id);
    return `No system with a token has the id “${systemId}”${didYouMean(systemId, callers)}`;
  };
  return {
    name: 'try',
    title: 'Try it',
    update: app.updateWorld,
    show,
    content: element(
      'div',
      { class: 'columns' },
      form,
      element(
        'div',
        {},
        element(
          'section',
          { 'aria-labelledby': 'response-title', class: 'card' },
          element('h3', { id: 'response-title' }, 'Response'),
          output,
        ),
        element(
          'section',
          { 'aria-labelledby': 'curl-title', class: 'card' },
          element(
            'div',
            { class: 'card-head' },
            element('h3', { id: 'curl-title' }, 'The same with curl'),
            copyButton('the curl command', () => command.textContent ?? ''),
          ),
          command,
        ),
      ),
    ),
  };
}

function aboutOperation(operation: ConsoleOperation, docs: string): HTMLElement[] {
  return [
    element(
      'p',
      { class: 'route' },
      element('span', { class: 'method' }, operation.method),
      ' ',
      element('code', {}, operation.path),
    ),
    element(
      'details',
      {},
      element('summary', {}, 'What it does, and who may call it'),
      element('div', { class: 'prose' }, ...prose(operation.description)),
    ),
    ...(docs === ''
      ? []
      : [
          element(
            'p',
            {},
            element('a', { href: `${docs}#operation/${operation.id}` }, `${operation.summary} in the docs`),
          ),
        ]),
  ];
}
