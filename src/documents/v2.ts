/** The document of version 2. Load it where it is needed only: it is large. */
export { default } from '../../generated/v2/openapi.json' with { type: 'json' };
