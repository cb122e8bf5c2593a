import { banner, type Compiler } from './compiler';
import { parseCsv } from './csv';
import { listLiteral, literal, type Plain } from './typescript-literal';

type Row = Record<string, string>;

const confidences = ['verified', 'computed', 'recalled'];

/** The price tables of all providers. */
export const priceCompilers: readonly Compiler[] = [
  {
    source: 'catalog/digitalocean/prices.csv',
    target: 'catalog/digitalocean/prices.generated.ts',
    compile: (text) => compilePrices(text, 'digitalocean', 'catalog/digitalocean/prices.csv'),
  },
];

/**
 * A provider's price list as a typed constant, `<provider>Prices`.
 * @throws Error naming every row that could put a wrong figure on a bill
 */
export function compilePrices(csv: string, provider: string, source: string): string {
  const rows = parseCsv(csv);
  const problems = rows.flatMap((row, index) => rowProblems(row, provider).map((problem) => `${source}:${index + 2}  ${problem}`));
  const wrong = [...problems, ...duplicates(rows, source)];
  if (wrong.length > 0) throw new Error(`the price list cannot be compiled\n${wrong.join('\n')}`);
  const sources = [...new Set(rows.map((row) => cell(row, 'source')))].sort();
  return [
    `${banner(source)}import type { PriceTable } from '../prices';\n`,
    `/** List prices of ${provider}: ${rows.length} rows. */`,
    `export const ${provider}Prices: PriceTable = {`,
    `provider: ${literal(provider)},`,
    `sources: ${listLiteral(sources)},`,
    `rows: ${listLiteral(rows.map((row) => tuple(row, sources)))},`,
    '};\n',
  ].join('\n');
}

function tuple(row: Row, sources: readonly string[]): Plain {
  const texts = ['service', 'sku', 'region', 'unit', 'usd'].map((column) => cell(row, column));
  return [...texts, sources.indexOf(cell(row, 'source')), cell(row, 'as_of'), cell(row, 'confidence')];
}

function rowProblems(row: Row, provider: string): readonly string[] {
  const empty = ['service', 'sku', 'region', 'unit', 'source'].filter((column) => cell(row, column) === '');
  return [
    ...empty.map((column) => `${column} is empty`),
    ...(row['provider'] === provider ? [] : [`provider is "${cell(row, 'provider')}", this list is of ${provider}`]),
    ...(/^\d+(\.\d+)?$/.test(cell(row, 'usd')) ? [] : [`usd is "${cell(row, 'usd')}", not a plain decimal number`]),
    ...(/^\d{4}(-\d{2}(-\d{2})?)?$/.test(cell(row, 'as_of')) ? [] : [`as_of is "${cell(row, 'as_of')}", not a date`]),
    ...(confidences.includes(cell(row, 'confidence')) ? [] : [`confidence is "${cell(row, 'confidence')}", allowed: ${confidences.join(', ')}`]),
  ];
}

function duplicates(rows: readonly Row[], source: string): readonly string[] {
  const seen = new Set<string>();
  return rows.flatMap((row, index) => {
    const key = ['service', 'sku', 'region', 'unit'].map((column) => cell(row, column)).join(' ');
    const repeated = seen.has(key);
    seen.add(key);
    return repeated ? [`${source}:${index + 2}  ${key} stands there twice`] : [];
  });
}

function cell(row: Row, column: string): string {
  return row[column] ?? '';
}
