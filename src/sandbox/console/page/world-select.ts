import type { FullWorld } from '../../world/world.ts';
import type { App } from './app.ts';
import { element } from './element.ts';
import { nameOf } from './references.ts';

interface Option {
  readonly value: string;
  readonly label: string;
}

/** A choice of systems. */
export function systemSelect(app: App): HTMLSelectElement {
  return worldSelect(app, ({ systems }) =>
    systems.map((system) => ({ value: system.id, label: `${nameOf(system)} (${system.id})` })),
  );
}

/** A choice of Discord accounts that have a system. */
export function accountSelect(app: App): HTMLSelectElement {
  return worldSelect(app, ({ systems }) =>
    systems.flatMap((system) =>
      system.accounts.map((account) => ({ value: account, label: `${account} (${nameOf(system)})` })),
    ),
  );
}

/** Keeps the selection when the world changes, if it still exists. */
function worldSelect(app: App, optionsOf: (world: FullWorld) => readonly Option[]): HTMLSelectElement {
  const select = element('select', { required: true });
  const show = () => {
    const before = select.value;
    const options = optionsOf(app.world);
    select.replaceChildren(...options.map(({ value, label }) => element('option', { value }, label)));
    if (options.some(({ value }) => value === before)) select.value = before;
  };
  show();
  app.onWorld(show);
  return select;
}
