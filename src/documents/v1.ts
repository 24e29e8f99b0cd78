/** The document of version 1. Load it where it is needed only: it is large. */
export { default } from '../../generated/v1/openapi.json' with { type: 'json' };
