import type { Environment } from '../../environments/schema';
import { resources, synthesized } from '../support/project';

const kept = { tier: 'tier5', disposable: undefined } as Partial<Environment>;
const onAws = { ...kept, platform: 'aws', region: 'us-east-1', regions: ['us-west-2'] } as Partial<Environment>;
const record = (own: Partial<Environment>, list: string) => resources(synthesized(own))[`terraform_data.recorded_${list}`];
const of = (names: readonly string[]) => ({ for_each: `\${toset(${JSON.stringify(names)})}`, lifecycle: { prevent_destroy: true } });

test('the state remembers every shard of both platforms: one that is taken out of the file is refused', () => {
  const four = ['shard-1', 'shard-2', 'shard-3', 'shard-4'];
  for (const own of [kept, onAws]) {
    expect(record(own, 'shards')).toMatchObject(of(four));
    const five = Object.fromEntries(
      [...four, 'shard-5'].map((name, index) => [name, index < 4 ? [`${index * 256}-${index * 256 + 255}`] : []]),
    );
    expect(record({ ...own, database: { engine: 'shards', shards: five } }, 'shards')).toMatchObject(of([...four, 'shard-5']));
  }
  expect(record({ ...onAws, tier: 'tier6', regions: ['us-west-2', 'eu-west-1'] }, 'shards')).toMatchObject(of(four));
  expect(record({ ...onAws, tier: 'tier6', database: { engine: 'aurora-dsql' } }, 'shards')).toBeUndefined();
});

test('the state remembers the regions of DigitalOcean too, and those that are left keep their place', () => {
  expect(record(kept, 'digitalocean_regions')).toMatchObject(of(['tor1', 'ams3']));
  expect(record({ ...kept, regions: ['nyc2'], leavingRegions: ['ams3'] }, 'digitalocean_regions')).toMatchObject(
    of(['tor1', 'nyc2', 'ams3']),
  );
  expect(record({ ...kept, tier: 'tier4' }, 'digitalocean_regions')).toBeUndefined();
});

test.each([
  ['DigitalOcean', {}, 'ams3', 'nyc2', 'ams3'],
  ['AWS', { platform: 'aws', region: 'us-east-1' }, 'us-west-2', 'eu-central-1', 'us_west_2'],
] as const)(
  'the state of %s remembers where pods run: a region that was not emptied first is refused, of a disposable one too',
  (_, own, old, next, id) => {
    const records = (regions: readonly string[], leavingRegions: readonly string[], disposable?: string) =>
      resources(synthesized({ ...kept, ...own, disposable, regions, leavingRegions } as Partial<Environment>))[
        `terraform_data.recorded_workloads_${id}`
      ];
    expect(records([old], [])).toMatchObject(of([old]));
    expect(records([old], [], 'sample')).toEqual({ '//': expect.anything() as unknown, for_each: of([old]).for_each });
    expect(records([old], [old])).toBeUndefined();
    for (const disposable of [undefined, 'sample']) expect(records([next], [old], disposable)).toMatchObject(of([]));
  },
);

test('an environment that may go forgets both', () => {
  for (const list of ['shards', 'digitalocean_regions']) expect(record({ tier: 'tier5' }, list)?.['lifecycle']).toBeUndefined();
});
