import type { Decimal } from 'decimal.js';
import { append } from '../../graph/addresses';
import { sum } from '../arithmetic';
import { budgetUse } from '../budget';
import type { Comparison } from '../comparison';
import { type EstimateContext, perDailyUser } from '../document/document';
import type { Estimate, EstimateLine } from '../estimate-types';
import { money } from '../json';
import { isLlm, llmTotal } from '../llm';
import type { SpotOffer } from '../spot';
import { type Group, type Grouping, groupsOf, totals } from './groups';

/** One column of a table. */
export interface ReportColumn {
  readonly title: string;
  /** @default 'left' */
  readonly align?: 'left' | 'right';
  /** Narrowest width to which a terminal may shorten it. @default - never shortened */
  readonly shrinkTo?: number;
}

/** A part of a report: a table, or sentences. */
export type Section =
  | {
      readonly title: string;
      readonly columns: readonly ReportColumn[];
      readonly rows: readonly (readonly string[])[];
      readonly total?: readonly string[];
      readonly below?: readonly string[];
    }
  | { readonly title: string; readonly sentences: readonly string[] };

/** A report before it is written: the same for a terminal and for Markdown. */
export interface Report {
  readonly title: string;
  readonly sections: readonly Section[];
}

/** What a report shows. */
export interface ReportOptions {
  /** @default - every line on its own */
  readonly by?: Grouping;
}

/** An estimate for a person. */
export function reportOf(estimate: Estimate, context: EstimateContext = {}, options: ReportOptions = {}): Report {
  const sections: readonly (Section | undefined)[] = [
    costs(estimate, options.by),
    committed(estimate),
    spot(context.spot ?? []),
    llm(estimate.lines),
    summary(estimate, context),
    ...compared(context.comparison),
    sentences(
      'Not priced, and not in the total',
      estimate.unpriced.map((one) => `${one.address}${one.part === undefined ? '' : `, ${one.part}`}: ${one.reason}`),
    ),
    sentences('Assumed, because no resource states it', assumptions(estimate.lines)),
    sentences('Nothing at these figures', nothing(estimate.lines)),
    sentences('Free', freeByType(estimate)),
    sentences('How far to trust this', trust(estimate)),
    sentences('Conventions', estimate.notes),
  ];
  return { title: titleOf(context), sections: sections.filter((section) => section !== undefined) };
}

function titleOf({ environment, tier, platform, input }: EstimateContext): string {
  const what =
    environment === undefined
      ? (input ?? 'Resources')
      : `${environment}${tier === undefined ? '' : ` at ${tier}`}${platform === undefined ? '' : ` on ${platform}`}`;
  return `${what}, in USD a month`;
}

const right = 'right' as const;
const amounts: readonly ReportColumn[] = [
  { title: 'low', align: right },
  { title: 'typical', align: right },
  { title: 'high', align: right },
];

function costs(estimate: Estimate, by: Grouping | undefined): Section {
  const total = { low: estimate.low, monthly: estimate.monthly, high: estimate.high };
  if (by !== undefined) return grouped(groupsOf(estimate.lines, by), by, estimate);
  return {
    title: 'List prices',
    columns: [
      { title: 'component', shrinkTo: 9 },
      { title: 'what', shrinkTo: 16 },
      { title: 'quantity', align: right },
      { title: 'price', align: right },
      ...amounts,
    ],
    rows: alike(estimate.lines.filter(costsSomething)).map(({ line, count, quantity, ...sums }) => [
      line.component,
      times(count, line.name + mark(line)),
      quantityText({ quantity, unit: line.unit }),
      priceText(line.price),
      ...moneys(sums),
    ]),
    total: ['total', '', '', '', ...moneys(total)],
  };
}

function times(count: number, name: string): string {
  return count > 1 ? `${count} x ${name}` : name;
}

/** What the lines that are alike cost together at spot prices. */
function spotTotal(offers: readonly SpotOffer[], { line }: SpotOffer): Decimal {
  return sum(offers.filter((one) => kindOf(one.line) === kindOf(line)).map(({ offer }) => offer.typical));
}

interface Alike {
  readonly line: EstimateLine;
  readonly count: number;
  readonly quantity: Decimal;
  readonly low: Decimal;
  readonly monthly: Decimal;
  readonly high: Decimal;
  readonly committed: Decimal;
}

/** What makes lines alike: the component, and what is bought at which price. */
function kindOf(line: EstimateLine): string {
  return JSON.stringify([line.component, line.name, line.product, line.unit, line.price.toFixed(), line.committed?.product]);
}

/** Lines of one component that buy the same thing at the same price, as one: a hundred equal servers are one row. */
function alike(lines: readonly EstimateLine[]): readonly Alike[] {
  const same = new Map<string, EstimateLine[]>();
  for (const line of lines) append(same, kindOf(line), line);
  return [...same.values()].flatMap((group) => {
    const [line] = group;
    return line === undefined ? [] : [{ line, count: group.length, quantity: sum(group.map((one) => one.quantity)), ...totals(group) }];
  });
}

function grouped(groups: readonly Group[], by: Grouping, estimate: Estimate): Section {
  return {
    title: `List prices by ${by}`,
    columns: [{ title: by, shrinkTo: 16 }, { title: 'lines', align: right }, ...amounts, { title: '1 year', align: right }],
    rows: groups
      .filter((group) => !group.high.isZero())
      .map((group) => [group.name, String(group.lines.filter(costsSomething).length), ...moneys(group), money(group.committed)]),
    total: ['total', String(estimate.lines.filter(costsSomething).length), ...moneys(estimate), money(estimate.committed.typical)],
  };
}

function committed({ lines, committed: all, monthly }: Estimate): Section {
  const offers = lines.filter((line) => line.committed !== undefined && costsSomething(line));
  if (offers.length === 0)
    return {
      title: 'Under a commitment of one year',
      sentences: ['Nothing here is sold so, as far as the price book knows. DigitalOcean sells no commitments.'],
    };
  const rows = alike(offers).map(({ line, count, monthly: list, committed: paid }) => [
    line.component,
    times(count, line.name),
    line.committed?.product ?? '',
    money(list),
    money(paid),
    line.committed?.asOf ?? '',
  ]);
  const saved = monthly.minus(all.typical);
  return {
    title: 'Under a commitment of one year',
    columns: [
      { title: 'component', shrinkTo: 9 },
      { title: 'what', shrinkTo: 16 },
      { title: 'commitment', shrinkTo: 16 },
      { title: 'list', align: right },
      { title: 'committed', align: right },
      { title: 'price of' },
    ],
    rows,
    total: ['total of these', '', '', money(sum(offers.map((line) => line.monthly))), money(totals(offers).committed), ''],
    below: [`With all of them the typical month is ${money(all.typical)}, which is ${money(saved)} less than the list price.`],
  };
}

function spot(offers: readonly SpotOffer[]): Section | undefined {
  if (offers.length === 0) return undefined;
  return {
    title: 'Spot, in no total: prices change by the hour, and it can be taken away at any time',
    columns: [
      { title: 'component', shrinkTo: 9 },
      { title: 'what', shrinkTo: 16 },
      { title: 'list', align: right },
      { title: 'spot', align: right },
      { title: 'price of' },
    ],
    rows: alike(offers.map(({ line }) => line)).flatMap(({ line, count, monthly }) => {
      const same = offers.find((one) => one.line === line);
      return same === undefined
        ? []
        : [[line.component, times(count, `${line.name}, spot`), money(monthly), money(spotTotal(offers, same)), same.offer.asOf]];
    }),
  };
}

function llm(lines: readonly EstimateLine[]): Section | undefined {
  const spent = lines.filter(isLlm);
  if (spent.length === 0) return undefined;
  const { low, typical, high } = llmTotal(lines);
  return {
    title: 'APIs of language models, which are in the total',
    columns: [{ title: 'what', shrinkTo: 16 }, { title: 'quantity', align: right }, { title: 'price', align: right }, ...amounts],
    rows: spent.map((line) => [line.name + mark(line), quantityText(line), priceText(line.price), ...moneys(line)]),
    total: ['total of these', '', '', ...moneys({ low, monthly: typical, high })],
  };
}

function summary(estimate: Estimate, context: EstimateContext): Section {
  const { stated, budget, dailyUsers } = context;
  const each = perDailyUser(estimate, context);
  const row = (name: string, amount: string, remark = ''): readonly string[] => [name, amount, remark];
  const { used, state } = budget === undefined ? { used: undefined, state: undefined } : budgetUse(estimate.monthly, budget);
  return {
    title: 'In all',
    columns: [{ title: '' }, { title: 'USD a month', align: right }, { title: '' }],
    rows: [
      row('list', money(estimate.monthly), `${money(estimate.low)} in a quiet month, ${money(estimate.high)} in a busy one`),
      row('committed, 1 year', money(estimate.committed.typical)),
      ...(stated === undefined ? [] : [row('stated', money(stated), "what the roadmap's document claims")]),
      ...(each === undefined ? [] : [row('a daily user', each.toFixed(4), `of ${dailyUsers}`)]),
      ...(budget === undefined || used === undefined
        ? []
        : [
            row(
              'budget',
              money(budget),
              `${used.times(100).toDecimalPlaces(1).toFixed()} % used${state === 'exceeded' ? ': exceeded' : ''}`,
            ),
          ]),
    ],
  };
}

function compared(comparison: Comparison | undefined): readonly (Section | undefined)[] {
  if (comparison === undefined) return [];
  const { rows } = comparison;
  const table: Section = {
    title: 'List beside stated prices',
    columns: [
      { title: 'component', shrinkTo: 9 },
      { title: 'the document calls it', shrinkTo: 12 },
      { title: 'list', align: right },
      { title: 'stated', align: right },
      { title: 'difference', align: right },
    ],
    rows: rows.map((row) => [row.component, row.label, money(row.list), money(row.stated), signed(row.difference)]),
    total: ['total', '', money(comparison.list), money(comparison.stated), signed(comparison.difference)],
  };
  return [
    table,
    sentences(
      'Why they differ',
      rows
        .filter((row) => !row.difference.isZero())
        .map((row) => `${row.component} (${signed(row.difference)}): ${row.explained ? row.why : 'not explained'}`),
    ),
  ];
}

function signed(amount: Decimal): string {
  return amount.gt(0) ? `+${money(amount)}` : money(amount);
}

function sentences(title: string, entries: readonly string[]): Section | undefined {
  return entries.length === 0 ? undefined : { title, sentences: entries };
}

function costsSomething(line: EstimateLine): boolean {
  return !line.high.isZero();
}

/** A price that was not read in a source carries a star. */
function mark(line: EstimateLine): string {
  return line.confidence === 'verified' ? '' : ' *';
}

function moneys({ low, monthly, high }: { readonly low: Decimal; readonly monthly: Decimal; readonly high: Decimal }): readonly string[] {
  return [low, monthly, high].map(money);
}

function quantityText({ quantity, unit }: Pick<EstimateLine, 'quantity' | 'unit'>): string {
  return `${quantity.toDecimalPlaces(2).toFixed()} ${unit}`;
}

function priceText(price: Decimal): string {
  return price.decimalPlaces() <= 2 ? price.toFixed(2) : price.toFixed();
}

/** Each assumption once, with what rests on it. */
function assumptions(lines: readonly EstimateLine[]): readonly string[] {
  return byText(
    lines.filter((line) => costsSomething(line) && line.assumption !== undefined),
    (line) => line.assumption ?? '',
  ).map(([assumption, names]) => `${names}: ${assumption}`);
}

function nothing(lines: readonly EstimateLine[]): readonly string[] {
  const idle = lines.filter((line) => !costsSomething(line));
  return byText(idle, (line) => line.assumption ?? '').map(([assumption, names]) =>
    assumption === '' ? names : `${names}: ${assumption}`,
  );
}

const namesShown = 6;

function byText(lines: readonly EstimateLine[], text: (line: EstimateLine) => string): readonly (readonly [string, string])[] {
  const groups = new Map<string, string[]>();
  for (const line of lines) append(groups, text(line), `${line.name} (${line.component})`);
  return [...groups].map(([key, names]) => {
    const all = [...new Set(names)];
    return [
      key,
      all.length > namesShown ? `${all.slice(0, namesShown).join(', ')} and ${all.length - namesShown} more` : all.join(', '),
    ] as const;
  });
}

function freeByType({ free }: Estimate): readonly string[] {
  const types = [...new Set(free.map((one) => one.type))].sort();
  return types.length === 0 ? [] : [types.map((type) => `${free.filter((one) => one.type === type).length} ${type}`).join(', ')];
}

function trust(estimate: Estimate): readonly string[] {
  const share = estimate.unverifiedShare.times(100).toDecimalPlaces(1);
  return [
    ...(share.isZero()
      ? []
      : [`* ${share.toFixed()} % of the typical month rests on prices that were recalled or computed, not read in a source.`]),
    ...(estimate.oldestPrice === undefined ? [] : [`The oldest price is of ${estimate.oldestPrice}.`]),
    ...(estimate.unpriced.length === 0
      ? []
      : [`${estimate.unpriced.length} resources or parts of resources have no known price and are in no figure.`]),
  ];
}
