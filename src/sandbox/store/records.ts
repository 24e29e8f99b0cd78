import type { Instant } from '../formats/instant.ts';
import type { WorldGroup, WorldMember, WorldMessage, WorldSwitch, WorldSystem } from '../world/world.ts';

/*
 * What the sandbox keeps in memory: the parts of a world, with references by UUID. Records are immutable, so a
 * state is kept by keeping its records, and values derived from a record stay valid.
 */

type Nested = 'members' | 'groups' | 'switches' | 'autoproxy';

export interface SystemRecord extends Omit<WorldSystem, Nested> {
  readonly autoproxy: readonly AutoproxyRecord[];
}

export interface AutoproxyRecord extends Omit<WorldSystem['autoproxy'][number], 'autoproxy_member'> {
  /** UUID of the member. */
  readonly autoproxy_member: string | null;
}

export interface MemberRecord extends WorldMember {
  /** The owner: its UUID and its id. */
  readonly system: string;
  readonly systemId: string;
}

export interface GroupRecord extends Omit<WorldGroup, 'members'> {
  readonly system: string;
  readonly systemId: string;
  /** UUIDs of the members. */
  readonly members: readonly string[];
}

export interface SwitchRecord extends Omit<WorldSwitch, 'timestamp' | 'members'> {
  readonly system: string;
  readonly timestamp: Instant;
  /** UUIDs of the members, in the order they were given in. */
  readonly members: readonly string[];
}

export interface MessageRecord extends Omit<WorldMessage, 'member'> {
  /** UUID of the member; null where it was deleted. */
  readonly member: string | null;
}
