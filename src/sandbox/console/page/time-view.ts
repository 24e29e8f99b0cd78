import { element } from './element.ts';

/** The time of day of an ISO timestamp in UTC, as the sandbox's clock shows it. */
export function timeView(time: string): HTMLTimeElement {
  return element('time', { class: 'time', datetime: time, title: time }, time.slice(11, 19));
}
