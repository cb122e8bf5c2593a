import { awsRegions } from '../../catalog/aws';
import { regionProblems } from '../../stacks/platforms/aws/regions';
import { tier5 } from '../../tiers/deadlock-coach/tier5';
import { tier6 } from '../../tiers/deadlock-coach/tier6';
import type { Tier } from '../../tiers/tier';

const home = { region: 'us-east-1', regions: ['us-west-2'] };

/** What is said where the home region has one range and every other has another. */
const found = (tier: Tier, own: string, other: string): readonly string[] =>
  regionProblems(home, tier, (region) => (region === home.region ? own : other)).map(({ code, message }) => `${code}: ${message}`);

test('networks of two regions that share addresses are refused, whichever holds the other', () => {
  const said = (own: string, other: string): string =>
    `PLATFORM_NETWORKS_OVERLAP: The networks of us-east-1 (${own}) and us-west-2 (${other}) overlap. Choose regions whose ranges do not, or give them others: those of AWS stand in catalog/aws/regions.csv, Google's in stacks/platforms/google/neighbours.ts.`;
  for (const [own, other] of [
    ['10.16.0.0/16', '10.16.0.0/16'],
    ['10.16.0.0/15', '10.17.0.0/16'],
    ['10.17.128.0/20', '10.17.0.0/16'],
  ] as const)
    expect(found(tier5, own, other)).toEqual([said(own, other)]);
  expect(found(tier5, '10.16.0.0/16', '10.17.0.0/16')).toEqual([]);
});

test('so are those that lie in a range of the second cloud, where the tier has one', () => {
  expect(found(tier5, '10.16.0.0/16', '172.27.0.0/16')).toEqual([]);
  expect(found(tier6, '10.16.0.0/16', '172.27.0.0/16').map((each) => each.split(' overlap.')[0])).toEqual([
    "PLATFORM_NETWORKS_OVERLAP: The networks of us-west-2 (172.27.0.0/16) and Google's pods (172.24.0.0/14)",
  ]);
  expect(found(tier6, '10.16.0.0/16', '172.20.48.0/22').map((each) => each.split(' overlap.')[0])).toEqual([
    "PLATFORM_NETWORKS_OVERLAP: The networks of us-west-2 (172.20.48.0/22) and Google's googleServices (172.20.48.0/20)",
  ]);
});

test('the ranges of the catalog go together, all of them, and with those at Google', () => {
  const [region = '', ...regions] = awsRegions().map(({ slug }) => slug);
  const components = tier6.components.map((each) => (each.kind === 'kubernetes-cluster' ? { ...each, regions: regions.length + 2 } : each));
  expect(regionProblems({ region, regions }, { ...tier6, components })).toEqual([]);
});
