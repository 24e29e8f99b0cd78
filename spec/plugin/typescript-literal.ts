/** A JSON value as TypeScript, in the style of this project: single quotes, bare keys, short things on one line. */
export function literal(value: unknown, indent = ''): string {
  if (typeof value === 'string') {
    const escaped = JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
    return `'${escaped}'`;
  }
  if (typeof value !== 'object' || value === null) return String(value);
  const deeper = `${indent}  `;
  const items = Array.isArray(value)
    ? value.map((item) => literal(item, deeper))
    : Object.entries(value).map(([key, item]) => `${propertyName(key)}: ${literal(item, deeper)}`);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (items.length === 0) return `${open}${close}`;
  const padding = Array.isArray(value) ? '' : ' ';
  const line = `${open}${padding}${items.join(', ')}${padding}${close}`;
  if (!line.includes('\n') && line.length < 72) return line;
  return `${open}\n${items.map((item) => `${deeper}${item},\n`).join('')}${indent}${close}`;
}

function propertyName(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : literal(key);
}
