import { paragraph, table } from '../../../values/text-table';
import type { Estimate } from '../estimate-types';
import { type Grouping, groupsOf, serviceOf } from './groups';
import { money } from '../json';
import type { SpotOffer } from '../spot';
import type { Report, Section } from './report';

/** Wider lines are hard to read, and a paste into a chat breaks them. */
const widest = 100;

/** A report for a terminal. @param width columns; at most 100 are used */
export function terminalText(report: Report, width = widest): string {
  const room = Math.min(width, widest);
  return [report.title, ...report.sections.flatMap((section) => ['', section.title, ...terminalSection(section, room)])]
    .join('\n')
    .concat('\n');
}

function terminalSection(section: Section, width: number): readonly string[] {
  if ('sentences' in section) return section.sentences.flatMap((sentence) => paragraph('  ', sentence, width));
  const rows = [...section.rows, ...(section.total === undefined ? [] : [section.total])];
  const lines = table(section.columns, rows, width - 2).map((line) => `  ${line}`);
  return [
    ...(section.columns[0]?.title === '' ? lines.slice(2) : lines),
    ...(section.below ?? []).flatMap((sentence) => paragraph('  ', sentence, width)),
  ];
}

/** A report in Markdown, as pull requests show it. */
export function markdownText(report: Report): string {
  return [
    `# ${cell(report.title)}`,
    ...report.sections.flatMap((section) => ['', `## ${cell(section.title)}`, '', ...markdownSection(section)]),
  ]
    .join('\n')
    .concat('\n');
}

function markdownSection(section: Section): readonly string[] {
  if ('sentences' in section) return section.sentences.map((sentence) => `- ${cell(sentence)}`);
  const bold = (section.total ?? []).map((text) => (text === '' ? '' : `**${text}**`));
  const rows = [...section.rows, ...(section.total === undefined ? [] : [bold])];
  return [
    row(section.columns.map((column) => column.title)),
    row(section.columns.map((column) => (column.align === 'right' ? '---:' : '---'))),
    ...rows.map(row),
    ...(section.below ?? []).flatMap((sentence) => ['', cell(sentence)]),
  ];
}

function row(cells: readonly string[]): string {
  return `| ${cells.map(cell).join(' | ')} |`;
}

/** Names come from other people's Terraform: nothing in them may end a cell or begin markup. A star before a digit or a blank stays. */
function cell(text: string): string {
  return text.replace(/[\r\n]+/g, ' ').replace(/[\\|<>`[\]_]/g, '\\$&');
}

const lineHead = [
  'answer',
  'address',
  'type',
  'component',
  'service',
  'name',
  'product',
  'quantity_low',
  'quantity_typical',
  'quantity_high',
  'unit',
  'price',
  'monthly_low',
  'monthly_typical',
  'monthly_high',
  'committed_typical',
  'assumption',
  'source',
  'as_of',
  'confidence',
  'why',
];

/** Every line, offer and unpriced or free resource as comma-separated values (RFC 4180). Only rows that say `priced` add up to the total. */
export function csvText(estimate: Estimate, spot: readonly SpotOffer[] = []): string {
  const priced = estimate.lines.map((line) => [
    'priced',
    line.address,
    line.type,
    line.component,
    serviceOf(line),
    line.name,
    line.product,
    line.quantities.low.toFixed(),
    line.quantity.toFixed(),
    line.quantities.high.toFixed(),
    line.unit,
    line.price.toFixed(),
    money(line.low),
    money(line.monthly),
    money(line.high),
    line.committed === undefined ? '' : money(line.committed.typical),
    line.assumption ?? '',
    line.source,
    line.asOf,
    line.confidence,
    '',
  ]);
  const offered = spot.map(({ line, offer }) => [
    'spot',
    line.address,
    line.type,
    line.component,
    serviceOf(offer),
    line.name,
    offer.product,
    line.quantities.low.toFixed(),
    line.quantity.toFixed(),
    line.quantities.high.toFixed(),
    line.unit,
    offer.price.toFixed(),
    money(offer.low),
    money(offer.typical),
    money(offer.high),
    '',
    '',
    offer.source,
    offer.asOf,
    offer.confidence,
    'in no total',
  ]);
  const others = [
    ...estimate.unpriced.map((one) => ({ ...one, answer: 'unpriced' })),
    ...estimate.free.map((one) => ({ ...one, answer: 'free', part: undefined })),
  ];
  return csv([
    lineHead,
    ...priced,
    ...offered,
    ...others.map((one) => [
      one.answer,
      one.address,
      one.type,
      one.component,
      '',
      one.part ?? '',
      ...Array.from({ length: 14 }, () => ''),
      one.reason,
    ]),
  ]);
}

/** Sums by component, resource or service as comma-separated values. */
export function csvGroups(estimate: Estimate, by: Grouping): string {
  const rows = groupsOf(estimate.lines, by).map((group) => [
    group.name,
    String(group.lines.length),
    money(group.low),
    money(group.monthly),
    money(group.high),
    money(group.committed),
  ]);
  return csv([[by, 'lines', 'monthly_low', 'monthly_typical', 'monthly_high', 'committed_typical'], ...rows]);
}

function csv(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('');
}

/** Programs for tables run what begins like a formula: an apostrophe makes it a text. */
function csvCell(text: string): string {
  const safe = /^[=+@\t\r-]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
