/** The code of methods that most programs never call: `createHelpers` loads it. */
export { createMessageLookup } from './message-lookup.ts';
export { walkHistory } from './switch-history.ts';
export { createUpdateMany } from './update-many.ts';
