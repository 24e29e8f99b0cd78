import { type LanguageTool, works } from '../tool.ts';
import {
  generateWith,
  openapiGenerator,
  openapiGeneratorWarnings,
  switchIsReserved,
} from './openapi-generator.ts';

const maven = ['java', 'maven'] as const;

export const jvmTools: readonly LanguageTool[] = [
  {
    ...{ name: 'openapi-generator java (native)', language: 'Java', ...openapiGenerator, toolchains: maven },
    generate: generateWith('java', '--library native'),
    warnings: [
      ...openapiGeneratorWarnings,
      switchIsReserved,
      {
        text: 'Ignoring complex example on request body',
        input: '`requestBody: {content: {application/json: {examples: {a: {value: {b: 1}}}}}}`',
      },
    ],
    compile:
      'cp $SOURCES/programs/java/OpenapiGenerator.java src/main/java/ && mvn -q -B -Dmaven.test.skip=true compile',
    program: 'java/OpenapiGenerator.java',
    run: 'mvn -q -B -Dmaven.test.skip=true org.codehaus.mojo:exec-maven-plugin:3.5.0:java -Dexec.mainClass=OpenapiGenerator',
    note: 'It sends no credentials: set `Authorization` in `setRequestInterceptor`. The default library, okhttp-gson, rejects new fields unless it is given `disallowAdditionalPropertiesIfNotPresent=false`.',
    expected: works,
    fault: "the tool's: security schemes are ignored by the library `native`",
  },
  {
    ...{ name: 'openapi-generator kotlin (jackson)', language: 'Kotlin', ...openapiGenerator },
    toolchains: maven,
    generate: generateWith(
      'kotlin',
      '--model-name-mappings System=PluralKitSystem --additional-properties serializationLibrary=jackson',
    ),
    warnings: openapiGeneratorWarnings,
    compile:
      'cp $SOURCES/packages/kotlin/pom.xml . && cp $SOURCES/programs/kotlin/OpenapiGenerator.kt src/main/kotlin/ && mvn -q -B compile',
    program: 'kotlin/OpenapiGenerator.kt',
    run: 'mvn -q -B org.codehaus.mojo:exec-maven-plugin:3.5.0:java -Dexec.mainClass=OpenapiGeneratorKt',
    clears: '',
    note: "`--model-name-mappings System=PluralKitSystem`, since `System` hides `java.lang.System`. It can't send null: an empty text clears a field.",
    expected: works,
    fault:
      "the tool's: `{type: integer, enum: [20002]}` is read as a position, so that models of errors can't be read",
  },
];
