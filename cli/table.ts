import { indented, wrap } from '../values/text-table';

/** How a column stands. */
export type Alignment = 'left' | 'right';

/**
 * Lines of aligned cells, two spaces apart, without trailing blanks.
 * The last column is not padded, so that long text there costs nothing.
 */
export function columns(rows: readonly (readonly string[])[], alignment: readonly Alignment[] = []): readonly string[] {
  const widths = widest(rows);
  return rows.map((row) =>
    row
      .map((cell, index) => pad(cell, widths[index] ?? 0, alignment[index] ?? 'left'))
      .join('  ')
      .trimEnd(),
  );
}

function widest(rows: readonly (readonly string[])[]): readonly number[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  return Array.from({ length: count }, (_, index) => Math.max(0, ...rows.map((row) => (row[index] ?? '').length)));
}

function pad(cell: string, width: number, alignment: Alignment): string {
  return alignment === 'right' ? cell.padStart(width) : cell.padEnd(width);
}

/** Wraps and indents all lines but the first, for lists. @param width @default 100 */
export function hanging(first: string, text: string, width = 100): string {
  return indented(first, wrap(text, width - first.length)).join('\n');
}
