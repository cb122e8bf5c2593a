/** How a column stands. */
export type Alignment = 'left' | 'right';

/**
 * Lines of aligned cells, two spaces apart, without trailing blanks.
 * The last column is not padded, so that long text there costs nothing.
 */
export function columns(rows: readonly (readonly string[])[], alignment: readonly Alignment[] = []): readonly string[] {
  const widths = widest(rows);
  return rows.map((row) => row.map((cell, index) => pad(cell, widths[index] ?? 0, alignment[index] ?? 'left')).join('  ').trimEnd());
}

function widest(rows: readonly (readonly string[])[]): readonly number[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  return Array.from({ length: count }, (_, index) => Math.max(0, ...rows.map((row) => (row[index] ?? '').length)));
}

function pad(cell: string, width: number, alignment: Alignment): string {
  return alignment === 'right' ? cell.padStart(width) : cell.padEnd(width);
}

/** Breaks text into lines of at most this width, at spaces; a longer word stands alone. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter((each) => each !== '')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Wraps and indents all lines but the first, for lists. */
export function hanging(first: string, text: string, width = 100): string {
  const [head = '', ...rest] = wrap(text, width - first.length);
  return [`${first}${head}`, ...rest.map((line) => `${' '.repeat(first.length)}${line}`)].join('\n');
}
