import type { ProxyTag } from '../../generated/v2/schema.ts';

/** A proxy tag, of which matching takes missing keys for null. */
type Affixes = Readonly<Partial<ProxyTag>>;

/** The part of a member that matching needs. */
interface Proxied {
  readonly proxy_tags?: readonly Affixes[] | null;
}

/** What a text says, and as whom. */
export interface ProxyMatch<Member extends Proxied = Proxied> {
  /** Whose tag it is. */
  readonly member: Member;
  /** The tag around the text: the very object in the member's `proxy_tags`. */
  readonly tag: NonNullable<Member['proxy_tags']>[number];
  /** What stands between prefix and suffix, with its white space. */
  readonly text: string;
}

export interface ProxyOptions {
  /**
   * Whether capitals matter: the `case_sensitive_proxy_tags` of the system's settings.
   * @default true
   */
  caseSensitive?: boolean;
  /**
   * Whether a tag with nothing but white space inside matches, as it does where the message carries a file.
   * @default false
   */
  allowEmpty?: boolean;
}

/**
 * Finds the member as whom a text would be proxied.
 *
 * Of several tags that fit, the longest wins (prefix and suffix counted together), so that `;nx` is found where `;n`
 * is a tag as well; of equally long ones, the first in the order given. A tag with neither prefix nor suffix fits nothing.
 *
 * Source: that the longest tag comes first was agreed on in https://github.com/PluralKit/PluralKit/issues/84.
 *
 * @param text - the message as it was typed
 * @param members - one member or several, as the API gives them
 * @returns null where no tag fits
 */
export function matchProxy<Member extends Proxied>(
  text: string,
  members: Member | readonly Member[],
  { caseSensitive = true, allowEmpty = false }: ProxyOptions = {},
): ProxyMatch<Member> | null {
  let best: ProxyMatch<Member> | null = null;
  for (const member of isList(members) ? members : [members]) {
    for (const tag of member.proxy_tags ?? []) {
      if (best && affixLength(tag) <= affixLength(best.tag)) continue;
      const inner = innerText(text, tag, caseSensitive);
      if (inner !== null && (allowEmpty || inner.trim())) best = { member, tag, text: inner };
    }
  }
  return best;
}

/**
 * Puts a tag around a text, so that {@link matchProxy} finds text and tag again.
 *
 * @param text - what the member says
 * @param tag - an element of the member's `proxy_tags`
 */
export function applyProxyTag(text: string, tag: Affixes): string {
  return `${tag.prefix ?? ''}${text}${tag.suffix ?? ''}`;
}

function innerText(text: string, tag: Affixes, caseSensitive: boolean): string | null {
  const { prefix, suffix } = { prefix: tag.prefix ?? '', suffix: tag.suffix ?? '' };
  const end = text.length - suffix.length;
  if (!(prefix || suffix) || prefix.length > end) return null;
  // Sliced before the case is folded: folding can change a text's length.
  const fold = (part: string) => (caseSensitive ? part : part.toLowerCase());
  const fits = fold(text.slice(0, prefix.length)) === fold(prefix) && fold(text.slice(end)) === fold(suffix);
  return fits ? text.slice(prefix.length, end) : null;
}

function affixLength(tag: Affixes): number {
  return applyProxyTag('', tag).length;
}

function isList<Item>(value: Item | readonly Item[]): value is readonly Item[] {
  return Array.isArray(value);
}
