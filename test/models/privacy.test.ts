import { describe, expect, test } from 'vitest';
import { allPrivate, allPublic, isVisible } from '../../src/models/index.ts';
import { exchangesOf, isRecord } from './recorded.ts';

interface Entity extends Record<string, unknown> {
  privacy: Record<string, unknown> | null;
}

function isEntity(value: unknown): value is Entity {
  return isRecord(value) && (isRecord(value.privacy) || value.privacy === null);
}

/** What the owner and then others got for the same system, member or group in the same state. */
function pairsOfViews(scenario: string) {
  const pairs: { path: string; own: Entity & { privacy: Record<string, unknown> }; others: Entity }[] = [];
  const owned = new Map<string, Entity>();
  for (const { request, response } of exchangesOf(scenario)) {
    const { body } = response;
    if (request.method !== 'GET') owned.clear();
    if (request.method !== 'GET' || !/^\/v2\/\w+\/[^/]+$/.test(request.path) || !isEntity(body)) continue;
    const key = String(body.uuid);
    if (body.privacy) owned.set(key, body);
    const own = owned.get(key);
    if (own?.privacy && !body.privacy) {
      pairs.push({ path: request.path, own: { ...own, privacy: own.privacy }, others: body });
    }
  }
  return pairs;
}

describe.each(['v2/systems/privacy', 'v2/members/privacy', 'v2/groups/get', 'v2/systems/private'])(
  'in %s',
  (scenario) => {
    const pairs = pairsOfViews(scenario);
    test('others see those fields that isVisible names, and no more', () => {
      expect(pairs.length).toBeGreaterThan(0);
      for (const { own, others } of pairs) {
        for (const [field, value] of Object.entries(own)) {
          // What is empty looks the same hidden or shown.
          if (value === null || (Array.isArray(value) && value.length === 0)) continue;
          const seen = JSON.stringify(others[field]) === JSON.stringify(value);
          const seenAsName = field === 'display_name' && others.name === value;
          expect([field, isVisible(own, field)]).toEqual([field, seen || seenAsName]);
        }
      }
    });
  },
);

test('the recordings show hidden and shown fields of systems and members', () => {
  const hidden = new Set<string>();
  for (const { own, others } of ['v2/systems/privacy', 'v2/members/privacy'].flatMap(pairsOfViews)) {
    for (const field of Object.keys(own))
      if (isVisible(own, field) === false && !others[field]) hidden.add(field);
  }
  expect([...hidden].sort()).toEqual(
    expect.arrayContaining(['avatar_url', 'banner', 'birthday', 'created', 'description', 'pronouns']),
  );
});

describe.each(['system', 'member', 'group'] as const)('of a %s', (subject) => {
  test('has helpers that make all keys of the server private or public at once', () => {
    const path = `/v2/${subject}s/`;
    const recorded = ['v2/systems/get', 'v2/members/get', 'v2/groups/get']
      .flatMap(exchangesOf)
      .find(
        ({ request, response }) =>
          request.path.startsWith(path) && isEntity(response.body) && response.body.privacy,
      );
    const body = recorded?.response.body;
    const keys = isEntity(body) && body.privacy ? Object.keys(body.privacy).sort() : [];
    expect(keys.length).toBeGreaterThan(5);
    expect(Object.entries(allPrivate(subject)).sort()).toEqual(keys.map((key) => [key, 'private']));
    expect(Object.entries(allPublic(subject)).sort()).toEqual(keys.map((key) => [key, 'public']));
  });
});

const group = {
  name: 'Friends',
  display_name: 'Our friends',
  icon: 'https://example.com/icon.png',
  created: '2020-01-01T00:00:00Z',
  color: null,
  privacy: allPublic('group'),
};

test('a group is seen by its keys', () => {
  const privacy = { ...allPrivate('group') };
  expect(isVisible(group, 'icon')).toBe(true);
  const hidden = { ...group, privacy };
  for (const field of ['name', 'icon', 'created', 'list_privacy', 'visibility'] as const) {
    expect(isVisible(hidden, field)).toBe(false);
  }
  expect(isVisible(hidden, 'color')).toBe(true);
});

test('a name is hidden only behind a display name, which is then seen', () => {
  const privacy = allPrivate('group');
  expect(isVisible({ ...group, privacy }, 'name')).toBe(false);
  expect(isVisible({ ...group, privacy }, 'display_name')).toBe(true);
  expect(isVisible({ ...group, display_name: null, privacy }, 'name')).toBe(true);
  expect(isVisible({ name: 'System', privacy: allPrivate('system') }, 'name')).toBe(false);
});

test('a caller that is not the owner cannot tell a hidden field from an empty one', () => {
  const seen = { name: 'Friends', description: null, proxy_tags: [], message_count: 0, privacy: null };
  expect(isVisible(seen, 'name')).toBe(true);
  expect(isVisible(seen, 'message_count')).toBe(true);
  expect(isVisible(seen, 'description')).toBeUndefined();
  expect(isVisible(seen, 'proxy_tags')).toBeUndefined();
});

test('a privacy value that is not known yet is taken for private', () => {
  expect(isVisible({ icon: 'x', privacy: { icon_privacy: 'trusted' } }, 'icon')).toBe(false);
});

test('some fields are the owner’s alone', () => {
  expect(isVisible({ webhook_url: 'https://example.com', privacy: allPublic('system') }, 'webhook_url')).toBe(
    false,
  );
  expect(isVisible({ autoproxy_enabled: true, privacy: allPublic('member') }, 'autoproxy_enabled')).toBe(
    false,
  );
});

test('an unknown field is rejected by the compiler', () => {
  // @ts-expect-error: systems have no birthday
  expect(isVisible({ name: 'System', privacy: allPublic('system') }, 'birthday')).toBe(true);
});
