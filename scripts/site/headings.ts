/**
 * Mends the headings of the pages that starlight-openapi makes: it repeats ids, and makes headings of captions, which skip
 * levels.
 */
import { ProgramError } from '../lib/program.ts';

/** The page with unique ids of headings, and with captions that are no headings. */
export function withOwnHeadings(html: string): string {
  return withUniqueIds(withoutCaptionHeadings(html));
}

function withoutCaptionHeadings(html: string): string {
  return html.replace(/<h5 class="(sl-openapi-examples-heading[^"]*)">(.*?)<\/h5>/gs, '<p class="$1">$2</p>');
}

/**
 * Numbers the headings that share an id: `headers`, `headers-2`. The links to them are numbered alike, in their order, as
 * tables of contents name all of them.
 *
 * @throws ProgramError where some of the links cannot be told apart
 */
function withUniqueIds(html: string): string {
  const ids = [...html.matchAll(/<h[1-6] id="([^"]+)"/g)].map(([, id = '']) => id);
  const repeated = new Set(ids.filter((id, index) => ids.indexOf(id) !== index));
  let changed = html;
  for (const id of repeated) {
    const count = ids.filter((other) => other === id).length;
    const links = changed.split(`href="#${id}"`).length - 1;
    if (links % count !== 0)
      throw new ProgramError(`${links} links lead to ${count} headings with the id ${id}.`);
    const name = (index: number) => (index % count === 0 ? id : `${id}-${(index % count) + 1}`);
    let heading = 0;
    let link = 0;
    changed = changed
      .replaceAll(new RegExp(`(<h[1-6] id=)"${id}"`, 'g'), (_, start) => `${start}"${name(heading++)}"`)
      .replaceAll(`href="#${id}"`, () => `href="#${name(link++)}"`);
  }
  return changed;
}
