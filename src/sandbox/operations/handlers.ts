import { autoproxyOperations } from './autoproxy.ts';
import { bulkPrivacyOperations } from './bulk-privacy.ts';
import type { Handlers } from './call.ts';
import { groupMemberOperations } from './group-members.ts';
import { groupOperations } from './groups.ts';
import { memberOperations } from './members.ts';
import { messageOperations } from './messages.ts';
import { oEmbedOperations } from './oembed.ts';
import { settingsOperations } from './settings.ts';
import { switchOperations } from './switches.ts';
import { systemOperations } from './systems.ts';

/** Every operation of version 2; a missing one does not compile. */
export const handlers = {
  ...systemOperations,
  ...memberOperations,
  ...groupOperations,
  ...groupMemberOperations,
  ...switchOperations,
  ...messageOperations,
  ...settingsOperations,
  ...autoproxyOperations,
  ...oEmbedOperations,
  ...bulkPrivacyOperations,
} satisfies Handlers;
