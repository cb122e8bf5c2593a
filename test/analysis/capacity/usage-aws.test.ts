import { loadOf, placesIn, usageOf } from '../../../analysis/capacity';
import { ladder } from '../../../tiers';
import type { Tier } from '../../../tiers/tier';

const [tier1, tier2, tier3] = ladder as unknown as readonly [Tier, Tier, Tier];

function typical(tier: Tier, users: number): Record<string, Record<string, string>> {
  const { components = {} } = usageOf(loadOf({ users }), placesIn(tier, 'aws'));
  return Object.fromEntries(
    Object.entries(components).map(([id, figures]) => [
      id,
      Object.fromEntries(Object.entries(figures).map(([key, figure]) => [key, figure.typical.toDecimalPlaces(4).toFixed()])),
    ]),
  );
}

test('tier 3: bytes through balancer and NAT, files of the CDN, requests to buckets', () => {
  expect(typical(tier3, 1000)).toEqual({
    // 1,000 x 100 x 50 KB x 365 / 12
    app: { egressGb: '152.0833' },
    // The web firewall looks at 1,000 x 100 x 365 / 12 requests; one in a hundred is refused and leaves 1.5 KB.
    'load-balancer': { loadBalancerGb: '152.0833', requestsMillion: '3.0417', logsGb: '0.0456', logStorageGb: '0.0456' },
    // Three servers of 10 GB; ten requests a connection, four records of 120 bytes each.
    network: { natGb: '30', logsGb: '0.146', logStorageGb: '0.146' },
    // 1,000 x 20 files x 365 / 12
    frontend: { objectEgressGb: '30.4167', objectStorageGb: '90', cdnRequestsMillion: '0.6083' },
    storage: { objectWritesMillion: '0.0608', objectReadsMillion: '0.0608' },
    // Three servers, a look every 20 seconds of 730 hours.
    configuration: { objectReadsMillion: '0.3942' },
    database: { logsGb: '0.0304', logStorageGb: '0.0304' },
    dns: { dnsQueriesMillion: '0.3042' },
  });
});

test('a pipeline: nodes while its jobs run, half of the time to their deadline, and the models that they leave', () => {
  // 365 / 12 / 7 runs of 2 jobs for 6 of 12 hours, of 730; 90 days of 2 models of 5 GB a week.
  expect(typical(ladder[5] as Tier, 1_000_000)['ml']).toEqual({ instances: '0.0714', objectStorageGb: '128.5714' });
});

test('tier 1 archives its database into a bucket, and has neither balancer nor NAT', () => {
  expect(typical(tier1, 10)).toEqual({
    app: { egressGb: '1.5208' },
    network: { logsGb: '0.0015', logStorageGb: '0.0015' },
    storage: { objectEgressGb: '0.3042', objectStorageGb: '0.9', objectWritesMillion: '0.0006', objectReadsMillion: '0.0006' },
    configuration: { objectReadsMillion: '0.1314' },
    backup: { objectWritesMillion: '0.0438', objectStorageGb: '0.73' },
    dns: { dnsQueriesMillion: '0.003' },
  });
});

test('on another platform nothing of it is counted', () => {
  const load = loadOf({ users: 100 });
  expect(usageOf(load, placesIn(tier2, 'digitalocean'))).toEqual(usageOf(load, placesIn(tier2)));
  expect(Object.keys(usageOf(load, placesIn(tier2)).components ?? {})).toEqual(['app', 'frontend']);
});
