import { rateLimits } from '../../../../generated/v2/rate-limits.ts';
import { admin } from './admin.ts';
import type { App } from './app.ts';
import { type Card, card, labelled } from './card.ts';
import { element } from './element.ts';

/** Uses up a rate limit, to see how a program copes. */
export function limitsCard(app: App): Card {
  const scopes = [...new Set(Object.values(rateLimits).flat())];
  const scope = element('select', {}, ...scopes.map((name) => element('option', { value: name }, name)));
  return {
    content: card(
      'Rate limits',
      element(
        'p',
        { class: 'muted' },
        'Use up a scope: for one second, all its requests are answered 429. It needs a sandbox that was started with rate limits.',
      ),
      element(
        'form',
        {
          class: 'row',
          'aria-label': 'Use up a rate limit',
          onsubmit: (event) => {
            event.preventDefault();
            app.run(() => admin.exhaust(scope.value), `${scope.value} is used up for one second.`);
          },
        },
        labelled('Scope', scope),
        element('button', { type: 'submit' }, 'Use up'),
      ),
    ),
  };
}
