import { expect, expectTypeOf, test } from 'vitest';
import type {
  DispatchEvent,
  UpdateMemberEventData,
  UpdateMemberGuildEventAccountData,
  UpdateMemberGuildEventData,
} from '../../generated/v2/schema.ts';
import {
  type AnyWebhookEvent,
  createTestEvent,
  createWebhookHandler,
  type WebhookEvent,
  type WebhookEventType,
  type WebhookPayload,
} from '../../src/webhooks/index.ts';

test('events are those of the document, and the type tells what they carry', () => {
  expectTypeOf<WebhookPayload>().toEqualTypeOf<DispatchEvent>();
  expectTypeOf<WebhookEventType>().toEqualTypeOf<DispatchEvent['type']>();
  const narrow = (event: WebhookEvent) => {
    if (event.type === 'UPDATE_MEMBER') {
      expectTypeOf(event.data).toEqualTypeOf<UpdateMemberEventData>();
      expectTypeOf(event.id).toEqualTypeOf<string>();
      expectTypeOf(event.data.name).toEqualTypeOf<string | undefined>();
    }
    if (event.type === 'PING' || event.type === 'DELETE_MEMBER')
      expectTypeOf(event.data).toEqualTypeOf<null>();
    if (event.type === 'CREATE_SWITCH') expectTypeOf(event.data.members).toEqualTypeOf<string[]>();
  };
  expectTypeOf(narrow).parameter(0).toExtend<AnyWebhookEvent>();
});

test('the two shapes of UPDATE_MEMBER_GUILD are a union, which `in` tells apart', () => {
  type Event = WebhookEvent<'UPDATE_MEMBER_GUILD'>;
  expectTypeOf<Event['data']>().toEqualTypeOf<
    UpdateMemberGuildEventData | UpdateMemberGuildEventAccountData
  >();
  createWebhookHandler({
    token: 'token',
    on: {
      UPDATE_MEMBER_GUILD({ id, data }) {
        expectTypeOf(id).toEqualTypeOf<string>();
        if ('guild_id' in data) expectTypeOf(data).toEqualTypeOf<UpdateMemberGuildEventData>();
        else expectTypeOf(data).toEqualTypeOf<UpdateMemberGuildEventAccountData>();
      },
    },
  });
});

test('handlers never see the token', () => {
  expectTypeOf<WebhookEvent>().not.toHaveProperty('signing_token');
  expectTypeOf<AnyWebhookEvent>().not.toHaveProperty('signing_token');
  expectTypeOf<WebhookPayload>().toHaveProperty('signing_token');
});

test('a handler gets the event of its type, and only types that exist', () => {
  createWebhookHandler({
    token: 'token',
    on: {
      CREATE_MESSAGE: (event) => expectTypeOf(event).toEqualTypeOf<WebhookEvent<'CREATE_MESSAGE'>>(),
      async UPDATE_AUTOPROXY({ id, data }) {
        expectTypeOf(id).toEqualTypeOf<null>();
        expectTypeOf(data.guild_id).toEqualTypeOf<string | null>();
      },
    },
    onAny: (event) => {
      expectTypeOf(event).toEqualTypeOf<AnyWebhookEvent>();
      expectTypeOf(event.data).toBeUnknown();
    },
    onError: (error, event) => {
      expectTypeOf(error).toBeUnknown();
      expectTypeOf(event).toEqualTypeOf<AnyWebhookEvent | undefined>();
    },
  });
  // @ts-expect-error: there is no such type
  const unknown = () => createWebhookHandler({ token: 'token', on: { MEMBER_UPDATED: () => undefined } });
  expect(unknown).toThrow(TypeError);
  // @ts-expect-error: without a token anyone could send events
  const rejected = () => createWebhookHandler({});
  expectTypeOf(rejected).toBeFunction();
});

test('a test event takes the fields of its type', () => {
  expectTypeOf(createTestEvent('UPDATE_MEMBER')).toEqualTypeOf<WebhookPayload<'UPDATE_MEMBER'>>();
  // @ts-expect-error: a ping carries no data
  createTestEvent('PING', { data: {} });
  // @ts-expect-error: a name is a text
  createTestEvent('UPDATE_MEMBER', { data: { name: 1 } });
});
