import { rateLimits } from '../../../../generated/v2/rate-limits.ts';
import type { RateLimitBucketState, RateLimitState } from '../../gateway/rate-limit-state.ts';
import { admin } from './admin.ts';
import type { App } from './app.ts';
import { type Card, card, labelled } from './card.ts';
import { element } from './element.ts';

const modes: Readonly<Record<RateLimitState['mode'], string>> = {
  server: 'Counted as the real server does.',
  documented: 'Counted as the documentation says.',
  off: 'Rate limits are off: the sandbox was started without them.',
};

/** Shows the rate limits, and can exhaust them to test how a program reacts. */
export function limitsCard(app: App): Card {
  const scopes = [...new Set(Object.values(rateLimits).flat())];
  const scope = element('select', {}, ...scopes.map((name) => element('option', { value: name }, name)));
  const mode = element('p', { class: 'muted' });
  const none = element('p', {}, 'All of every limit is left.');
  const list = element('ul', { class: 'things', 'aria-label': 'What is left of rate limits' });
  const form = element(
    'form',
    {
      class: 'row',
      'aria-label': 'Use up a rate limit',
      onsubmit: (event) => {
        event.preventDefault();
        app.run(() => admin.exhaust(scope.value), `${scope.value} is used up.`);
      },
    },
    labelled('Scope', scope),
    element('button', { type: 'submit' }, 'Use up'),
  );
  const hint = element(
    'p',
    { class: 'hint' },
    'A scope that is used up gives every caller 429, and is full again after one second of the sandbox’s clock.',
  );
  let shown = '';
  return {
    content: card('Rate limits', mode, none, list, hint, form),
    async update() {
      const state = await admin.rateLimits();
      const text = JSON.stringify(state);
      if (text === shown) return;
      shown = text;
      const isOff = state.mode === 'off';
      mode.textContent = modes[state.mode];
      form.hidden = isOff;
      hint.hidden = isOff;
      none.hidden = isOff || state.buckets.length > 0;
      list.hidden = state.buckets.length === 0;
      list.replaceChildren(...state.buckets.map(bucketItem));
    },
  };
}

function bucketItem({ scope, kind, key, limit, remaining, fullAt }: RateLimitBucketState): HTMLElement {
  const whose = { address: `from ${key}`, system: `of ${key}`, app: `of ${key}`, everyone: 'for everyone' }[
    kind
  ];
  return element(
    'li',
    {},
    element('code', {}, scope),
    ` ${whose}: ${remaining} of ${limit} left`,
    ...(fullAt === null ? [] : [', full at ', element('time', { datetime: fullAt }, readable(fullAt))]),
  );
}

/** `2030-01-02T03:04:05.333333Z` → `2030-01-02 03:04:05.333 UTC` */
function readable(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 23).replace('Z', '')} UTC`;
}
