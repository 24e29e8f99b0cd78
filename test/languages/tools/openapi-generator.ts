import type { Warning } from '../tool.ts';

export const openapiGenerator = { version: '7.17.0', needs: ['openapi-generator'] } as const;

/** How it is called for one of its generators. */
export function generateWith(generator: string, options = ''): string {
  const jar = '$CACHE/openapi-generator/openapi-generator-cli-7.17.0.jar';
  return `java -jar ${jar} generate -g ${generator} -i $DOCUMENT -o . ${options}`.trimEnd();
}

/** Options for generators whose webhooks do not compile. */
export const withoutWebhooks =
  '--global-property apis=Systems:Members:Groups:Switches:Messages:Settings:OEmbed:oEmbed:Private,models,supportingFiles';
export const needsWithoutWebhooks =
  '`--global-property apis=Systems:Members:…,models,supportingFiles` omits the webhooks, which do not compile.';

/** What all its generators warn of. */
export const openapiGeneratorWarnings: readonly Warning[] = [
  { text: 'OpenAPI 3.1 support is still in beta', input: '`openapi: 3.1.1`' },
  {
    text: 'Failed to get the schema name: null',
    input: '`{type: object, properties: {a: {type: [string, "null"]}}}`',
  },
  {
    text: 'No application/json content media type found in response',
    input: '`responses: {415: {content: {application/problem+json: …}}}`, which the server sends',
  },
];

export const switchIsReserved: Warning = {
  text: 'Switch (reserved word) cannot be used as model name',
  input: '`components: {schemas: {Switch: …}}`, a word of Java, Dart and PHP',
};
