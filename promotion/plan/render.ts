import { grouped } from '../../values/grouped';
import { counted } from '../../values/counted';
import { indented, paragraph, table, wrap } from '../../values/text-table';
import type { PlannedPhase, PlannedStep, PromotionPlan } from '../types';

const widest = 100;

/** A plan for a person: what becomes of each component, the phases drawn, pause and cost, and what must be true before. */
export function renderPlan(plan: PromotionPlan): string {
  return [
    ...head(plan),
    '',
    ...table(
      [{ title: 'component' }, { title: 'verdict' }, { title: 'why', shrinkTo: 30 }],
      plan.components.map(({ id, verdict, why }) => [id, verdict, why]),
      Number.POSITIVE_INFINITY,
    ).flatMap((line) => wrapRow(line)),
    '',
    ...drawn(plan),
    '',
    ...plan.phases.flatMap((phase) => [...phaseLines(phase), '']),
    ...prerequisites(plan),
    '',
    'What cannot be undone:',
    ...plan.irreversible.flatMap(({ what, from, why }) => paragraph(`  from ${from}: `, `${what}. ${why}`, widest)),
    '',
    'What the figures rest on:',
    ...plan.assumptions.flatMap((each) => paragraph('  ', each, widest)),
  ].join('\n');
}

function head({ environment, from, to, platform, fromPlatform, pause, cost, capacity }: PromotionPlan): readonly string[] {
  const there = platform === fromPlatform ? `on ${platform}` : `from ${fromPlatform} to ${platform}`;
  const bound = capacity.binding === null ? '' : `; ${capacity.binding} binds first`;
  return [
    `${environment}: ${from} to ${to}, ${there}`,
    '',
    ...paragraph('Pause     ', `${pauseText(pause.typicalMs, pause.worstMs)} ${pause.note}`, widest),
    ...paragraph(
      'Cost      ',
      `${cost.before} USD a month before, ${cost.during} while both sides stand, ${cost.after} afterwards.`,
      widest,
    ),
    ...paragraph(
      'Capacity  ',
      `${to} carries ${times(capacity.headroom)} the load of ${counted(grouped(capacity.dailyUsers), 'daily user')}; ${capacity.required} times is required${bound}.`,
      widest,
    ),
  ];
}

function times(headroom: number): string {
  return Number.isFinite(headroom) ? `${Number(headroom.toPrecision(3))} times` : 'any multiple of';
}

function pauseText(typical: number | null, worst: number | null): string {
  if (typical === null) return 'Not ours to say.';
  if (typical === 0) return 'None.';
  return worst === null ? `${duration(typical / 1000)}.` : `${duration(typical / 1000)} typically, ${duration(worst / 1000)} at worst.`;
}

/** The row's last column goes on below itself. */
function wrapRow(line: string): readonly string[] {
  const columns = /^(\S+\s+\S+\s+)(.*)$/.exec(line);
  if (columns === null || line.length <= widest || /^[- ]+$/.test(line))
    return [/^[- ]+$/.test(line) ? line.slice(0, widest).trimEnd() : line];
  const [, first = '', text = ''] = columns;
  return indented(first, wrap(text, widest - first.length));
}

/** The phases from left to right; under them, which tier takes requests, and how far the way back is open. */
function drawn({ phases, from, to }: PromotionPlan): readonly string[] {
  const cells = phases.map((phase) => [phase.name, phaseTime(phase)] as const);
  const widths = cells.map(([name, time]) => Math.max(name.length, time.length, 7) + 2);
  const edge = `+${widths.map((width) => '-'.repeat(width)).join('+')}+`;
  const row = (texts: readonly string[]): string => `|${texts.map((text, index) => centred(text, widths[index] ?? 0)).join('|')}|`;
  const cut = phases.findIndex(({ name }) => name === 'cutover');
  return [
    edge,
    row(cells.map(([name]) => name)),
    row(cells.map(([, time]) => time)),
    edge,
    `|${span(`${from} serves`, widths.slice(0, cut))}|${span('switch', widths.slice(cut, cut + 1))}|${span(`${to} serves`, widths.slice(cut + 1))}|`,
    `|${wayBack(phases)
      .map(([text, from, to]) => span(text, widths.slice(from, to)))
      .join('|')}|`,
  ];
}

/** How far the way back is open: all of it, then only for requests where a provider has resized something, then none. */
function wayBack(phases: readonly PlannedPhase[]): readonly (readonly [text: string, from: number, to: number])[] {
  const first = (holds: (step: PlannedStep) => boolean): number => {
    const found = phases.findIndex(({ steps }) => steps.some((each) => !each.reversible && holds(each)));
    return found < 0 ? phases.length : found;
  };
  // Name servers are changed back by a person, only not at once: that closes nothing.
  const closes = ({ method }: PlannedStep): boolean => method !== 'provider-resize' && method !== 'person';
  const [resized, closed] = [first(({ method }) => method === 'provider-resize'), first(closes)];
  const segments = [
    ['the way back is open', 0, Math.min(resized, closed)],
    ['back with --keep-target only', Math.min(resized, closed), closed],
    ['closed', closed, phases.length],
  ] as const;
  return segments.filter(([, from, to]) => to > from);
}

/** A text in the middle of several columns. */
function span(text: string, widths: readonly number[]): string {
  return centred(
    text,
    widths.reduce((sum, width) => sum + width, widths.length - 1),
  );
}

function centred(text: string, width: number): string {
  const left = Math.floor((width - text.length) / 2);
  return `${' '.repeat(Math.max(0, left))}${text}${' '.repeat(Math.max(0, width - text.length - Math.max(0, left)))}`;
}

/** What is known of a phase's length; a "+" where more comes that nobody can know. */
function phaseTime({ steps }: PlannedPhase): string {
  const known = steps.reduce((sum, { estimate }) => sum + (estimate.seconds ?? 0), 0);
  const open = steps.some(({ estimate }) => estimate.seconds === null);
  return known === 0 ? '?' : `${duration(known)}${open ? ' +' : ''}`;
}

function phaseLines({ name, steps }: PlannedPhase): readonly string[] {
  return [`${name}`, ...steps.flatMap(stepLines)];
}

function stepLines({ id, what, method, estimate, reversible, commands = [] }: PlannedStep): readonly string[] {
  const facts = [
    method,
    ...(estimate.seconds === null ? [] : [duration(estimate.seconds)]),
    ...((estimate.bytes ?? 0) > 0 ? [bytes(estimate.bytes ?? 0)] : []),
    ...(reversible ? [] : [method === 'person' ? 'no quick way back' : 'no way back']),
  ];
  return [
    ...paragraph(`  ${id.split('/').slice(1).join('/')}: `, `${what} (${facts.join(', ')})`, widest),
    ...commands.map((command) => `      $ ${command}`),
  ];
}

const marks = { met: 'met  ', unmet: 'UNMET', check: 'check' } as const;

function prerequisites({ prerequisites: all }: PromotionPlan): readonly string[] {
  return [
    'Before it starts:',
    ...all.flatMap(({ state, what, remedy, commands = [] }) => [
      ...paragraph(`  ${marks[state]} `, state === 'met' ? what : `${what} ${remedy}`, widest),
      ...(state === 'met' ? [] : commands.map((command) => `        $ ${command}`)),
    ]),
  ];
}

/** `380 ms`, `41 s`, `12 min`, `24 h`. */
export function duration(seconds: number): string {
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 120) return `${Number(seconds.toPrecision(2))} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

/** `1.5 GB`. */
function bytes(count: number): string {
  return count < 1e9 ? `${Number((count / 1e6).toPrecision(2))} MB` : `${Number((count / 1e9).toPrecision(2))} GB`;
}
