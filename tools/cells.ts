/** A row of a CSV file: cells by column. */
export type Row = Record<string, string>;

/** The cell of a column that must not be empty. @throws Error naming the row and the column */
export function text(row: Row, column: string): string {
  const value = row[column] ?? '';
  if (value === '') throw new Error(`${rowName(row)} has no ${column}`);
  return value;
}

/** The cell of a column as text; undefined where it is empty. */
export function optionalText(row: Row, column: string): string | undefined {
  return row[column] === '' ? undefined : text(row, column);
}

/** The cell of a column as a finite number. @throws Error naming the row and the column */
export function number(row: Row, column: string): number {
  const value = Number(text(row, column));
  if (!Number.isFinite(value)) throw new Error(`${rowName(row)}: ${column} "${row[column]}" is not a number`);
  return value;
}

/** The cell of a column as a number; undefined where it is empty. */
export function optionalNumber(row: Row, column: string): number | undefined {
  return row[column] === '' ? undefined : number(row, column);
}

/** The cell of a column that says yes or no. @throws Error for anything else */
export function yes(row: Row, column: string): boolean {
  const value = text(row, column);
  if (value !== 'yes' && value !== 'no') throw new Error(`${rowName(row)}: ${column} "${value}" is neither yes nor no`);
  return value === 'yes';
}

/** The two columns that every row of the catalog has. */
export function dated(row: Row): { source: string; asOf: string } {
  return { source: text(row, 'source'), asOf: text(row, 'as_of') };
}

function rowName(row: Row): string {
  return Object.values(row)[0] ?? 'a row';
}
