/**
 * Text tables and lists for reports in a terminal.
 */

/** Columns as wide as their widest cell; all but the first are set to the right. */
export function table(rows: readonly (readonly (string | number)[])[]): string {
  const texts = rows.map((row) => row.map(String));
  const widths = (texts[0] ?? []).map((_, column) =>
    Math.max(...texts.map((row) => row[column]?.length ?? 0)),
  );
  return texts
    .map((row) =>
      row
        .map((text, column) =>
          column === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** `5,317 of 5,412`. */
export function outOf(count: number, total: number): string {
  return `${number(count)} of ${number(total)}`;
}

export function number(value: number): string {
  return value.toLocaleString('en');
}

/** `98.35 %`; rounded down, so that it is 100 % only when all are. */
export function percent(count: number, total: number): string {
  return total === 0 ? '–' : `${(Math.floor((count / total) * 10_000) / 100).toFixed(2)} %`;
}

export function indent(text: string, by = 2): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(by));
}

export function heading(text: string): string {
  return `\n${text}\n${'─'.repeat(text.length)}`;
}
