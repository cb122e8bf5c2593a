import type { Environment } from '../../../environments/schema';
import { tierProblems } from '../../../stacks/problems';
import type { Target } from '../../../stacks/transition';
import { ladder } from '../../../tiers';
import type { PlatformId, Tier } from '../../../tiers/tier';
import { keptEnvironment } from '../../support/sandbox';
import { soak } from '../../support/soak';

/** A pair of tiers, each on a platform. */
export interface Way {
  readonly from: Tier;
  readonly to: Tier;
  readonly here: PlatformId;
  readonly there: PlatformId;
}

const moves: readonly (readonly [PlatformId, PlatformId])[] = [
  ['digitalocean', 'digitalocean'],
  ['aws', 'aws'],
  ['digitalocean', 'aws'],
];

const places: Readonly<Partial<Record<PlatformId, { readonly region: string; readonly regions: readonly string[] }>>> = {
  digitalocean: { region: 'tor1', regions: ['ams3'] },
  aws: { region: 'us-east-1', regions: ['us-west-2', 'eu-west-1'] },
};

/** A sample of an environment at a tier, with what all of them need. */
export function environmentAt(tier: Tier, platform: PlatformId): Environment {
  const { region = '', regions = [] } = places[platform] ?? {};
  return keptEnvironment({ tier: tier.id, platform, region, regions: [...regions], gpu: { spot: false, otherwise: 'cpu' } });
}

/** Where a way leads, as a promotion is asked for. */
export function targetOf({ to, here, there }: Way): Target {
  return { to: to.id, ...(here === there ? {} : { platform: there, ...places[there] }) };
}

/** Pairs of which both sides can be built; what cannot is named by `terrace promote plan`. */
export const built: readonly Way[] = moves.flatMap(([here, there]) => {
  const can = (tier: Tier, platform: PlatformId): boolean => tierProblems(environmentAt(tier, platform), tier).length === 0;
  const [froms, tos] = [ladder.filter((tier) => can(tier, here)), ladder.filter((tier) => can(tier, there))];
  return froms.flatMap((from) => tos.filter((to) => here !== there || from !== to).map((to): Way => ({ from, to, here, there })));
});

/** How far up a tier is. */
export function place({ id }: Tier): number {
  return ladder.findIndex((tier) => tier.id === id);
}

/** Neighbours up and down, and the same tier on another platform, with each change; every pair, those that skip tiers among them, in `npm run soak`. */
export const tried = built.filter(
  ({ from, to, here, there }) => soak || (here === there ? Math.abs(place(from) - place(to)) === 1 : from === to),
);

/** `aws tier1 to aws tier2`. */
export function nameOf({ from, to, here, there }: Way): string {
  return `${here} ${from.id} to ${there} ${to.id}`;
}

/** Rows of `test.each`. */
export function rowsOf(ways: readonly Way[]): readonly (readonly [string, Way])[] {
  return ways.map((each) => [nameOf(each), each] as const);
}
