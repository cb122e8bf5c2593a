import { gate } from '../../../promotion/gate';
import { tierProblems } from '../../../stacks/problems';
import { pairOf, sidesOf, type Stage, transition } from '../../../stacks/transition';
import { ladder } from '../../../tiers';
import type { PromotionPhase } from '../../../tiers/phase';
import type { PlatformId, Tier } from '../../../tiers/tier';
import { keptEnvironment } from '../../support/sandbox';
import { scratch } from '../../support/scratch';

const moves: readonly (readonly [PlatformId, PlatformId])[] = [
  ['digitalocean', 'digitalocean'],
  ['aws', 'aws'],
  ['digitalocean', 'aws'],
];

const regions: Readonly<Partial<Record<PlatformId, string>>> = { digitalocean: 'fra1', aws: 'eu-central-1' };

function environmentAt(tier: Tier, platform: PlatformId) {
  return keptEnvironment({ tier: tier.id, platform, region: regions[platform] ?? '', gpu: { spot: false, otherwise: 'cpu' } });
}

/** Pairs of which both sides can be built; what cannot is named by `terrace promote plan`. */
const built = moves.flatMap(([here, there]) => {
  const can = (tier: Tier, platform: PlatformId): boolean => tierProblems(environmentAt(tier, platform), tier).length === 0;
  const [froms, tos] = [ladder.filter((tier) => can(tier, here)), ladder.filter((tier) => can(tier, there))];
  return froms.flatMap((from) => tos.filter((to) => here !== there || from !== to).map((to) => [`${here} ${from.id} to ${there} ${to.id}`, { from, to, here, there }] as const));
});

const way: readonly (readonly [PromotionPhase, Stage])[] = [
  ['expand', 'expanded'],
  ['migrate', 'resized'],
  ['cutover', 'switched'],
  ['contract', 'contracted'],
];

test('there are pairs: three tiers each way on each platform at least, and every one of them to the other platform', () => {
  expect(built.length).toBeGreaterThanOrEqual(6 + 6 + 9);
});

/** By configurations alone, without Terraform: what the guard can see in them. Plans of the same are made on the stand-in. */
test.each(built)('%s: from phase to phase, and back, nothing that a phase does not name', (_, { from, to, here, there }) => {
  const environment = environmentAt(from, here);
  const pair = pairOf(environment, { to: to.id, ...(here === there ? {} : { platform: there, region: regions[there] }) });
  const sides = sidesOf(environment, pair, scratch());
  let base = sides.old;
  for (const [phase, stage] of way) {
    const { json: head, leaving } = transition(sides, stage);
    expect([phase, gate({ base, head }, phase, leaving).refused]).toEqual([phase, []]);
    base = head;
  }
  const { json, leaving } = transition(sides, 'returned');
  expect(gate({ base: transition(sides, 'expanded').json, head: json }, 'rollback', leaving).refused).toEqual([]);
});
