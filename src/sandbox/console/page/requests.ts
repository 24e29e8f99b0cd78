import type { JournalEntry } from '../../journal/journal.ts';
import { admin, downloads } from './admin.ts';
import { announce } from './announce.ts';
import type { App, Section } from './app.ts';
import { element } from './element.ts';
import { headerTable } from './header-table.ts';
import { bodyView } from './json-view.ts';
import { type LogItem, LogList } from './log-list.ts';
import { statusText } from './status-text.ts';
import { timeView } from './time-view.ts';

/** The requests that the sandbox has responded to, as they come. */
export function createRequests(app: App): Section {
  const list = new LogList(
    'Requests, newest first',
    'No request yet. Send one from “Try it”, or from your program.',
  );
  const filter = element('input', {
    id: 'request-filter',
    type: 'search',
    placeholder: 'Filter: 404, getMember, harbor…',
    'aria-label': 'Filter the requests',
    oninput: () => list.filter(filter.value),
  });
  const paused = element('input', { id: 'requests-paused', type: 'checkbox' });
  let items: readonly LogItem[] = [];
  let last = 0;

  const update = async () => {
    if (paused.checked) return;
    const asked = await admin.requests(Math.max(0, last - 1));
    // If the latest known request is gone, the sandbox was reset.
    const begun = last > 0 && asked[0]?.id !== last;
    if (begun) startOver();
    const entries = begun ? await admin.requests(0) : asked.slice(last > 0 ? 1 : 0);
    if (last > 0 && entries.length > 0) announce(newRequests(entries.length));
    last = entries.at(-1)?.id ?? last;
    items = [...items, ...entries.map(logItem)].slice(-longestLog);
    list.show(items);
  };
  const startOver = () => {
    items = [];
    last = 0;
  };
  const clear = async () => {
    await admin.clearRequests();
    startOver();
  };
  return {
    name: 'requests',
    title: 'Requests',
    show: () => {
      startOver();
      return undefined;
    },
    update,
    content: element(
      'div',
      {},
      element(
        'div',
        { class: 'toolbar' },
        element('div', { class: 'filter' }, filter),
        element('label', { class: 'check' }, paused, 'Pause'),
        element('a', { class: 'button', href: downloads.har, download: 'sandbox.har' }, 'Save as HAR'),
        element(
          'button',
          { type: 'button', onclick: () => app.run(clear, 'The list of requests is empty now.') },
          'Clear',
        ),
      ),
      list.content,
    ),
  };
}

/** As many as the sandbox itself keeps. */
const longestLog = 1000;

function newRequests(count: number): string {
  return count === 1 ? 'One new request.' : `${count} new requests.`;
}

function logItem(entry: JournalEntry): LogItem {
  const { id, time, method, target, status, operation, nearest, system } = entry;
  const statusWords = statusText(status);
  const what = operation ?? (nearest === null ? 'no operation' : `no operation; nearest: ${nearest}`);
  return {
    key: String(id),
    words: [method, target, statusWords, what, system ?? 'nobody'].join(' ').toLowerCase(),
    summary: [
      timeView(time),
      element('span', { class: 'method' }, method),
      element('code', { class: 'target' }, target),
      element('span', { class: 'what' }, what),
      element('span', { class: `status status-${Math.floor(status / 100)}` }, statusWords),
    ],
    detail: () => requestDetail(entry),
  };
}

function requestDetail({ request, response, operation, system, duration }: JournalEntry): Node[] {
  return [
    element(
      'p',
      {},
      system === null ? 'Without a valid token' : `With the token of ${system}`,
      `, response after ${duration < 1 ? 'less than 1' : Math.round(duration)} ms. `,
      operation !== null && element('a', { href: `#/try/${operation}` }, `Try ${operation}`),
    ),
    ...messageView('Request', request.headers, request.body),
    ...messageView('Response', response.headers, response.body),
  ];
}

function messageView(title: string, headers: Readonly<Record<string, string>>, body: string | null): Node[] {
  const pairs = Object.entries(headers);
  return [
    element('h3', {}, title),
    body === null
      ? element('p', { class: 'muted' }, 'No body')
      : bodyView(body, `Body: ${title.toLowerCase()}`),
    element(
      'details',
      {},
      element('summary', {}, `${pairs.length} headers`),
      headerTable(pairs, `Headers: ${title.toLowerCase()}`),
    ),
  ];
}
