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

/** Narrower than that a paragraph is not made, however long its head. */
const narrowest = 20;

/** A paragraph broken at spaces into lines of at most `width`, the first after `head`, the others indented as far. */
export function paragraph(head: string, text: string, width: number): readonly string[] {
  return indented(head, wrap(text, Math.max(narrowest, width - head.length)));
}

/** Lines with the first after `head` and the others indented as far; the head alone where there are none. */
export function indented(head: string, lines: readonly string[]): readonly string[] {
  const [first = '', ...rest] = lines;
  return [`${head}${first}`, ...rest.map((line) => `${' '.repeat(head.length)}${line}`)];
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
