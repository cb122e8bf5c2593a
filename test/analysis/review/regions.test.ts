import type { CdkTfJson } from '../../../analysis/graph';
import { guardStack } from '../../../analysis/review';
import type { Environment } from '../../../environments/schema';
import { gate } from '../../../promotion/gate';
import { synthesized } from '../../support/project';

const document = (own: Partial<Environment>) =>
  synthesized({ tier: 'tier5', disposable: undefined, region: 'tor1', regions: ['ams3'], ...own } as Partial<Environment>).recorded
    .json as CdkTfJson;

/** What the guard says of the records of regions. */
function said(base: CdkTfJson, head: CdkTfJson) {
  const { findings } = guardStack({ stack: 'tier5', base, head });
  return findings.flatMap(({ id, severity, address, summary }) =>
    address.startsWith('terraform_data.recorded_') ? [{ id, severity, address, summary }] : [],
  );
}

describe('a region of an environment', () => {
  const base = document({});
  const emptied = document({ leavingRegions: ['ams3'] });
  const left = document({ regions: ['nyc2'], leavingRegions: ['ams3'] });
  const filled = 'terraform_data.recorded_workloads_ams3["ams3"]';

  test('that the file drops is named, once, with the word that allows it', () => {
    const address = 'terraform_data.recorded_digitalocean_regions["ams3"]';
    const head = document({ regions: ['nyc2'] });
    expect(said(base, head)).toEqual([
      { id: 'guard/recorded-region', severity: 'high', address, summary: "The environment's region ams3 is no longer recorded." },
    ]);
    const found = guardStack({ stack: 'tier5', base, head }).findings.find((each) => each.address === address);
    expect(found?.remedy).toContain('name it under `leavingRegions` too and deploy');
  });

  test('that is left by one deploy is named', () => {
    const summary = 'The region ams3 is left by one deploy, with what runs in its cluster.';
    expect(said(base, left)).toEqual([{ id: 'guard/recorded-region', severity: 'high', address: filled, summary }]);
  });

  test('that is emptied is named, and then left without another word about its records', () => {
    const summary = 'The region ams3 is emptied, as `leavingRegions` says: what runs in its cluster goes.';
    expect(said(base, emptied)).toEqual([{ id: 'guard/leaving-region', severity: 'medium', address: filled, summary }]);
    expect(said(emptied, left)).toEqual([]);
  });

  test('is left with everything in it, each named with its region and not as lost or renamed', () => {
    const onAws = { platform: 'aws', region: 'us-east-1' } as const;
    for (const [own, gone, next] of [
      [{}, 'ams3', 'nyc2'],
      [onAws, 'us-west-2', 'eu-central-1'],
    ] as const) {
      const leaves = document({ ...own, regions: [next], leavingRegions: [gone] });
      const found = (before: Partial<Environment>) =>
        guardStack({ stack: 'tier5', base: document({ ...own, regions: [gone], ...before }), head: leaves }).findings;
      const holding = found({ leavingRegions: [gone] }).filter(({ id }) => id !== 'guard/weaker');
      expect(new Set(holding.map(({ id, severity }) => `${severity} ${id}`))).toEqual(new Set(['medium guard/leaving-region']));
      for (const { summary } of holding)
        expect(summary).toContain(` goes with the region ${gone}, which is left as \`leavingRegions\` says`);
      expect(holding.filter(({ address }) => /_replica_|cluster\.cluster_g1/.test(address))).toHaveLength('platform' in own ? 9 : 5);
      const atOnce = found({});
      // By one deploy nothing goes unnoticed.
      expect(atOnce.some(({ id, severity }) => severity === 'high' && /deleted|replaced/.test(id))).toBe(true);
      expect(atOnce.filter(({ id }) => id === 'guard/leaving-region')).toEqual([]);
    }
  });

  test('goes with a side of a promotion that is let go, and with nothing else', () => {
    const { resource, ...rest } = base as { resource: Record<string, Record<string, unknown>> };
    const { recorded_digitalocean_regions: _, recorded_workloads_ams3: __, ...records } = resource['terraform_data'] ?? {};
    const head = { ...rest, resource: { ...resource, terraform_data: records } } as CdkTfJson;
    const deleted = ['terraform_data.recorded_digitalocean_regions', 'terraform_data.recorded_workloads_ams3'];
    const refused = (phase: 'contract' | 'rollback' | 'soak') =>
      gate({ base, head }, phase, { forgotten: [], deleted, dataless: [] }).refused;
    expect(refused('contract')).toEqual([]);
    expect(refused('rollback')).toEqual([]);
    expect(refused('soak').map(({ where }) => where)).toHaveLength(3);
  });
});
