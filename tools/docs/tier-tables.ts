import { money } from '../../analysis/pricing';
import { storedTiers, type StoredTier } from '../../analysis/selection';
import { holdsData } from '../../components/component';
import type { PricedTier } from '../../cli/priced-tier';
import { describeComponents } from '../../stacks/describe';
import type { EngineRecovery, Objectives, Recovery } from '../../tiers/tier';
import { counted } from '../../values/counted';
import { grouped } from '../../values/grouped';
import { shortSentence, unmetAvailability } from './capacity-tables';
import { dollars, statedText, type TierFigures } from './figures';
import { markdownTable } from './regions';
import { summaryOf } from './summary';
import { billsOf, pictureOf, unprotectedOf } from './tier-facts';

/** The ladder in one table, for the README. */
export function ladderTable(figures: readonly TierFigures[]): string {
  const rows = figures.map((each) => [
    tierLink(each),
    grouped(each.tier.dailyUsers),
    summaryOf(each.tier).join(', '),
    listText(each),
    statedText(each),
  ]);
  return markdownTable(['tier', 'users a day', 'what runs', 'list price', 'stated'], rows, [1, 3, 4]);
}

/** Every tier with its components, costs, deviations and objectives. */
export function tierSections(figures: readonly TierFigures[]): string {
  return figures.map(section).join('\n\n');
}

function section(figures: TierFigures): string {
  const { tier } = figures;
  const stored = storedOf(figures);
  return [
    `## ${heading(figures)}`,
    `${grouped(tier.dailyUsers)} users a day. ${costSentence(figures)}`,
    ...stored.flatMap(short),
    ...notBuilt(figures),
    ...pictureOf(stored),
    componentTable(figures),
    ...billsOf(stored, figures.inClusters),
    ...bullets('Why list and stated prices differ', differences(figures)),
    ...awsPart(figures),
    ...bullets('What is not as the document says', deviations(figures)),
    objectives(figures),
    ...bullets('Availability that is promised of the parts, and is not enough', stored.flatMap(unreached)),
    ...bullets('What it does not protect against', unprotectedOf(tier, stored)),
  ].join('\n\n');
}

function heading({ tier }: TierFigures): string {
  return `${tier.id}: ${tier.name}`;
}

/** GitHub's anchor of the section's heading. */
function tierLink(figures: TierFigures): string {
  const anchor = heading(figures)
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-');
  return `[${figures.tier.id}](docs/tiers.md#${anchor})`;
}

function listText({ priced, onAws }: TierFigures): string {
  if (priced !== undefined) return dollars(money(priced.estimate.monthly));
  return onAws === undefined ? 'not built yet' : `${awsText(onAws)} on AWS`;
}

/** What is not priced is said beside the sum, because it is not in it. */
function awsText({ estimate }: PricedTier): string {
  const unpriced = estimate.unpriced.length;
  return `${dollars(money(estimate.monthly))}${unpriced === 0 ? '' : ` and ${counted(unpriced, 'part')} without a known price`}`;
}

function costSentence(figures: TierFigures): string {
  const { priced } = figures;
  if (priced === undefined) return `The document states ${statedText(figures)} a month.`;
  const { estimate } = priced;
  const unsure = estimate.unverifiedShare.times(100).toDecimalPlaces(0).toFixed();
  const trust = unsure === '0' ? '' : `; ${unsure} % of it rests on prices that were not read in a source`;
  return `${listText(figures)} a month at list prices${trust}; the document states ${statedText(figures)}.`;
}

function notBuilt({ missing }: TierFigures): readonly string[] {
  return missing.length === 0 ? [] : [`Not built on DigitalOcean yet: ${missing.join(', ')}.`];
}

function componentTable(figures: TierFigures): string {
  const { tier, priced } = figures;
  const rows = describeComponents(tier).map(({ id, kind, title }) => [
    `\`${id}\``,
    title,
    holdsData[kind] ? 'yes' : '',
    ...costCells(figures, id),
  ]);
  return priced === undefined
    ? markdownTable(['component', 'what it is', 'holds data'], rows)
    : markdownTable(['component', 'what it becomes', 'holds data', 'list', 'stated'], rows, [3, 4]);
}

function costCells({ priced }: TierFigures, component: string): readonly string[] {
  if (priced === undefined) return [];
  const row = priced.comparison.rows.find((each) => each.component === component);
  return row === undefined ? ['', ''] : [row.list, row.stated].map(money);
}

/** What it costs on AWS, and why, where every difference is explained. */
function awsPart({ onAws }: TierFigures): readonly string[] {
  if (onAws === undefined) return [];
  const { comparison, estimate } = onAws;
  const missing = estimate.unpriced.length;
  const unknown = missing === 0 ? '' : `; ${counted(missing, 'part')} beside it ${missing === 1 ? 'has' : 'have'} no known price`;
  const cost = `**On AWS** the example costs ${dollars(money(estimate.monthly))} a month at list prices${unknown}.`;
  return comparison.unexplained.length > 0
    ? [cost]
    : [
        cost,
        differences({ priced: onAws })
          .map((entry) => `- ${entry}`)
          .join('\n'),
      ];
}

function differences({ priced }: Pick<TierFigures, 'priced'>): readonly string[] {
  const rows = priced?.comparison.rows.filter(({ difference }) => !difference.isZero()) ?? [];
  return rows.map(
    ({ component, difference, explained, why }) =>
      `\`${component}\` ${difference.isNegative() ? '' : '+'}${money(difference)}: ${explained ? why : 'nobody has explained this.'}`,
  );
}

function deviations({ tier }: TierFigures): readonly string[] {
  return tier.deviations.map(
    ({ component, stated, deployed, reason, lines }) =>
      `\`${component}\`: ${deployed}. The document has ${stated} (${/^\d+$/.test(lines) ? 'line' : 'lines'} ${lines}). ${reason}`,
  );
}

function bullets(title: string, entries: readonly string[]): readonly string[] {
  return entries.length === 0 ? [] : [`**${title}**`, entries.map((entry) => `- ${entry}`).join('\n')];
}

function objectives({ tier }: TierFigures): string {
  const { availabilityPercent, rpoMinutes, rtoMinutes, byEngine, note } = tier.objectives;
  if (byEngine !== undefined)
    return `**Objectives.** Available ${availabilityPercent} % of a month; what is lost with a database (RPO), and how soon it runs again from a backup (RTO), is as its engine gives it. ${note}\n\n${engineTable(byEngine)}`;
  return `**Objectives.** Available ${availabilityPercent} % of a month; at most ${minutes(rpoMinutes)} of writes lost with a database (RPO); running again from a backup within ${within(rtoMinutes)} (RTO). ${note}`;
}

/** What each engine gives back. */
function engineTable(byEngine: NonNullable<Objectives['byEngine']>): string {
  const titles = ['`database.engine`', 'writes lost with the database', 'with its home region', 'running again within', 'why'];
  return markdownTable(titles, Object.entries(byEngine).flatMap(engineRows));
}

function engineRows([engine, { witnessed, reason, ...own }]: [string, EngineRecovery]): readonly (readonly string[])[] {
  const row = (name: string, { rpoMinutes, regionRpoMinutes, rtoMinutes }: Required<Recovery>, why: string): readonly string[] => [
    name,
    minutes(rpoMinutes),
    regionRpoMinutes === null ? 'all, until the region answers again' : minutes(regionRpoMinutes),
    within(rtoMinutes),
    why,
  ];
  return [
    row(`\`${engine}\``, own, reason),
    ...(witnessed === undefined ? [] : [row(`\`${engine}\` with \`witness\``, { ...own, ...witnessed }, 'the same')]),
  ];
}

function within(rtoMinutes: number | null): string {
  return rtoMinutes === null ? 'no time: not practised' : minutes(rtoMinutes);
}

/** The tier on each platform, as capacity counts it. */
function storedOf({ tier }: TierFigures): readonly StoredTier[] {
  return storedTiers.filter((stored) => stored.tier.id === tier.id);
}

/** A tier that does not carry its users says so before anything else. */
function short(stored: StoredTier): readonly string[] {
  const sentence = shortSentence(stored);
  return sentence === undefined ? [] : [`**Not enough as an account comes, on ${vendor(stored)}.** ${sentence}`];
}

/** What is promised of its parts, where that is not enough. */
function unreached(stored: StoredTier): readonly string[] {
  const sentence = unmetAvailability(stored);
  return sentence === undefined ? [] : [`on ${vendor(stored)} ${sentence}`];
}

function vendor({ platform }: StoredTier): string {
  return platform === 'aws' ? 'AWS' : 'DigitalOcean';
}

function minutes(count: number): string {
  if (count === 0) return 'nothing';
  return count === 1 ? 'a minute' : `${grouped(count)} minutes`;
}
