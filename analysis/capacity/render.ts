import { paragraph, table } from '../../values/text-table';
import { grouped } from '../../values/grouped';
import type { Reached } from './growth';
import { requiredHeadroom, type CapacityReport, type ComponentUse, type LimitUse } from './report';
import { uncountedSentence } from './uncounted';
import { missingAvailability, shortfallOf } from './shortfall';

const widest = 100;

/** A report for a person: first whether the load is too much, then every limit, what binds first, what fails alone, the availability arithmetic, and dates where the load grows. */
export function renderCapacity(report: CapacityReport, growth: readonly Reached[] = []): string {
  const short = shortfallOf(report);
  return [
    ...(short === undefined ? [] : [...paragraph('NOT ENOUGH. ', short, widest), '']),
    ...limitTable(report),
    '',
    ...bindingLines(report),
    ...uncountedLines(report),
    ...points(report),
    ...availabilityLines(report),
    ...growthLines(growth, report),
  ].join('\n');
}

function limitTable({ components, load }: CapacityReport): readonly string[] {
  const columns = [
    { title: 'component', shrinkTo: 9 },
    { title: 'limit', shrinkTo: 20 },
    { title: 'used', align: 'right' as const },
    { title: 'of', align: 'right' as const },
    { title: 'unit' },
    { title: 'share', align: 'right' as const },
    { title: `full at (${load.basis} users)`, align: 'right' as const },
  ];
  return table(columns, components.flatMap(rows), widest);
}

function rows({ id, limits }: ComponentUse): readonly (readonly string[])[] {
  return limits.map((one) => [
    id,
    one.name,
    figure(one.used),
    one.capacity === undefined ? 'not known' : figure(one.capacity),
    one.unit,
    percent(one.share),
    fullAt(one),
  ]);
}

function fullAt({ at, capacity }: LimitUse): string {
  if (capacity === undefined) return '';
  return at === undefined ? 'fixed' : grouped(at);
}

/** Three digits that mean something, and thousands apart. */
export function figure(value: number): string {
  return value >= 1000 ? grouped(Math.round(value)) : String(Number(value.toPrecision(3)));
}

/** `44 %`. */
export function percent(share: number | undefined): string {
  if (share === undefined) return '';
  return share > 0 && share < 0.005 ? '<1 %' : `${Math.round(share * 100)} %`;
}

function bindingLines({ binding, actAt, headroom, carries, load }: CapacityReport): readonly string[] {
  if (binding === undefined) return ['Nothing that is known bounds this load.'];
  const now = `${binding.component}, ${binding.limit}: ${percent(binding.share)} used now, full at ${grouped(binding.at)} ${load.basis} users.`;
  const enough = `It carries ${figure(headroom)} times the load; ${requiredHeadroom} times is required${carries ? '' : ': NOT ENOUGH'}.`;
  return [
    ...paragraph('Binds first: ', now, widest),
    ...paragraph('', enough, widest),
    ...paragraph(
      '',
      `Act at ${actAt === undefined ? 'once' : `${grouped(actAt)} ${load.basis} users`}. What lifts it: ${binding.lift}.`,
      widest,
    ),
  ];
}

function uncountedLines({ uncounted }: CapacityReport): readonly string[] {
  return uncounted.flatMap((one) => paragraph('Not counted: ', uncountedSentence(one), widest));
}

function points({ singlePointsOfFailure: found }: CapacityReport): readonly string[] {
  const lines = found.map(
    ({ component, why, effect }) =>
      `${component}: ${why}; takes ${effect === 'everything' ? 'everything' : 'a part of the product'} with it`,
  );
  return [
    '',
    lines.length === 0 ? 'No single point of failure.' : 'Single points of failure:',
    ...lines.flatMap((line) => paragraph('  ', line, widest)),
  ];
}

function availabilityLines({ availability }: CapacityReport): readonly string[] {
  const { percent: reached, objectivePercent, meets, downtimeMinutes, arithmetic } = availability;
  const verdict = `Availability: ${reached} % (${figure(downtimeMinutes)} minutes a month down) of the ${objectivePercent} % that the tier promises: ${meets ? 'met' : 'NOT MET'}.`;
  const missing = missingAvailability(availability);
  const lines = [...arithmetic, ...(missing === undefined ? [] : [missing])];
  return ['', ...paragraph('', verdict, widest), ...lines.flatMap((line) => paragraph('  ', line, widest))];
}

function growthLines(growth: readonly Reached[], { load }: CapacityReport): readonly string[] {
  const near = growth.filter(({ date }) => date !== undefined).slice(0, 3);
  if (growth.length === 0) return [];
  if (near.length === 0) return ['', 'At this growth no limit is reached within ten years.'];
  return [
    '',
    'At this growth:',
    ...near.flatMap((one) =>
      paragraph(
        `  ${one.date}  `,
        `${one.component}, ${one.limit}, at ${grouped(one.at)} ${load.basis} users; begin the promotion by ${one.beginBy} (${load.constants.leadTimeDays} days)`,
        widest,
      ),
    ),
  ];
}
