import { banner, type Compiler } from './compiler';
import { parseCsv } from './csv';
import { listLiteral, literal, type Plain } from './typescript-literal';

type Row = Record<string, string>;

const confidences = ['verified', 'computed', 'recalled'];

/** The price lists of each provider; one with many prices has a file for each kind of service, which keeps changes readable. */
const lists: Readonly<Record<string, readonly string[]>> = {
  digitalocean: [''],
  aws: ['compute', 'databases', 'network', 'storage', 'services'],
  google: ['cloud', 'models'],
  thirdparty: [''],
};

/** The price tables of all providers. */
export const priceCompilers: readonly Compiler[] = Object.entries(lists).flatMap(([folder, parts]) =>
  parts.map((part) => compilerOf(folder, part)),
);

function compilerOf(folder: string, part: string): Compiler {
  const path = `catalog/${folder}/prices${part === '' ? '' : `-${part}`}`;
  const provider = folder === 'thirdparty' ? undefined : folder;
  return { source: `${path}.csv`, target: `${path}.generated.ts`, compile: (text) => compilePrices(text, provider, `${path}.csv`, part) };
}

/**
 * A price list as a typed constant: `<provider><Part>Prices`, or for a file of several providers `thirdPartyPrices`, a list.
 * @param provider the one provider of the list; undefined for a list of several
 * @throws Error naming every row that could put a wrong figure on a bill
 */
export function compilePrices(csv: string, provider: string | undefined, source: string, part = ''): string {
  const rows = parseCsv(csv);
  const problems = rows.flatMap((row, index) => rowProblems(row, provider).map((problem) => `${source}:${index + 2}  ${problem}`));
  const wrong = [...problems, ...duplicates(rows, source), ...brokenTiers(rows, source)];
  if (wrong.length > 0) throw new Error(`the price list cannot be compiled\n${wrong.join('\n')}`);
  const providers = provider === undefined ? [...new Set(rows.map((row) => cell(row, 'provider')))].sort() : [provider];
  const name = `${provider ?? 'thirdParty'}${part.slice(0, 1).toUpperCase()}${part.slice(1)}Prices`;
  const tables = providers.map((one) =>
    tableLines(
      one,
      rows.filter((row) => cell(row, 'provider') === one),
    ),
  );
  const several = [
    `/** List prices of others: ${rows.length} rows. */`,
    `export const ${name}: readonly PriceTable[] = [`,
    ...tables.flatMap((table) => ['{', ...table, '},']),
    '];\n',
  ];
  const single = [
    `/** List prices of ${provider}${part === '' ? '' : `, ${part}`}: ${rows.length} rows. */`,
    `export const ${name}: PriceTable = {`,
    ...tables.flat(),
    '};\n',
  ];
  return [`${banner(source)}import type { PriceTable } from '../prices';\n`, ...(provider === undefined ? several : single)].join('\n');
}

function tableLines(provider: string, rows: readonly Row[]): readonly string[] {
  const sources = [...new Set(rows.map((row) => cell(row, 'source')))].sort();
  return [
    `provider: ${literal(provider)},`,
    `sources: ${listLiteral(sources)},`,
    `rows: ${listLiteral(rows.map((row) => tuple(row, sources)))},`,
  ];
}

function tuple(row: Row, sources: readonly string[]): Plain {
  const texts = ['service', 'sku', 'region', 'unit', 'usd'].map((column) => cell(row, column));
  const from = cell(row, 'from');
  return [...texts, sources.indexOf(cell(row, 'source')), cell(row, 'as_of'), cell(row, 'confidence'), ...(from === '' ? [] : [from])];
}

function rowProblems(row: Row, provider: string | undefined): readonly string[] {
  const empty = ['service', 'sku', 'region', 'unit', 'source'].filter((column) => cell(row, column) === '');
  return [
    ...empty.map((column) => `${column} is empty`),
    ...(provider === undefined || row['provider'] === provider
      ? []
      : [`provider is "${cell(row, 'provider')}", this list is of ${provider}`]),
    ...(/^(\d+(\.\d+)?)?$/.test(cell(row, 'from')) ? [] : [`from is "${cell(row, 'from')}", not a plain decimal number`]),
    ...(/^\d+(\.\d+)?$/.test(cell(row, 'usd')) ? [] : [`usd is "${cell(row, 'usd')}", not a plain decimal number`]),
    ...(/^\d{4}(-\d{2}(-\d{2})?)?$/.test(cell(row, 'as_of')) ? [] : [`as_of is "${cell(row, 'as_of')}", not a date`]),
    ...(confidences.includes(cell(row, 'confidence'))
      ? []
      : [`confidence is "${cell(row, 'confidence')}", allowed: ${confidences.join(', ')}`]),
  ];
}

function duplicates(rows: readonly Row[], source: string): readonly string[] {
  const seen = new Set<string>();
  return rows.flatMap((row, index) => {
    const key = [priceOf(row), ...(cell(row, 'from') === '' ? [] : [`from ${cell(row, 'from')}`])].join(' ');
    const repeated = seen.has(`${cell(row, 'provider')} ${key}`);
    seen.add(`${cell(row, 'provider')} ${key}`);
    return repeated ? [`${source}:${index + 2}  ${key} stands there twice`] : [];
  });
}

/** Tiers stand together, the first without `from`, each further one from a higher quantity on. */
function brokenTiers(rows: readonly Row[], source: string): readonly string[] {
  return rows.flatMap((row, index) => {
    const before = rows[index - 1];
    const continues = before !== undefined && before['provider'] === row['provider'] && priceOf(before) === priceOf(row);
    const ascends = continues && Number(cell(row, 'from')) > Number(cell(before, 'from'));
    return cell(row, 'from') === '' || ascends
      ? []
      : [`${source}:${index + 2}  the tier from ${cell(row, 'from')} does not follow a lower one`];
  });
}

function priceOf(row: Row): string {
  return ['service', 'sku', 'region', 'unit'].map((column) => cell(row, column)).join(' ');
}

function cell(row: Row, column: string): string {
  return row[column] ?? '';
}
