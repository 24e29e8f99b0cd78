import type { MemberFields } from './fields.ts';
import type { Random } from './random.ts';

const names = [
  'Alder',
  'Briar',
  'Clover',
  'Dune',
  'Ember',
  'Fern',
  'Garnet',
  'Hazel',
  'Indigo',
  'Juniper',
  'Kestrel',
  'Lark',
  'Maple',
  'Nettle',
  'Onyx',
  'Pebble',
  'Quill',
  'Rowan',
  'Sage',
  'Thistle',
  'Umber',
  'Vesper',
  'Willow',
  'Yarrow',
];
const pronouns = ['she/her', 'he/him', 'they/them', 'it/its', 'xe/xem', 'any', 'she/they', null];
const groupNames = [
  'Gatekeepers',
  'Littles',
  'Night shift',
  'Caretakers',
  'Artists',
  'Gardeners',
  'Archive',
  'Crew',
];

/** A unique name, with a number from the second round on. */
export function memberName(index: number): string {
  return numbered(names, index);
}

export function groupName(index: number): string {
  return numbered(groupNames, index);
}

function numbered(from: readonly string[], index: number): string {
  const round = Math.floor(index / from.length) + 1;
  const name = from[index % from.length] ?? '';
  return round === 1 ? name : `${name} ${round}`;
}

/** The fields of members: each a little different, some nearly empty. */
export function memberContent(random: Random, index: number): MemberFields & { readonly name: string } {
  const name = memberName(index);
  return {
    name,
    pronouns: random.pick(pronouns),
    color: color(random),
    ...(random.chance(0.3) && { display_name: `${name} ✨` }),
    ...(random.chance(0.5) && { birthday: birthday(random) }),
    ...(random.chance(0.5) && { description: `${name} was made up to test with.` }),
    ...(random.chance(0.7) && { proxy_tags: [{ prefix: `${name.toLowerCase()}:`, suffix: null }] }),
    message_count: random.chance(0.8) ? random.below(5000) : 0,
  };
}

export function color(random: Random): string {
  return random.below(0x1000000).toString(16).padStart(6, '0');
}

/** Some omit the year, which the API writes as 0004. */
function birthday(random: Random): string {
  const year = random.chance(0.3) ? '0004' : String(1960 + random.below(50));
  return `${year}-${twoDigits(1 + random.below(12))}-${twoDigits(1 + random.below(28))}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
