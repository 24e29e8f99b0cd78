/** The syntax of a language for JSON values. */
interface Style {
  string(value: string): string;
  key(name: string): string;
  constant(value: unknown): string;
  /** The white space between the brackets of an object and its properties. */
  readonly objectPadding: string;
}

const typescript: Style = {
  string: (value) => `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`,
  key: (name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : typescript.string(name)),
  constant: String,
  objectPadding: ' ',
};

const pythonConstants = new Map<unknown, string>([
  [null, 'None'],
  [true, 'True'],
  [false, 'False'],
]);

const python: Style = {
  string: (value) => JSON.stringify(value),
  key: (name) => JSON.stringify(name),
  constant: (value) => pythonConstants.get(value) ?? String(value),
  objectPadding: '',
};

/** A JSON value as TypeScript, in the style of this project: single quotes, bare keys, short values on one line. */
export function typescriptLiteral(value: unknown, indent = ''): string {
  return write(value, typescript, '  ', indent);
}

/** A JSON value as Python, in the style of Black: double quotes, four spaces, short values on one line. */
export function pythonLiteral(value: unknown, indent = ''): string {
  return write(value, python, '    ', indent);
}

function write(value: unknown, style: Style, step: string, indent: string): string {
  if (typeof value === 'string') return style.string(value);
  if (typeof value !== 'object' || value === null) return style.constant(value);
  const deeper = indent + step;
  const items = Array.isArray(value)
    ? value.map((item) => write(item, style, step, deeper))
    : Object.entries(value).map(([key, item]) => `${style.key(key)}: ${write(item, style, step, deeper)}`);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (items.length === 0) return `${open}${close}`;
  const padding = Array.isArray(value) ? '' : style.objectPadding;
  const line = `${open}${padding}${items.join(', ')}${padding}${close}`;
  if (!line.includes('\n') && line.length < 72) return line;
  return `${open}\n${items.map((item) => `${deeper}${item},\n`).join('')}${indent}${close}`;
}
