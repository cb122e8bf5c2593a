import { counted } from '../values/counted';
import type { StartReport } from './start-report';
import type { Style } from './style';
import { columns, hanging } from './table';

/** Longer lines are hard to read. */
const WIDTH = 100;

/** The start page, for a person. */
export function renderReport(report: StartReport, style: Style): string {
  return [
    heading(report, style),
    section(
      'What runs',
      columns(report.components.map(({ id, title, resources }) => [id, title, counted(resources.length, 'resource')])),
      style,
    ),
    section(
      `Resources: ${sumOf(report.resources)} of ${counted(Object.keys(report.resources).length, 'type')}`,
      resourceLines(report.resources),
      style,
    ),
    section('Cost, in USD a month', costLines(report), style),
    section('Why list and stated prices differ', differences(report), style),
    section('Where this is not what the document says', deviations(report), style),
    section('Warnings', report.warnings.map((warning) => hanging('! ', warning, WIDTH - 2)).flatMap(lines), style, 'yellow'),
    section('Next', columns(report.next.map(({ command, does }) => [command, does])), style),
  ]
    .filter((text) => text !== '')
    .join('\n\n')
    .concat('\n');
}

function heading(report: StartReport, style: Style): string {
  const { environment, tier, tierName, platform, region, dailyUsers, file } = report;
  return `${style.bold(`${environment}: ${tier} (${tierName}) on ${platform}, ${region}`)}\n${file}; ${dailyUsers.load} users a day, the tier is for ${dailyUsers.tier}`;
}

function section(title: string, body: readonly string[], style: Style, colour: keyof Style = 'bold'): string {
  return body.length === 0 ? '' : [style[colour](title), ...body.map((line) => `  ${line}`.trimEnd())].join('\n');
}

/** Types in as many columns as fit: a page of one number per line hides the rest. */
function resourceLines(resources: StartReport['resources']): readonly string[] {
  const cells = Object.entries(resources).map(([type, count]) => `${String(count).padStart(3)} ${type}`);
  const rows = Math.ceil(cells.length / 2);
  return columns(Array.from({ length: rows }, (_, row) => [cells[row] ?? '', cells[row + rows] ?? '']));
}

function costLines({ cost, budget }: StartReport): readonly string[] {
  const rows = cost.components.map(({ component, list, stated, difference, label }) => [
    component,
    list,
    stated,
    signed(difference),
    label,
  ]);
  const difference = signed(minus(cost.monthly, cost.stated));
  const table = columns(
    [['component', 'list', 'stated', 'difference', 'in the document'], ...rows, ['total', cost.monthly, cost.stated, difference, '']],
    ['left', 'right', 'right', 'right'],
  );
  return [
    ...table,
    '',
    ...(cost.low === cost.high
      ? []
      : [`From ${cost.low} in a quiet month to ${cost.high} in a busy one; the figures above are of a typical one.`]),
    ...(budget === null ? [] : [`The budget is ${budget.monthly}${budget.exceeded ? ', which is exceeded' : ''}.`]),
    ...(cost.unpriced.length === 0 ? [] : [`Not in the total, because no price is known: ${cost.unpriced.join(', ')}.`]),
    ...(cost.oldestPrice === null ? [] : [`List prices before tax; the oldest is of ${cost.oldestPrice}.`]),
  ];
}

function differences({ cost }: StartReport): readonly string[] {
  return cost.components
    .filter(({ difference }) => Number(difference) !== 0)
    .flatMap(({ component, difference, why }) =>
      lines(hanging(`${component} ${signed(difference)}: `, why === '' ? 'not explained' : why, WIDTH)),
    );
}

function deviations(report: StartReport): readonly string[] {
  return report.deviations.flatMap(({ component, stated, deployed, reason, lines: where }) =>
    lines(hanging(`${component}: `, `${deployed}, where the document (lines ${where}) has ${stated}. ${reason}`, WIDTH)),
  );
}

/** Cents as integers: the texts have two places, so that this is exact. */
function minus(a: string, b: string): string {
  const cents = BigInt(a.replace('.', '')) - BigInt(b.replace('.', ''));
  const digits = (cents < 0n ? -cents : cents).toString().padStart(3, '0');
  return `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

function signed(amount: string): string {
  return amount.startsWith('-') || /^0\.00$/.test(amount) ? amount : `+${amount}`;
}

function sumOf(resources: StartReport['resources']): number {
  return Object.values(resources).reduce((total, count) => total + count, 0);
}

function lines(text: string): readonly string[] {
  return text.split('\n');
}
