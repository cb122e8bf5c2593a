import { layerEnds, layerPrerequisites, layerSteps } from '../../../promotion/plan/layers';
import { tier } from '../../../tiers';
import type { TierId } from '../../../tiers/tier';

const between = (from: TierId, to: TierId) => ({ from: tier(from), to: tier(to), generations: { cluster: 2 } });
const said = (phase: keyof typeof layerSteps, from: TierId, to: TierId): readonly string[] =>
  layerSteps[phase](between(from, to)).map(({ id, what, method }) => `${id}: ${what} (${method})`);

test('on the way down the traffic split turns first, and the name servers before the second cloud goes', () => {
  expect(said('expand', 'tier6', 'tier5')).toEqual([
    'expand/workloads: Then deploys what runs in the new clusters (tier5-workloads), with a state of its own; nobody waits until the app answers. (terraform)',
  ]);
  expect(said('cutover', 'tier6', 'tier5')).toEqual([
    'cutover/workloads: Deploys tier5-workloads first, and waits until the app answers in the new clusters. (terraform)',
    'cutover/split: The traffic split sends everything to the first cloud. (terraform)',
  ]);
  expect(said('soak', 'tier6', 'tier5')).toEqual([
    "soak/domain: The domain's name servers change to the first cloud's zone at the registrar. Both lead to the same balancers until contract, which must come two days later. (person)",
  ]);
  expect(said('contract', 'tier6', 'tier5')).toEqual([
    'contract/workloads: Takes everything out of tier6-workloads, then of tier6-google, before the clusters go: volumes that their programs have made go with it. (terraform)',
  ]);
  expect(layerPrerequisites(between('tier6', 'tier5'))).toEqual([]);
});

test('to the same tier on another platform the new layer is called after the generation of its clusters', () => {
  expect(said('expand', 'tier5', 'tier5')).toEqual([expect.stringContaining('new clusters (tier5-workloads-g2), with a state of its own')]);
  expect(said('cutover', 'tier5', 'tier5')).toEqual([expect.stringContaining('Deploys tier5-workloads-g2 first')]);
  expect(said('contract', 'tier5', 'tier5')).toEqual([expect.stringContaining('everything out of tier5-workloads, before')]);
});

test('a side without clusters has no layer: tier 4 to 5, and back', () => {
  expect([said('expand', 'tier4', 'tier5').length, said('contract', 'tier4', 'tier5'), layerEnds(between('tier4', 'tier5'))]).toEqual([
    1,
    [],
    [],
  ]);
  expect([said('expand', 'tier5', 'tier4'), said('cutover', 'tier5', 'tier4'), said('contract', 'tier5', 'tier4').length]).toEqual([
    [],
    [],
    1,
  ]);
  expect(layerEnds(between('tier5', 'tier4'))).toHaveLength(1);
});

test('between tiers of servers nothing is said of layers', () => {
  for (const phase of ['expand', 'cutover', 'soak', 'contract'] as const) expect(said(phase, 'tier3', 'tier4')).toEqual([]);
});
