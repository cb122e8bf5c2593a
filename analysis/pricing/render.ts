import type { Decimal } from 'decimal.js';
import { append } from '../graph/addresses';
import type { Comparison } from './comparison';
import { zero } from './decimal';
import type { Estimate, EstimateLine } from './estimate-types';
import { money } from './json';
import { paragraph, table } from '../../values/text-table';

/** How a text is laid out. */
export interface RenderOptions {
  /** Characters in a line; at most 100 are used. @default 100 */
  readonly width?: number;
}

/** Wider lines are hard to read, and a paste into a chat breaks them. */
const widest = 100;

/** The estimate for a person: lines with money, what depends on usage, what is not priced, what is free, and how far to trust it. */
export function renderEstimate(estimate: Estimate, options: RenderOptions = {}): string {
  const width = Math.min(options.width ?? widest, widest);
  const [nothing, something] = partition(estimate.lines, (line) => line.high.isZero());
  return [
    ...costTable(something, estimate, width),
    ...section('Nothing at these figures:', groupedLines(nothing), width),
    ...section(
      'Not priced, and not in the total:',
      estimate.unpriced.map((one) => `${one.address}${one.part === undefined ? '' : `, ${one.part}`}: ${one.reason}`),
      width,
    ),
    ...section('Free:', freeByType(estimate), width),
    ...trust(estimate, width),
  ].join('\n');
}

function partition<T>(things: readonly T[], test: (thing: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [things.filter(test), things.filter((thing) => !test(thing))];
}

/** Lines that say the same of several components are one entry. */
function groupedLines(lines: readonly EstimateLine[]): readonly string[] {
  const groups = new Map<string, string[]>();
  for (const line of lines) append(groups, JSON.stringify([line.name, line.assumption ?? '']), line.component);
  return [...groups].map(([key, components]) => {
    const [name = '', assumption = ''] = JSON.parse(key) as readonly string[];
    return `${name} (${[...new Set(components)].join(', ')})${assumption === '' ? '' : `: ${assumption}`}`;
  });
}

function costTable(lines: readonly EstimateLine[], estimate: Estimate, width: number): readonly string[] {
  const ranged = !estimate.low.eq(estimate.high);
  const columns = [
    { title: 'component', shrinkTo: 9 },
    { title: 'what', shrinkTo: 16 },
    { title: 'quantity', align: 'right' as const },
    { title: 'price', align: 'right' as const },
    ...(ranged ? [{ title: 'low', align: 'right' as const }] : []),
    { title: ranged ? 'typical' : 'USD/month', align: 'right' as const },
    ...(ranged ? [{ title: 'high', align: 'right' as const }] : []),
  ];
  const amounts = (low: Decimal, monthly: Decimal, high: Decimal): readonly string[] =>
    (ranged ? [low, monthly, high] : [monthly]).map(money);
  const rows = lines.map((line) => [
    line.component,
    line.name + mark(line),
    quantityText(line),
    plain(line.price),
    ...amounts(line.low, line.monthly, line.high),
  ]);
  return table(columns, [...rows, ['total', '', '', '', ...amounts(estimate.low, estimate.monthly, estimate.high)]], width);
}

/** A price that was not read in a source carries a star. */
function mark(line: EstimateLine): string {
  return line.confidence === 'verified' ? '' : ' *';
}

function quantityText(line: EstimateLine): string {
  return `${line.quantity.toDecimalPlaces(2).toFixed()} ${line.unit}`;
}

function plain(price: Decimal): string {
  return price.decimalPlaces() <= 2 ? price.toFixed(2) : price.toFixed();
}

function section(title: string, entries: readonly string[], width: number): readonly string[] {
  return entries.length === 0 ? [] : ['', title, ...entries.flatMap((entry) => paragraph('  ', entry, width))];
}

function freeByType(estimate: Estimate): readonly string[] {
  const types = [...new Set(estimate.free.map((one) => one.type))].sort();
  return types.length === 0 ? [] : [types.map((type) => `${estimate.free.filter((one) => one.type === type).length} ${type}`).join(', ')];
}

function trust(estimate: Estimate, width: number): readonly string[] {
  const share = estimate.unverifiedShare.times(100).toDecimalPlaces(0);
  const stars = share.eq(zero)
    ? []
    : [`* ${share.toFixed()} % of the typical month rests on prices that were recalled or computed, not read in a source.`];
  const oldest = estimate.oldestPrice === undefined ? [] : [`The oldest price is of ${estimate.oldestPrice}.`];
  return ['', ...[...stars, ...oldest, ...estimate.notes].flatMap((note) => paragraph('', note, width))];
}

/** List and stated prices side by side, each difference with its reason below it. */
export function renderComparison(comparison: Comparison, options: RenderOptions = {}): string {
  const width = Math.min(options.width ?? widest, widest);
  const columns = [
    { title: 'component', shrinkTo: 9 },
    { title: 'the document calls it', shrinkTo: 12 },
    { title: 'list', align: 'right' as const },
    { title: 'stated', align: 'right' as const },
    { title: 'difference', align: 'right' as const },
  ];
  const rows = comparison.rows.map((row) => [row.component, row.label, money(row.list), money(row.stated), signed(row.difference)]);
  const total = ['total', '', money(comparison.list), money(comparison.stated), signed(comparison.difference)];
  const reasons = comparison.rows
    .filter((row) => !row.difference.isZero())
    .map((row) => `${row.component} (${signed(row.difference)}): ${row.explained ? row.why : 'not explained'}`);
  return [...table(columns, [...rows, total], width), ...section('Why they differ:', reasons, width)].join('\n');
}

function signed(amount: Decimal): string {
  return amount.gt(0) ? `+${money(amount)}` : money(amount);
}
