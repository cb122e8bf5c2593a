import {
  type AvailabilityReport,
  capacityOf,
  uncountedSentence,
  checkLoad,
  type LimitUse,
  missingAvailability,
  shortfallOf,
  sourceOf,
  tierDiagram,
} from '../../analysis/capacity';
import { gitlabPlants } from '../../analysis/capacity/gitlab';
import { figure, percent } from '../../analysis/capacity/render';
import { statedLimits } from '../../analysis/capacity/stated-limits';
import { workedExamples } from '../../analysis/capacity/worked-examples';
import { listBook, money } from '../../analysis/pricing';
import { growthCurve, loads, notBuilt, offerOf, sparkline, storedTiers, type StoredTier } from '../../analysis/selection';
import { dsqlLimits } from '../../catalog/aws';
import { rdsPostgresqlLimits } from '../../catalog/aws/database-connections';
import { applicationPools, eventStreamLimits, queueLimits, replicaLimits, vectorNodeLimits } from '../../catalog/data-services';
import type { Limit } from '../../catalog/digitalocean';
import { gitlabConstants } from '../../catalog/gitlab/reference-architectures';
import { spannerLimits } from '../../catalog/google/limits';
import { loadConstantNames, loadConstants, loadPresets } from '../../catalog/load';
import { gpuCards } from '../../catalog/models/gpu-throughput';
import { roadmap } from '../../tiers/roadmaps';
import { grouped } from '../../values/grouped';
import { markdownTable } from './regions';

/** Every constant of the load model with its value for each roadmap that has its own. */
export function constantTable(): string {
  const rows = loadConstantNames.map((name) => [
    `\`${name}\``,
    String(loadConstants[name].value),
    loadConstants[name].meaning,
    ownValues(name),
    sourceOf(name, 'deadlock-coach'),
  ]);
  return markdownTable(['constant', 'default', 'what it is', 'other roadmaps', 'source of the default'], rows, [1]);
}

function ownValues(name: (typeof loadConstantNames)[number]): string {
  return Object.entries(loadPresets)
    .flatMap(([id, { values }]) => (values[name] === undefined ? [] : [`${id} ${figure(values[name].value)} (${values[name].source})`]))
    .join('; ');
}

/** What services carry that the upper tiers have, and other roadmaps: it bounds a tier as soon as that has one. */
export function serviceTable(): string {
  const groups = {
    'vector database': vectorNodeLimits,
    queue: queueLimits,
    'event stream': eventStreamLimits,
    'read replica': replicaLimits,
    'pools of pods': applicationPools,
    'PostgreSQL on AWS': rdsPostgresqlLimits,
    'Aurora DSQL': dsqlLimits,
    Spanner: spannerLimits,
  };
  const facts = Object.entries(groups).flatMap(([service, limits]) =>
    Object.entries<Limit>(limits).map(([name, { value, unit, note, source, asOf }]) => [
      service,
      `\`${name}\``,
      `${value < 1000 ? value : grouped(value)} ${unit}${note === undefined ? '' : ` (${note})`}`,
      `${source}, ${asOf}`,
    ]),
  );
  const cards = gpuCards.flatMap(({ card, tokensPerSecond, stream, memoryGb, source, asOf }) => [
    ['GPU', card, `${grouped(tokensPerSecond)} tokens/s of a model of 8 billion parameters; ${memoryGb} GB`, `${source}, ${asOf}`],
    ['GPU', `${card}, one answer alone`, `${stream.tokensPerSecond} tokens/s of a model of 3.82 GB`, `${stream.source}, ${stream.asOf}`],
  ]);
  return markdownTable(['service', 'limit', 'value', 'source and date'], [...facts, ...cards]);
}

/** Where documents give two values for one constant. */
export function readingsTable(): string {
  const rows = Object.entries(loadPresets).flatMap(([id, { values, otherReadings }]) =>
    otherReadings.map(({ constant, value, source }) => [
      id,
      `\`${constant}\``,
      figure(values[constant]?.value ?? loadConstants[constant].value),
      figure(value),
      source,
    ]),
  );
  return markdownTable(['roadmap', 'constant', 'taken', 'other reading', 'source of the other'], rows, [2, 3]);
}

/** The ladder: what each tier is for, carries, costs, and what binds it. */
export function ladderCapacity(): string {
  const book = listBook();
  const rows = storedTiers.map((stored) => {
    const { report, carries, monthly } = offerOf(stored, { checked: checkLoad({ users: stored.tier.dailyUsers }) }, book);
    const { binding, availability, headroom } = report;
    return [
      `${stored.tier.id} on ${stored.platform}`,
      grouped(stored.tier.dailyUsers),
      grouped(carries),
      `${figure(headroom)} x`,
      `${binding?.component}: ${binding?.limit} at ${grouped(binding?.at ?? 0)}`,
      money(monthly),
      `${availability.percent} % of ${availability.objectivePercent} %${availability.meets ? '' : ', **not met**'}`,
    ];
  });
  const missing = notBuilt.map(({ tier, platform }) => [
    `${tier.id} on ${platform}`,
    grouped(tier.dailyUsers),
    '',
    '',
    'not built',
    '',
    '',
  ]);
  const ladder = markdownTable(
    ['tier', 'for daily users', 'carries', 'headroom', 'binds first', 'USD a month', 'availability'],
    [...rows, ...missing],
    [1, 2, 3, 5],
  );
  return [ladder, ...storedTiers.flatMap(shortOf)].join('\n\n');
}

/** Under the ladder: why a tier does not carry the users that it is for, and what to do. */
function shortOf(stored: StoredTier): readonly string[] {
  const short = shortSentence(stored);
  return short === undefined ? [] : [`**${stored.tier.id} on ${stored.platform}.** ${short}`];
}

/** Why a tier does not carry the users that it is for, and what to do; undefined where it does. */
export function shortSentence({ tier, plant }: StoredTier): string | undefined {
  return shortfallOf(capacityOf(plant, checkLoad({ users: tier.dailyUsers })));
}

/** What is promised of a tier's parts together, and what that lacks of its objective. */
function availabilitySentence(availability: AvailabilityReport): string {
  const verdict = `${availability.percent} % against ${availability.objectivePercent} %.`;
  return [verdict, missingAvailability(availability) ?? []].flat().join(' ');
}

/** The same, where it is not enough. */
export function unmetAvailability({ tier, plant }: StoredTier): string | undefined {
  const { availability } = capacityOf(plant, checkLoad({ users: tier.dailyUsers }));
  return availability.meets ? undefined : availabilitySentence(availability);
}

/** The cheapest tier's price and headroom over the load, in one line each. */
export function sparklines(): string {
  const points = growthCurve(listBook(), loads(10, 3000, 60));
  return [
    '```',
    `cost      ${sparkline(points.map(({ monthly }) => monthly))}`,
    `headroom  ${sparkline(points.map(({ headroom }) => (headroom === undefined ? undefined : Math.log(headroom))))}`,
    '          10 to 3,000 daily users, evenly on a logarithmic scale; blank where no tier that is built fits',
    '```',
  ].join('\n');
}

/** A picture and every limit of each tier, at the users that it is for. */
export function tierPages(): string {
  return storedTiers.map(tierPage).join('\n\n');
}

/** Heading of a tier's page, which other pages lead to. */
export function capacityHeading({ tier, platform }: Pick<StoredTier, 'tier' | 'platform'>): string {
  return `${tier.id} on ${platform}, under ${grouped(tier.dailyUsers)} daily users`;
}

function tierPage(stored: StoredTier): string {
  const { tier, plant } = stored;
  const short = shortSentence(stored);
  const { components, availability, singlePointsOfFailure, uncounted } = capacityOf(plant, checkLoad({ users: tier.dailyUsers }));
  const rows = components.flatMap(({ id, limits }) => limits.map((limit) => limitRow(id, limit)));
  return [
    `### ${capacityHeading(stored)}`,
    ...(short === undefined ? [] : [`**Not enough.** ${short}`]),
    `\`\`\`mermaid\n${tierDiagram(plant)}\n\`\`\``,
    markdownTable(['component', 'limit', 'used', 'of', 'share', 'full at daily users', 'source', 'what lifts it'], rows, [2, 3, 4, 5]),
    `Alone, each of these takes something with it: ${singlePointsOfFailure.map(({ component, why, effect }) => `\`${component}\` (${why}; ${effect})`).join(', ') || 'none'}.`,
    ...uncounted.map((one) => `Not counted: ${uncountedSentence(one)}`),
    `Availability: ${availability.arithmetic.map((line) => `${line}.`).join(' Then: ')} ${availabilitySentence(availability)}`,
  ].join('\n\n');
}

function limitRow(id: string, { name, used, capacity, unit, share, at, source, lift }: LimitUse): readonly string[] {
  const full = capacity === undefined ? '' : at === undefined ? 'fixed' : grouped(at);
  return [
    id,
    name,
    figure(used),
    capacity === undefined ? `not known (${unit})` : `${figure(capacity)} ${unit}`,
    percent(share),
    full,
    source,
    lift,
  ];
}

/** The limits that the five documents state, beside the model's. */
export function statedTable(): string {
  const ladder = storedTiers.map(({ tier, platform, plant }) =>
    ladderRow(`${tier.id} on ${platform}`, tier.dailyUsers, capacityOf(plant, checkLoad({ users: 1 })).binding?.at ?? 0),
  );
  const upper = [...new Map(notBuilt.map(({ tier }) => [tier.id, tier] as const)).values()].filter(
    ({ id }) => !storedTiers.some(({ tier }) => tier.id === id),
  );
  const rows = [
    ...ladder,
    ...upper.map(({ id, dailyUsers }) => ['deadlock-coach', id, 'as deployed', `${grouped(dailyUsers)} daily users`, 'not built', '', '']),
  ];
  const others = statedLimits().map(({ roadmap: id, place, limit, stated, model, why, lines }) => [
    id,
    place,
    limit,
    stated,
    model,
    why === '' ? 'they agree' : why,
    lines,
  ]);
  return markdownTable(['roadmap', 'where', 'limit', 'stated', 'by the model', 'why they differ', 'lines'], [...rows, ...others]);
}

function ladderRow(id: string, stated: number, full: number): readonly string[] {
  return [
    'deadlock-coach',
    id,
    'as deployed',
    `${grouped(stated)} daily users`,
    `full at ${grouped(full)}`,
    'The document gives users by tier and no load; the model says where the deployed tier ends.',
    '',
  ];
}

/** Every figure that a document works out, beside what the model gives. */
export function workedTable(): string {
  const rows = workedExamples.map(({ roadmap: id, id: name, value, note }) => {
    const derived = roadmap(id).loadModel.derived.find((one) => one.id === name);
    return [id, name, derived?.stated ?? '', figure(value), note ?? ''];
  });
  return markdownTable(['roadmap', 'figure', 'in the document', 'by the model', 'note'], rows, [3]);
}

/** GitLab's sizes, published and by the model. */
export function gitlabTable(): string {
  const rows = gitlabPlants().map(({ architecture, plant }) => {
    const { headroom, binding } = capacityOf(plant, checkLoad({ users: architecture.users, basis: 'total', overrides: gitlabConstants }));
    return [
      architecture.id,
      grouped(architecture.requestsPerSecond),
      figure(headroom * architecture.requestsPerSecond),
      `${binding?.component}: ${binding?.limit}`,
      architecture.source,
    ];
  });
  return markdownTable(['size', 'requests/s published', 'requests/s by the model', 'binds first', 'source'], rows, [1, 2]);
}
