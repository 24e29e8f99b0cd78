/** What came of a step: `null` where it was not tried. */
export type Outcome = boolean | null;

/** A generator of clients or models, and how it is tried. Scripts are for bash, in an empty folder of the tool's own. */
export interface LanguageTool {
  readonly name: string;
  readonly version: string;
  readonly language: string;
  /** What is installed for it: names of {@link installations}. */
  readonly needs: readonly InstallationName[];
  /** Programs that the machine must have; where one is missing, the tool is not tried. */
  readonly toolchain: readonly string[];
  readonly generate: string;
  readonly compile?: string;
  /** Prints `ok` where the program has done its work against the sandbox. */
  readonly run?: string;
  /** What a user of the tool has to know. */
  readonly note: string;
  readonly expected: { readonly generates: Outcome; readonly compiles: Outcome; readonly runs: Outcome };
  /** Where a step is expected to fail: what it prints then. */
  readonly failure?: string;
  /** Where a step fails, or does less than it should: whose fault it is, with the smallest input that shows it. */
  readonly fault?: string;
}

/** Installs the packages that a file beside this one lists. */
function installNpmTools(name: string): string {
  return `[ -f $CACHE/${name}/done ] || { mkdir -p $CACHE/${name} && cp $SOURCES/${name}-tools.json $CACHE/${name}/package.json && cd $CACHE/${name} && npm install --no-audit --no-fund --ignore-scripts && touch done; }`;
}

/** Each is done once; `$CACHE` is a folder that may be kept. */
export const installations = {
  'openapi-generator':
    '[ -f $CACHE/openapi-generator-cli-7.17.0.jar ] || mvn -q dependency:copy -Dartifact=org.openapitools:openapi-generator-cli:7.17.0 -DoutputDirectory=$CACHE -Dmdep.useBaseVersion=true',
  python:
    '[ -f $CACHE/python/done ] || { python3 -m venv $CACHE/python && $CACHE/python/bin/pip -q install openapi-python-client==0.29.1 datamodel-code-generator==0.89.0 ruff==0.17.6 mypy==2.4.1 httpx==0.28.1 attrs==26.1.0 pydantic==2.14.4 urllib3==2.8.0 python-dateutil==2.9.0.post0 types-python-dateutil typing-extensions && touch $CACHE/python/done; }',
  'oapi-codegen':
    'GOBIN=$CACHE/go go install github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen@v2.8.2',
  ogen: 'GOBIN=$CACHE/go go install github.com/ogen-go/ogen/cmd/ogen@v1.24.0',
  progenitor:
    '[ -x $CACHE/cargo/bin/cargo-progenitor ] || cargo install -q --locked --debug --root $CACHE/cargo cargo-progenitor@0.15.1',
  typescript: installNpmTools('typescript'),
  zod: installNpmTools('zod'),
} as const;

export type InstallationName = keyof typeof installations;
