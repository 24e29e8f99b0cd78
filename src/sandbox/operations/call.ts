import type { OperationId } from '../../../generated/v2/operations.ts';
import type { ApiKeyPart } from '../../models/api-key.ts';
import type { Dispatcher } from '../dispatch/dispatch.ts';
import { parseSnowflake } from '../formats/scalars.ts';
import type { Targets } from '../gateway/references.ts';
import { queryIn } from '../http/target.ts';
import { toList, toObject } from '../json/convert.ts';
import type { JsonObject, JsonToken } from '../json/token.ts';
import type { Access } from '../keys/access.ts';
import type { IdSource } from '../store/ids.ts';
import type { GroupRecord, MemberRecord, SwitchRecord, SystemRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import type { Clock } from '../time/clock.ts';
import type { Audience } from '../views/audience.ts';
import { badRequest, forbidden, notOwnGroup, notOwnMember, unauthorized } from './errors.ts';
import type { Reply } from './reply.ts';

/** The dependencies of operations. */
export interface Services {
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly dispatcher: Dispatcher;
}

/** The dependencies of changes, by operations and by the bot. */
export interface ChangeContext {
  readonly store: Store;
  readonly services: Services;
}

interface CallParts {
  readonly store: Store;
  readonly services: Services;
  readonly access: Access;
  /** The object of the operation. */
  readonly part: ApiKeyPart;
  readonly parameters: Readonly<Record<string, string>>;
  readonly targets: Targets;
  /** Path and query, as they came. */
  readonly target: string;
  readonly body: JsonToken;
}

/** One call of an operation, after the checks of the gateway. */
export class Call {
  readonly store: Store;
  readonly services: Services;
  /** The system whose token or key was sent. */
  readonly viewer: SystemRecord | undefined;
  readonly #target: string;
  #query: URLSearchParams | undefined;
  readonly #access: Access;
  readonly #part: ApiKeyPart;
  readonly #parameters: Readonly<Record<string, string>>;
  readonly #targets: Targets;
  readonly #body: JsonToken;

  constructor(parts: CallParts) {
    this.store = parts.store;
    this.services = parts.services;
    this.viewer = parts.access.viewer;
    this.#target = parts.target;
    this.#access = parts.access;
    this.#part = parts.part;
    this.#parameters = parts.parameters;
    this.#targets = parts.targets;
    this.#body = parts.body;
  }

  /** Parsed only where it is read, and once, as most operations have none. */
  get query(): URLSearchParams {
    this.#query ??= queryIn(this.#target);
    return this.#query;
  }

  get system(): SystemRecord {
    return present(this.#targets.system);
  }

  get member(): MemberRecord {
    return present(this.#targets.member);
  }

  get group(): GroupRecord {
    return present(this.#targets.group);
  }

  get switch(): SwitchRecord {
    return present(this.#targets.switch);
  }

  /** @throws {ApiError} 400 where the body is no object */
  get object(): JsonObject {
    return toObject(this.#body);
  }

  /** @throws {ApiError} 400 where the body is no list */
  get list(): readonly JsonToken[] {
    return toList(this.#body);
  }

  /**
   * How the caller sees what belongs to a system.
   *
   * @param part - what is to be seen, where it is not what the operation is about
   */
  audience(systemUuid: string, part = this.#part): Audience {
    return this.#access.audience(systemUuid, part);
  }

  /** @throws {ApiError} 401 without a token */
  requireViewer(): SystemRecord {
    if (this.viewer === undefined) throw unauthorized();
    return this.viewer;
  }

  /** @throws {ApiError} 403 where the path's system is not the caller's */
  requireOwnSystem(): SystemRecord {
    if (this.viewer?.uuid !== this.system.uuid) throw forbidden();
    return this.system;
  }

  /** @throws {ApiError} 401 without a token, 403 where the path's member is not the caller's */
  requireOwnMember(): MemberRecord {
    if (this.requireViewer().uuid !== this.member.system) throw notOwnMember();
    return this.member;
  }

  /** @throws {ApiError} 401 without a token, 403 where the path's group is not the caller's */
  requireOwnGroup(): GroupRecord {
    if (this.requireViewer().uuid !== this.group.system) throw notOwnGroup();
    return this.group;
  }

  /** The system that a member or group belongs to. */
  systemOf({ system }: { readonly system: string }): SystemRecord {
    return present(this.store.system(system));
  }

  /** A parameter of the path, as it was sent. */
  parameter(name: string): string {
    return this.#parameters[name] ?? '';
  }

  /** @throws {ApiError} 400 where a parameter of the path is no Discord id */
  snowflake(name: string): string {
    const value = parseSnowflake(this.parameter(name));
    if (value === undefined) throw badRequest();
    return value;
  }
}

export type Handler = (call: Call) => Reply;
/** A handler for every operation of version 2. */
export type Handlers = Readonly<Record<OperationId, Handler>>;

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new TypeError('The path of this operation does not name what it asks for');
  return value;
}
