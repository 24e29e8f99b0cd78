import type { ProxyTag } from '../../generated/v2/schema.ts';

/** A proxy tag. Matching treats missing keys as null. */
type Affixes = Readonly<Partial<ProxyTag>>;

/** The part of a member that matching needs. */
interface Proxied {
  readonly proxy_tags?: readonly Affixes[] | null;
}

/** A match: the text, and the member who is proxied. */
export interface ProxyMatch<Member extends Proxied = Proxied> {
  /** The member whose tag matched. */
  readonly member: Member;
  /** The tag around the text: the same object as in the member's `proxy_tags`. */
  readonly tag: NonNullable<Member['proxy_tags']>[number];
  /** What stands between prefix and suffix, with its white space, after the mention at the start of the message. */
  readonly text: string;
}

export interface ProxyOptions {
  /**
   * Whether capitals matter: the `case_sensitive_proxy_tags` of the system's settings.
   * @default true
   */
  caseSensitive?: boolean;
  /**
   * Whether a tag with nothing but white space inside matches, as it does where the message has an attachment.
   * @default false
   */
  allowEmpty?: boolean;
}

/**
 * Finds the member as whom the bot proxies a text.
 *
 * - The longest tag that matches wins (prefix and suffix counted together). Of equally long tags, the first in the order
 *   given wins. A tag with neither prefix nor suffix matches nothing.
 * - If the tag that wins has nothing but white space inside, nothing matches, unless `allowEmpty` is set. Shorter tags are
 *   not tried then.
 * - A mention at the start that a space follows (`<@466378653216014359> `) may precede the prefix. It stays in front of
 *   the text.
 * - A prefix `<` does not match the start of a mention, channel, role or emote (`<@1>`, `<#1>`, `<@&1>`, `<:name:1>`,
 *   `<a:name:1>`), nor a suffix `>` the end of one.
 * - A variation selector (U+FE0F) with nothing else does not count as text: where it follows a tag that is an emoji, the
 *   emoji was typed in another form.
 * - The spaces of a tag may be missing where there is nothing inside: `A:` matches the prefix `A: `.
 *
 * Source: the bot's rules, of which https://github.com/PluralKit/PluralKit/issues/84 agreed on the longest tag.
 *
 * @param text - the message as it was typed
 * @param members - one member or several, as the API gives them
 * @returns null where no tag matches
 */
export function matchProxy<Member extends Proxied>(
  text: string,
  members: Member | readonly Member[],
  { caseSensitive = true, allowEmpty = false }: ProxyOptions = {},
): ProxyMatch<Member> | null {
  const [mention = ''] = leadingMention.exec(text) ?? [];
  const tagged = text.slice(mention.length);
  let best: ProxyMatch<Member> | null = null;
  let isEmpty = false;
  for (const member of isList(members) ? members : [members]) {
    for (const tag of member.proxy_tags ?? []) {
      if (best && affixLength(tag) <= affixLength(best.tag)) continue;
      const inner = innerText(tagged, tag, caseSensitive);
      if (inner === null) continue;
      best = { member, tag, text: mention + inner };
      isEmpty = inner.trim() === '';
    }
  }
  return isEmpty && !allowEmpty ? null : best;
}

/**
 * Puts a tag around a text, as the bot does where `keep_proxy` is set.
 *
 * @param text - what the member says
 * @param tag - an element of the member's `proxy_tags`
 */
export function applyProxyTag(text: string, tag: Affixes): string {
  return `${tag.prefix ?? ''}${text}${tag.suffix ?? ''}`;
}

const leadingMention = /^<@!?\d{1,20}> /;
const startsWithReference = /^<(?:@[!&]?|#|a?:\w{1,40}:)\d{1,20}>/;
const endsWithReference = /<(?:@[!&]?|#|a?:\w{1,40}:)\d{1,20}>$/;
const variationSelector = '\uFE0F';

function innerText(text: string, tag: Affixes, caseSensitive: boolean): string | null {
  const { prefix, suffix } = { prefix: tag.prefix ?? '', suffix: tag.suffix ?? '' };
  if (!(prefix || suffix)) return null;
  // Sliced before the case is folded: folding can change a text's length.
  const fold = (part: string) => (caseSensitive ? part : part.toLowerCase());
  if (fold(text.trim()) === fold(prefix.trimEnd() + suffix.trimStart())) return '';
  const end = text.length - suffix.length;
  if (prefix.length > end) return null;
  if (prefix === '<' && startsWithReference.test(text)) return null;
  if (suffix === '>' && endsWithReference.test(text)) return null;
  const fits = fold(text.slice(0, prefix.length)) === fold(prefix) && fold(text.slice(end)) === fold(suffix);
  if (!fits) return null;
  const inner = text.slice(prefix.length, end);
  return inner === variationSelector ? null : inner;
}

function affixLength(tag: Affixes): number {
  return applyProxyTag('', tag).length;
}

function isList<Item>(value: Item | readonly Item[]): value is readonly Item[] {
  return Array.isArray(value);
}
