import type { ExportedProxyTag } from './fields.ts';
import type { FileNote } from './notes.ts';

/** The privacy keys of the file, each with its unchanged value. */
export type ExportedPrivacy = Readonly<Record<string, string | null>>;

/** The identifiers of an object in the file; null where the file has none. */
export interface ExportedIdentity {
  readonly id: string | null;
  readonly uuid: string | null;
  /** A timestamp. */
  readonly created: string | null;
}

/** How an object was seen when the file was written. */
export interface ExportedView {
  /**
   * Present where the object is as anyone may see it: its `privacy` is null. Fields that are null and empty lists may be
   * private then, and the name may be the public display name.
   */
  readonly publicOnly?: true;
}

/** Fields as the API takes them in `PATCH`. One is absent where the file does not have it. Values are not validated. */
export interface ExportedSystemFields {
  readonly name?: string | null;
  readonly description?: string | null;
  readonly tag?: string | null;
  readonly pronouns?: string | null;
  readonly avatar_url?: string | null;
  readonly banner?: string | null;
  readonly color?: string | null;
}

export interface ExportedMemberFields {
  readonly name?: string | null;
  readonly display_name?: string | null;
  readonly color?: string | null;
  readonly birthday?: string | null;
  readonly pronouns?: string | null;
  readonly avatar_url?: string | null;
  readonly webhook_avatar_url?: string | null;
  readonly banner?: string | null;
  readonly description?: string | null;
  readonly keep_proxy?: boolean;
  readonly tts?: boolean;
  readonly proxy_tags?: readonly ExportedProxyTag[];
}

export interface ExportedGroupFields {
  readonly name?: string | null;
  readonly display_name?: string | null;
  readonly description?: string | null;
  readonly icon?: string | null;
  readonly banner?: string | null;
  readonly color?: string | null;
}

export interface ExportedMember extends ExportedIdentity, ExportedView {
  readonly fields: ExportedMemberFields;
  readonly privacy: ExportedPrivacy;
  /** Absent where the file does not have it. The API cannot set these. */
  readonly message_count?: number;
  readonly last_message_timestamp?: string | null;
  readonly autoproxy_enabled?: boolean;
}

export interface ExportedGroup extends ExportedIdentity, ExportedView {
  readonly fields: ExportedGroupFields;
  readonly privacy: ExportedPrivacy;
  /** Ids of members in the file. */
  readonly members: readonly string[];
}

export interface ExportedSwitch {
  readonly timestamp: string;
  /** Ids of members in the file, in their order. */
  readonly members: readonly string[];
}

/** The content of an export of any program. */
export interface ExportFile {
  readonly format: 'pluralkit' | 'tupperbox';
  readonly system: ExportedIdentity &
    ExportedView & {
      readonly fields: ExportedSystemFields;
      readonly privacy: ExportedPrivacy;
      readonly webhook_url: string | null;
    };
  /** Settings by their key, unchanged. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Discord ids with all of their digits. */
  readonly accounts: readonly string[];
  readonly members: readonly ExportedMember[];
  readonly groups: readonly ExportedGroup[];
  /** In the order of the file. */
  readonly switches: readonly ExportedSwitch[];
  /** Fields of the file that are omitted here, each once. */
  readonly omitted: readonly FileNote[];
}
