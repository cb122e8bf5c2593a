import { explain } from '../../cli/explain';
import { typedFor } from '../../cli/typed';
import type { Environment } from '../../environments/schema';
import { TerraceError } from '../../values/errors';
import { keptEnvironment, sandbox, summary, type Sandbox } from '../support/sandbox';
import { needs } from '../support/needs';

jest.setTimeout(900_000);

const terraform = needs('terraform');
const five: Environment = { ...keptEnvironment({ tier: 'tier5' }), region: 'tor1', regions: ['ams3'] };
const situation = {
  command: 'deploy',
  environment: 'sample',
  file: 'sample.yaml',
  typed: typedFor(undefined),
  recorded: 'tier5',
  tier: 'tier5',
  disposable: false,
} as const;

/** What Terrace says when Terraform refuses; nothing where it does not. */
async function refusal(place: Sandbox, environment: Environment): Promise<string> {
  try {
    await place.plan(environment);
    return '';
  } catch (error) {
    return error instanceof TerraceError ? explain(error, situation).message : String(error);
  }
}

describe('what an environment at tier 5 on DigitalOcean has, by real Terraform on the stand-in', () => {
  let place: Sandbox;
  beforeAll(async () => {
    place = await sandbox();
    await place.apply(five);
  });
  afterAll(() => place.stop());

  terraform('a shard that the file drops is refused, whatever becomes of its buckets', async () => {
    const shards = { 'shard-1': ['0-511'], 'shard-2': ['512-1023'] };
    expect(await refusal(place, { ...five, database: { engine: 'shards', shards } })).toContain(
      'database.shards in sample.yaml does not name shard-3, shard-4, which sample has by its state.',
    );
  });

  terraform(
    'a region that the file drops is refused; one that is emptied and then left goes, and its place in the state stays',
    async () => {
      const moved: Environment = { ...five, regions: ['nyc2'] };
      expect(await refusal(place, moved)).toContain('sample.yaml does not name ams3 any more, where sample stands by its state.');
      expect(await refusal(place, { ...moved, leavingRegions: ['ams3'] })).toContain(
        'sample.yaml leaves ams3, where pods of sample still run by its state.',
      );
      await place.apply({ ...five, leavingRegions: ['ams3'] });
      const left = summary(await place.plan({ ...moved, leavingRegions: ['ams3'] }));
      expect(left.create).toContain('terraform_data.recorded_digitalocean_regions["nyc2"]');
      expect(left.destroy).toContain('digitalocean_kubernetes_cluster.cluster_g1_ams3');
      expect((left.destroy ?? []).filter((address) => address.startsWith('terraform_data.'))).toEqual([]);
    },
  );
});
