import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../../environments/schema';
import { app, comesAndGoes, done, Rig, sideBySide } from '../support/aws-rig';
import type { AwsStack } from '../support/aws-stack';
import { quarters } from '../support/shards';

jest.setTimeout(3_600_000);

/** Its secrets lie in Secrets Manager, and are fetched from there. */
const fetched = { ...app, secretsFrom: 'manager' } as const;

/** A database, then its replica: 160 s of waiting there and 120 s back, and hundreds of resources in two regions. */
describe('hashicorp/aws 5.100.0 on moto and our patches', () => {
  sideBySide({
    'tier 4 is applied, stable and destroyed': {
      rig: () => new Rig({ name: 'four', tier: 'tier4', load: { dailyUsers: 10_000 } }),
      work: comesAndGoes,
    },
    'tier 4 with a warm GPU server and reserved places is applied, stable and destroyed': {
      rig: () =>
        new Rig({
          name: 'warm',
          tier: 'tier4',
          load: { dailyUsers: 10_000 },
          app: fetched,
          gpu: { sizes: ['g6.xlarge'], spot: false, otherwise: 'refuse', warm: 1, reservation: 'new', diskGib: 300 },
        }),
      work: comesAndGoes,
    },
    'tier 5 in two regions, with an event stream, is applied, stable and destroyed': {
      rig: () =>
        new Rig({
          name: 'five',
          tier: 'tier5',
          regions: ['us-west-2'],
          load: { dailyUsers: 100_000 },
          events: { brokers: 3, retentionHours: 48, topics: { orders: 12 } },
        }),
      work: comesAndGoes,
    },
    'tier 5 that is kept plans a fifth shard alone, and refuses to lose a region': {
      rig: () => new Rig({ name: 'kept', tier: 'tier5', regions: ['us-west-2'], load: { dailyUsers: 100_000 } }),
      work: growsAndKeeps,
    },
    'tier 5 that is kept leaves a region in two deploys, and is destroyed once it is disposable': {
      rig: () => new Rig({ name: 'left', tier: 'tier5', regions: ['us-west-2'], load: { dailyUsers: 100_000 } }),
      work: leavesARegion,
    },
    'tier 6 in two regions is applied, stable and destroyed': {
      rig: () =>
        new Rig({
          name: 'six',
          tier: 'tier6',
          regions: ['us-west-2', 'eu-west-1'],
          load: { dailyUsers: 1_000_000 },
          app: fetched,
          gpu: { spot: false, otherwise: 'refuse', diskGib: 300 },
          database: { engine: 'aurora-dsql', storageTib: 100 },
        }),
      work: comesAndGoes,
    },
    'tier 6 below Citus is applied, stable and destroyed': {
      rig: () =>
        new Rig({
          name: 'citus',
          tier: 'tier6',
          regions: ['us-west-2', 'eu-west-1'],
          load: { dailyUsers: 1_000_000 },
          database: { engine: 'citus' },
        }),
      work: comesAndGoes,
    },
    'tier 6 with the shards of tier 5 is applied, stable and destroyed': {
      rig: () => new Rig({ name: 'kept', tier: 'tier6', regions: ['us-west-2', 'eu-west-1'], load: { dailyUsers: 1_000_000 } }),
      work: comesAndGoes,
    },
  });
});

async function growsAndKeeps(rig: Rig): Promise<void> {
  const kept = { disposable: undefined } as Partial<Environment>;
  const stack = await rig.synthesized(kept);
  expect(await stack.init()).toMatchObject(done);
  expect(await stack.apply()).toMatchObject(done);
  expect(await stack.replan()).toMatchObject(done);

  await rig.synthesized({ ...kept, database: { engine: 'shards', shards: { ...quarters, 'shard-5': [] } } });
  const grown = await planned(stack);
  expect(grown).toContain('create aws_db_instance.database_g1_shard_5');
  expect(grown).toContain('create terraform_data.recorded_shards["shard-5"]');
  expect(grown.filter((change) => !/^create .*shard[_-]5/.test(change))).toEqual([]);

  await rig.synthesized({ ...kept, regions: ['eu-central-1'] });
  // What Terrace says of it: cli/explain.ts.
  expect(await refusal(stack)).toContain('hashicorp/aws"].us_west_2 is required');

  await rig.synthesized();
  expect(await stack.apply()).toMatchObject(done);
  expect(await stack.destroy()).toMatchObject(done);
  expect(stack.emulator.gaps()).toEqual([]);
}

/** The far cluster's pods are in the other layer, which no emulator plays: test/stacks/workloads/leaving.test.ts has both. */
async function leavesARegion(rig: Rig): Promise<void> {
  const kept = { disposable: undefined } as Partial<Environment>;
  const [emptied, left] = [{ leavingRegions: ['us-west-2'] }, { regions: ['eu-central-1'], leavingRegions: ['us-west-2'] }];
  const stack = await rig.synthesized(kept);
  expect(await stack.init()).toMatchObject(done);
  expect(await stack.apply()).toMatchObject(done);
  const there = await standingIn(stack, 'us_west_2');
  expect(there).toContain('aws_db_instance.database_g1_shard_1_replica_us_west_2');

  await rig.synthesized({ ...kept, ...left });
  expect(await refusal(stack)).toContain(
    'Resource terraform_data.recorded_workloads_us_west_2["us-west-2"] has lifecycle.prevent_destroy set',
  );

  for (const [step, expected] of [
    [emptied, there],
    [left, []],
  ] as const) {
    await rig.synthesized({ ...kept, ...step });
    expect(await stack.apply()).toMatchObject(done);
    expect(await stack.replan()).toMatchObject(done);
    expect(await standingIn(stack, 'us_west_2')).toEqual(expected);
  }
  expect(await standingIn(stack, 'eu_central_1')).toEqual(there.map((address) => address.replaceAll('us_west_2', 'eu_central_1')).sort());

  await rig.synthesized(left);
  expect(await stack.apply()).toMatchObject(done);
  expect(await stack.destroy()).toMatchObject(done);
  expect(stack.emulator.gaps()).toEqual([]);
}

/** What Terraform says to a plan that it refuses, in one line. */
async function refusal(stack: AwsStack): Promise<string> {
  expect(await stack.replan()).toMatchObject({ code: 1 });
  return readFileSync(join(stack.directory, 'plan.log'), 'utf8').replaceAll(/[\s│]+/g, ' ');
}

/** Addresses that a state keeps under the provider configuration of a region. */
async function standingIn(stack: AwsStack, alias: string): Promise<readonly string[]> {
  expect(await stack.terraform(['state', 'pull'])).toMatchObject(done);
  const { resources } = JSON.parse(readFileSync(join(stack.directory, 'state.log'), 'utf8')) as {
    readonly resources: readonly { readonly type: string; readonly name: string; readonly provider: string }[];
  };
  return resources.flatMap(({ type, name, provider }) => (provider.endsWith(`.${alias}`) ? [`${type}.${name}`] : [])).sort();
}

/** What Terraform would do, an entry for each resource that would not stay as it is: `create aws_sns_topic.alerts`. */
async function planned(stack: AwsStack): Promise<readonly string[]> {
  expect(await stack.terraform(['plan', '-out=grown.tfplan', '-input=false', '-no-color', '-parallelism=30'])).toMatchObject(done);
  expect(await stack.terraform(['show', '-json', 'grown.tfplan'])).toMatchObject(done);
  const { resource_changes: changes } = JSON.parse(readFileSync(join(stack.directory, 'show.log'), 'utf8')) as {
    readonly resource_changes: readonly { readonly address: string; readonly change: { readonly actions: readonly string[] } }[];
  };
  return changes.flatMap(({ address, change: { actions } }) =>
    actions.join() === 'no-op' || actions.join() === 'read' ? [] : [`${actions.join('+')} ${address}`],
  );
}
