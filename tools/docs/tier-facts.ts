import { capacityOf, checkLoad, tierDiagram, type SinglePoint } from '../../analysis/capacity';
import type { StoredTier } from '../../analysis/selection';
import type { Component } from '../../components/component';
import type { Tier } from '../../tiers/tier';
import { counted } from '../../values/counted';
import { capacityHeading } from './capacity-tables';
import type { Contents } from './figures';

/** The tier as a picture, and where its limits stand: on each platform those of its sizes there. */
export function pictureOf(stored: readonly StoredTier[]): readonly string[] {
  const [first] = stored;
  if (first === undefined) return [];
  const places = stored.map((each) => `[on ${vendorOf(each)}](capacity.md#${anchorOf(capacityHeading(each))})`);
  return [
    `**Diagram**, ${vendorOf(first)}. Every limit, what binds first, and from how many users on: ${places.join(', ')}.`,
    ['```mermaid', tierDiagram(first.plant), '```'].join('\n'),
  ];
}

/** What a deploy makes, by resource type: a part in a second cloud with it, and by itself what runs in clusters. */
export function billsOf(stored: readonly StoredTier[], inClusters: readonly Contents[]): readonly string[] {
  return stored.flatMap((each) => [
    bill(
      `on ${vendorOf(each)}`,
      each.graph.resources.map(({ type }) => type),
    ),
    ...inClusters
      .filter(({ platform }) => platform === each.platform)
      .map(({ types }) => bill(`in the clusters on ${vendorOf(each)}`, types)),
  ]);
}

function bill(where: string, all: readonly string[]): string {
  const types = all.filter((type) => type !== 'terraform_data');
  const lines = [...new Set(types)].sort().map((type) => `${types.filter((one) => one === type).length} \`${type}\``);
  return [
    `<details><summary>Bill of materials ${where}: ${counted(types.length, 'resource')}</summary>`,
    '',
    `${lines.join(', ')}.`,
    '',
    '</details>',
  ].join('\n');
}

/** What a tier does not protect against, by what its components are; and what fails alone on each platform. */
export function unprotectedOf(tier: Tier, stored: readonly StoredTier[]): readonly string[] {
  return [
    ...pointsOf(stored),
    ...regionOf(tier),
    ...mistakes.flatMap((of) => tier.components.flatMap((each) => of(each) ?? [])),
    ...attacksOn(tier),
    account,
  ];
}

function pointsOf(stored: readonly StoredTier[]): readonly string[] {
  const said = stored.map((each) => ({ each, points: pointsIn(each) }));
  const alike = new Set(said.map(({ points }) => points)).size === 1;
  return alike
    ? said.slice(0, 1).flatMap(({ points }) => (points === '' ? [] : [points]))
    : said.flatMap(({ each, points }) => (points === '' ? [] : [`On ${vendorOf(each)}: ${points}`]));
}

function pointsIn({ tier, plant }: StoredTier): string {
  const { singlePointsOfFailure: points } = capacityOf(plant, checkLoad({ users: tier.dailyUsers }));
  return points.length === 0 ? '' : `The loss of one part: ${points.map(pointText).join('; ')}.`;
}

function pointText({ component, why, effect }: SinglePoint): string {
  return `\`${component}\` (${why}) takes ${effect} along`;
}

/** Where every part stands in one region, and where data do. */
function regionOf({ components }: Tier): readonly string[] {
  const cluster = components.find((each) => each.kind === 'kubernetes-cluster');
  return cluster === undefined
    ? ['The loss of the region: everything is in it, backups included. Copy them elsewhere yourself.']
    : [
        'The loss of the home region without losing a write: what a copy elsewhere had not got yet is gone, and it is made the first by hand.',
      ];
}

/** Mistakes and attacks that reach every copy at once, by the component that they reach. */
const mistakes: readonly ((component: Component) => string | undefined)[] = [
  (each) =>
    each.kind === 'backup'
      ? `Rows that are deleted or overwritten, by mistake or on purpose: standbys and copies follow within a second. They come back from the backups of ${counted(each.retentionDays, 'day')}, and what is older is gone.`
      : undefined,
  (each) => (each.kind === 'cache' ? 'The loss of what is in the cache alone: it has no backups.' : undefined),
  (each) =>
    each.kind === 'object-storage'
      ? `Files that are deleted and missed later than ${counted(each.keepVersionsDays, 'day')} after, when their versions go.`
      : undefined,
];

/** Where the app is reached without a web firewall before it. On AWS every balancer has one. */
function attacksOn({ components, platforms }: Tier): readonly string[] {
  const isBalanced = components.some((each) => each.kind === 'load-balancer' || each.kind === 'global-load-balancer');
  const atGoogle = components.some((each) => each.kind === 'kubernetes-cluster' && each.clouds.includes('google'));
  const bare = [...(platforms.includes('digitalocean') ? ['on DigitalOcean'] : []), ...(atGoogle ? ['at Google'] : [])];
  return !isBalanced || bare.length === 0
    ? []
    : [`Attacks on the app itself, ${bare.join(' and ')}: no web firewall stands before it. On AWS one does.`];
}

const account = 'The loss of the account, or of a key that may do everything in it: database, buckets and backups are all there.';

function vendorOf({ platform }: StoredTier): string {
  return platform === 'aws' ? 'AWS' : 'DigitalOcean';
}

/** GitHub's anchor of a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-');
}
