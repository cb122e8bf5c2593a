import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Decimal } from 'decimal.js';
import { bookNotReadable, pricesSuspicious } from './errors';
import type { Offer } from './fetch/offer';

/** How a row of the book changes. */
export interface RowChange {
  readonly product: string;
  readonly unit: string;
  /** Absent where the book did not have it. */
  readonly before?: string;
  readonly after: string;
}

/** What a refresh makes of the book. */
export interface Refreshed {
  /** Rows with another price. */
  readonly changed: readonly RowChange[];
  /** Rows that the book did not have. */
  readonly added: readonly RowChange[];
  /** Rows with the same price, now with a newer date. */
  readonly confirmed: number;
  /** Prices that are published and that the book does not keep. */
  readonly left: number;
  /** Rows of the book in these lists that are published no more; they stay. */
  readonly gone: readonly string[];
  /** File name -> new text, for files that change. */
  readonly files: Readonly<Record<string, string>>;
}

const columns = ['provider', 'service', 'sku', 'region', 'unit', 'usd', 'source', 'as_of', 'confidence'];

/**
 * Puts offers into the rows of the book's files. Lines that do not change stay byte for byte, so that the difference can be read.
 * @param texts file name -> text
 * @param grows which prices that the book does not have get rows: all, or those under a commitment for what it has a list price of
 * @throws TerraceError CLI_PRICES_BOOK; CLI_PRICES_SUSPICIOUS for prices that change more than tenfold
 */
export function refreshedBook(texts: Readonly<Record<string, string>>, offers: readonly Offer[], grows: 'all' | 'commitments'): Refreshed {
  const wanted = new Map(offers.map((offer) => [keyOf(offer), offer]));
  const tables = Object.entries(texts).map(([name, text]) => ({ name, ...refreshedFile(name, text, wanted) }));
  const taken = new Set(tables.flatMap((table) => table.taken));
  const missing = offers.filter((offer) => !taken.has(keyOf(offer)));
  const added = missing.filter((offer) => grows === 'all' || (offer.list !== undefined && taken.has(keyOf({ ...offer, ...offer.list }))));
  const files = Object.fromEntries(
    tables.map(({ name, text, header }) => [
      name,
      withRows(
        text,
        header,
        added.filter((offer) => homeOf(offer, texts) === name),
      ),
    ]),
  );
  const changed = tables.flatMap((table) => table.changed);
  refuseSuspicious(changed);
  return {
    changed,
    added: added.map((offer) => ({ product: productText(offer), unit: offer.unit, after: offer.price })),
    confirmed: tables.reduce((sum, table) => sum + table.confirmed, 0),
    left: missing.length - added.length,
    gone: goneRows(
      tables.flatMap((table) => table.kept),
      offers,
    ),
    files: Object.fromEntries(Object.entries(files).filter(([name, text]) => text !== texts[name])),
  };
}

/** The file in which a new row has its place: that of its service, else that of the list price, else the first. */
function homeOf({ provider, service, list }: Offer, texts: Readonly<Record<string, string>>): string | undefined {
  const names = Object.keys(texts);
  const holds = (name: string, wanted: string | undefined): boolean =>
    wanted !== undefined && (texts[name]?.includes(`\n${provider},${wanted},`) ?? false);
  return names.find((name) => holds(name, service)) ?? names.find((name) => holds(name, list?.service)) ?? names[0];
}

interface FileRows {
  readonly text: string;
  readonly header: readonly string[];
  readonly taken: readonly string[];
  readonly changed: readonly RowChange[];
  readonly confirmed: number;
  /** Rows that no offer is for. */
  readonly kept: readonly Readonly<Record<string, string>>[];
}

function refreshedFile(name: string, text: string, wanted: ReadonlyMap<string, Offer>): FileRows {
  const lines = text.split('\n');
  const header = cellsOf(lines[0] ?? '', name, 1);
  const lacking = columns.filter((column) => !header.includes(column));
  if (lacking.length > 0) throw bookNotReadable(name, `it has no column ${lacking.join(', ')}`);
  const taken: string[] = [];
  const changed: RowChange[] = [];
  const kept: Record<string, string>[] = [];
  let confirmed = 0;
  const written = lines.map((line, index) => {
    if (index === 0 || line === '') return line;
    const row = rowOf(header, cellsOf(line, name, index + 1), name, index + 1);
    const offer = (row['from'] ?? '') === '' ? wanted.get(keyOf(row as unknown as Offer)) : undefined;
    if (offer === undefined) {
      kept.push(row);
      return line;
    }
    taken.push(keyOf(offer));
    const before = row['usd'] ?? '';
    if (new Decimal(before).eq(offer.price)) confirmed += 1;
    else changed.push({ product: productText(offer), unit: offer.unit, before, after: offer.price });
    return lineOf(header, { ...row, usd: offer.price, source: offer.source, as_of: offer.asOf, confidence: 'verified' });
  });
  return { text: written.join('\n'), header, taken, changed, confirmed, kept };
}

function withRows(text: string, header: readonly string[], offers: readonly Offer[]): string {
  if (offers.length === 0) return text;
  const [head = '', ...rows] = text.trimEnd().split('\n');
  const added = offers.map((offer) =>
    lineOf(header, {
      provider: offer.provider,
      service: offer.service,
      sku: offer.sku,
      region: offer.region,
      unit: offer.unit,
      usd: offer.price,
      source: offer.source,
      as_of: offer.asOf,
      confidence: 'verified',
    }),
  );
  return `${[head, ...inserted(rows, added)].join('\n')}\n`;
}

/** Each new line goes behind the last line that sorts before it; the others keep their places. */
function inserted(rows: readonly string[], added: readonly string[]): readonly string[] {
  return added.reduce<readonly string[]>((lines, line) => {
    const at = lines.findLastIndex((other) => other < line);
    return [...lines.slice(0, at + 1), line, ...lines.slice(at + 1)];
  }, rows);
}

/** A price that changed more than tenfold is a mistake until a person has looked at it. */
function refuseSuspicious(changed: readonly RowChange[]): void {
  const wrong = changed.filter(({ before = '1', after }) => {
    const ratio = new Decimal(after).div(before);
    return !ratio.isFinite() || ratio.gt(10) || ratio.lt(0.1);
  });
  if (wrong.length > 0)
    throw pricesSuspicious(
      wrong
        .slice(0, 20)
        .map(({ product, before, after }) => ({ code: 'PRICES_TENFOLD', where: product, message: `${before} would become ${after}.` })),
    );
}

/** Rows of the same service and region as an offer, which no offer is for. */
function goneRows(kept: readonly Readonly<Record<string, string>>[], offers: readonly Offer[]): readonly string[] {
  const lists = new Set(offers.map((offer) => `${offer.service} ${offer.region} ${offer.unit}`));
  return kept
    .filter((row) => lists.has(`${row['service']} ${row['region']} ${row['unit']}`))
    .map((row) => `${row['provider']}/${row['service']}/${row['sku']}@${row['region']}`);
}

function keyOf({ provider, service, sku, region, unit }: Pick<Offer, 'provider' | 'service' | 'sku' | 'region' | 'unit'>): string {
  return [provider, service, sku, region, unit].join(' ');
}

function productText({ provider, service, sku, region }: Offer): string {
  return `${provider}/${service}/${sku}${region === 'all' ? '' : `@${region}`}`;
}

function rowOf(header: readonly string[], cells: readonly string[], file: string, line: number): Record<string, string> {
  if (cells.length !== header.length)
    throw bookNotReadable(file, `line ${line} has ${cells.length} cells, the header has ${header.length}`);
  return Object.fromEntries(header.map((name, column) => [name, cells[column] ?? '']));
}

const cell = /(?:"((?:[^"]|"")*)"|([^",]*))(?:,|$)/gy;

function cellsOf(line: string, file: string, number: number): readonly string[] {
  const text = line.replace(/\r$/, '');
  const cells: string[] = [];
  cell.lastIndex = 0;
  for (;;) {
    const match = cell.exec(text);
    if (match === null) throw bookNotReadable(file, `line ${number} has a quote that is not closed in it`);
    cells.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (!match[0].endsWith(',')) return cells;
  }
}

function lineOf(header: readonly string[], row: Readonly<Record<string, string>>): string {
  return header.map((name) => csvCell(row[name] ?? '')).join(',');
}

function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The texts of the book's files. @throws TerraceError CLI_PRICES_BOOK */
export function readBook(folder: string, names: readonly string[]): Readonly<Record<string, string>> {
  const missing = names.find((name) => !existsSync(join(folder, name)));
  if (missing !== undefined) throw bookNotReadable(join(folder, missing), 'it is not there');
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

/** Writes each file beside itself and then renames it, so that a file is either the old one or the new one. */
export function writeBook(folder: string, files: Readonly<Record<string, string>>): void {
  const room = mkdtempSync(join(folder, '.refresh-'));
  try {
    const written = Object.entries(files).map(([name, text], index) => {
      const path = join(room, String(index));
      writeFileSync(path, text);
      return { path, target: join(folder, name) };
    });
    for (const { path, target } of written) renameSync(path, target);
  } finally {
    rmSync(room, { recursive: true, force: true });
  }
}
