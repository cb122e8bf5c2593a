/** One column of a text table. */
export interface Column {
  readonly title: string;
  /** @default 'left' */
  readonly align?: 'left' | 'right';
  /** Narrowest width to which it may be shortened. @default - it is never shortened */
  readonly shrinkTo?: number;
}

const gap = '  ';

/**
 * A plain table: columns as wide as their widest cell, two spaces between them. Where that is wider than `width`, the columns
 * that may be shortened give way, the widest first; a shortened cell ends in "…".
 */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[], width: number): readonly string[] {
  const titles = columns.map((column) => column.title);
  const widths = fit(columns, [titles, ...rows], width);
  return [titles, widths.map((one) => '-'.repeat(one)), ...rows].map((cells) => line(columns, cells, widths));
}

function line(columns: readonly Column[], cells: readonly string[], widths: readonly number[]): string {
  const padded = columns.map((column, index) => pad(cells[index] ?? '', widths[index] ?? 0, column.align ?? 'left'));
  return padded.join(gap).trimEnd();
}

function pad(cell: string, width: number, align: 'left' | 'right'): string {
  const text = shorten(cell, width);
  return align === 'right' ? text.padStart(width) : text.padEnd(width);
}

/** A text of at most so many characters. */
export function shorten(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1)).trimEnd()}…`;
}

function fit(columns: readonly Column[], rows: readonly (readonly string[])[], width: number): readonly number[] {
  const widths = columns.map((_, index) => Math.max(...rows.map((cells) => (cells[index] ?? '').length)));
  const tooWide = (): number => widths.reduce((sum, one) => sum + one, gap.length * (columns.length - 1)) - width;
  while (tooWide() > 0) {
    const widest = widestShrinkable(columns, widths);
    if (widest === undefined) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

function widestShrinkable(columns: readonly Column[], widths: readonly number[]): number | undefined {
  const able = columns.flatMap((column, index) => ((widths[index] ?? 0) > (column.shrinkTo ?? Number.POSITIVE_INFINITY) ? [index] : []));
  return able.sort((a, b) => (widths[b] ?? 0) - (widths[a] ?? 0) || a - b).at(0);
}

/** A paragraph broken at spaces into lines of at most `width`, the first after `head`, the others indented as far. */
export function paragraph(head: string, text: string, width: number): readonly string[] {
  const room = Math.max(20, width - head.length);
  const lines = text.split(' ').reduce<string[]>((broken, word) => {
    const last = broken.at(-1);
    if (last === undefined || last.length + 1 + word.length > room) return [...broken, word];
    return [...broken.slice(0, -1), `${last} ${word}`];
  }, []);
  return lines.map((one, index) => (index === 0 ? head : ' '.repeat(head.length)) + one);
}
