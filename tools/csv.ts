/**
 * Reads comma-separated values with a header line (RFC 4180: quotes protect commas, quotes and line ends).
 * @returns one record per row, keyed by the header
 * @throws Error naming the line when a row has more or fewer cells than the header
 */
export function parseCsv(text: string): readonly Record<string, string>[] {
  const [header, ...rows] = parseCells(text);
  if (header === undefined) return [];
  return rows.map((cells, index) => record(header, cells, index + 2));
}

function record(header: readonly string[], cells: readonly string[], line: number): Record<string, string> {
  if (cells.length !== header.length) throw new Error(`row ${line} has ${cells.length} cells, the header has ${header.length}`);
  return Object.fromEntries(header.map((name, column) => [name, cells[column] ?? '']));
}

const cellPattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy;

function parseCells(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  cellPattern.lastIndex = 0;
  while (cellPattern.lastIndex < text.length) {
    const match = cellPattern.exec(text);
    if (match === null) throw new Error(`row ${rows.length + 1} has a quote that is never closed or stands inside a cell`);
    row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === ',' && cellPattern.lastIndex < text.length) continue;
    if (match[3] === ',') row.push('');
    rows.push(row);
    row = [];
  }
  return rows;
}
