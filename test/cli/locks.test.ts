import { explain } from '../../cli/explain';
import { typedFor } from '../../cli/typed';
import { lockMessage } from '../../stacks/locks';
import { TerraceError } from '../../values/errors';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratch } from '../support/scratch';
import { HandMade, handMade, lockedStack, type } from './desk';

const state = (made: HandMade): string => readFileSync(join(made.project, 'production.tfstate'), 'utf8');

/** An environment at a tier, with the locks that synthesis writes; deployed once where a project is given anew. */
function at(tier: 'tier2' | 'tier3', project: string, disposable = false): HandMade {
  const stack = (id: string): ReturnType<typeof lockedStack> => lockedStack({ tier: id, recorded: tier, disposable });
  return handMade({ project, tier, disposable, stacks: { tier2: stack('tier2'), tier3: stack('tier3') } });
}

async function deployedAtTier3(disposable = false): Promise<HandMade> {
  const made = at('tier3', scratch(), disposable);
  expect(await type(['deploy', 'tier3', '--auto-approve'], made.open)).toMatchObject({ code: 0 });
  return made;
}

describe('lock (a): a tier that the environment is not at', () => {
  test.each(['deploy', 'destroy', 'diff'])('%s is refused, explained, and nothing changes', async (command) => {
    const made = await deployedAtTier3();
    const before = state(made);
    const outcome = await type([command, 'tier2', ...(command === 'diff' ? [] : ['--auto-approve'])], made.open);
    expect(outcome.code).toBe(1);
    expect(outcome.err).toContain(
      `Error: Nothing was changed: production is at tier3 (environments/production.yaml), and you asked to ${command} tier2.\n`,
    );
    expect(outcome.err).toContain(
      `To work on production:            terrace ${command} tier3\nTo move it to tier2 with its data:   terrace promote plan production --to tier2\n`,
    );
    expect(outcome.err).toContain('Invalid value for variable: Environment production is at tier3; this stack is tier2.');
    expect(state(made)).toBe(before);
  });

  test('is opened by approving the tier by name, as promotion does', async () => {
    const made = await deployedAtTier3(true);
    const outcome = await type(['diff', 'tier2'], made.open, { env: { TF_VAR_tier_change_approved: 'tier2' } });
    expect(outcome).toMatchObject({ code: 0, out: expect.stringContaining('terraform_data.recorded_tier') as string });
  });
});

describe('lock (b): the file was edited by hand', () => {
  test.each(['deploy', 'destroy'])('%s tier2 is refused by the state, and explained', async (command) => {
    const made = await deployedAtTier3();
    const before = state(made);
    const edited = at('tier2', made.project);
    const outcome = await type([command, 'tier2', '--auto-approve'], edited.open);
    expect(outcome.code).toBe(1);
    expect(outcome.err).toContain(
      'Error: Nothing was changed: environments/production.yaml says that production is at tier2, but its state remembers tier3 (terraform_data.recorded_tier).\n',
    );
    expect(outcome.err).toContain('Put "tier: tier3" back into environments/production.yaml.');
    expect(outcome.err).toContain(
      'terraform_data.recorded_tier  Instance cannot be destroyed: Resource terraform_data.recorded_tier has lifecycle.prevent_destroy set',
    );
    expect(state(made)).toBe(before);
  });

  test('and tier3 is refused by lock (a)', async () => {
    const made = await deployedAtTier3();
    const before = state(made);
    const outcome = await type(['deploy', 'tier3', '--auto-approve'], at('tier2', made.project).open);
    expect(outcome).toMatchObject({
      code: 1,
      err: expect.stringContaining('production is at tier2 (environments/production.yaml), and you asked to deploy tier3.') as string,
    });
    expect(state(made)).toBe(before);
  });
});

test.each([
  [
    'recorded_generations',
    'environments/production.yaml gives production other generations than its state remembers (terraform_data.recorded_generations).',
  ],
  ['recorded_channel_keys', 'channelKeys in environments/production.yaml retires a key that servers of production may still read with.'],
  ['recorded_regions["us-west-2"]', 'environments/production.yaml does not name us-west-2 any more, where production stands by its state.'],
  [
    'recorded_digitalocean_regions["ams3"]',
    'environments/production.yaml does not name ams3 any more, where production stands by its state.',
  ],
  [
    'recorded_workloads_us_west_2["us-west-2"]',
    'environments/production.yaml leaves us-west-2, where pods of production still run by its state.\nTheir clusters would go before them',
  ],
  [
    'recorded_shards["shard-4"]',
    'database.shards in environments/production.yaml does not name shard-4, which production has by its state.',
  ],
  [
    'recorded_events["topic orders"]',
    'events in environments/production.yaml does not name topic orders any more, which production has by its state.',
  ],
])('%s edited by hand is explained', (record, explanation) => {
  const address = `terraform_data.${record}`;
  const problem = { code: 'TERRAFORM_DIAGNOSTIC', where: address, message: 'Instance cannot be destroyed: ...' };
  const situation = {
    command: 'deploy',
    environment: 'production',
    file: 'environments/production.yaml',
    typed: typedFor(undefined),
    recorded: 'tier3',
    tier: 'tier3',
    disposable: false,
    remembered: 'tier3',
  } as const;
  // As Terraform 1.11.4 says it of an instance that a for_each lost.
  const lost = {
    ...problem,
    where: 'cdk.tf.json:1842',
    message: `Instance cannot be destroyed: Resource ${address} has lifecycle.prevent_destroy set, but the plan calls for this resource to be destroyed.`,
  };
  for (const each of record.endsWith(']') ? [problem, lost] : [problem])
    expect(explain(new TerraceError('TERRAFORM_FAILED', 'terraform plan failed:', [each]), situation).message).toContain(
      `Nothing was changed: ${explanation}`,
    );
});

test.each([
  [
    'deploy',
    /^Nothing was changed: .* does not name us-west-2 any more.*To leave: put us-west-2 back as well, write "leavingRegions: \[us-west-2\]" beside it, and deploy; then take us-west-2 out of regions/s,
  ],
  [
    'destroy',
    /^Nothing was destroyed: .* does not name us-west-2 any more.*Put us-west-2 back under regions, and destroy it with the rest\./s,
  ],
] as const)(
  'a region of AWS that the file drops is explained on %s, where Terraform misses its provider configuration',
  (command, said) => {
    // As Terraform 1.11.4 says it of each resource there.
    const orphan = (address: string) => ({
      code: 'TERRAFORM_DIAGNOSTIC',
      message: `Provider configuration not present: To work with ${address} (orphan) its original provider configuration at provider["registry.terraform.io/hashicorp/aws"].us_west_2 is required, but it has been removed.`,
    });
    const error = new TerraceError('TERRAFORM_FAILED', 'terraform plan failed:', ['aws_subnet.a', 'aws_vpc.b'].map(orphan));
    const file = { environment: 'production', file: 'environments/production.yaml', typed: typedFor(undefined), disposable: false };
    expect(explain(error, { ...file, command, recorded: 'tier5', tier: 'tier5' }).message).toMatch(said);
  },
);

test.each([
  ['deploy', /^Nothing was changed: .*Put us-west-2 back under regions, leave it under leavingRegions too, and deploy/s],
  ['destroy', /^Nothing was destroyed: .*Put us-west-2 back under regions, and destroy it with the rest\./s],
] as const)('pods in a region that is left by one deploy are explained on %s', (command, said) => {
  const where = 'terraform_data.recorded_workloads_us_west_2["us-west-2"]';
  const problem = { code: 'TERRAFORM_DIAGNOSTIC', where, message: 'Instance cannot be destroyed: ...' };
  const file = { environment: 'production', file: 'environments/production.yaml', typed: typedFor(undefined), disposable: true };
  const error = new TerraceError('TERRAFORM_FAILED', 'terraform plan failed:', [problem]);
  expect(explain(error, { ...file, command, recorded: 'tier5', tier: 'tier5' }).message).toMatch(said);
});

test.each([
  ['kubernetes', 'ams3'],
  ['helm', 'us-west-2'],
])('a cluster that went before what ran in it is explained by the alias of %s: put the region back', (provider, region) => {
  const message = `Provider configuration not present: To work with kubernetes_namespace_v1.a (orphan) its original provider configuration at provider["registry.terraform.io/hashicorp/${provider}"].${region} is required, but it has been removed.`;
  const file = { environment: 'production', file: 'environments/production.yaml', typed: typedFor(undefined), disposable: true };
  const error = new TerraceError('TERRAFORM_FAILED', 'terraform plan failed:', [{ code: 'TERRAFORM_DIAGNOSTIC', message }]);
  expect(explain(error, { ...file, command: 'deploy', recorded: 'tier5', tier: 'tier5-workloads' }).message).toContain(
    `does not name ${region} any more, where production stands by its state.`,
  );
});

describe('lock (c): a promotion is under way', () => {
  const promoting = {
    environment: 'production',
    file: 'environments/production.yaml',
    typed: typedFor(undefined),
    recorded: 'tier1',
    disposable: false,
    promotingTo: 'tier2',
  };
  const protectedTier = {
    code: 'TERRAFORM_DIAGNOSTIC',
    where: 'terraform_data.recorded_tier',
    message: 'Instance cannot be destroyed: ...',
  };
  const said = (command: 'deploy' | 'destroy', tier: string, ...messages: readonly string[]): string => {
    const problems = messages.map((message) => ({ code: 'TERRAFORM_DIAGNOSTIC', message }));
    const error = new TerraceError('TERRAFORM_FAILED', 'terraform plan failed:', [...problems, protectedTier]);
    return explain(error, { ...promoting, command, tier, remembered: 'tier1' }).message;
  };

  test('what is said of a third tier leads on or back, not into a promotion that would be refused', () => {
    const lock = lockMessage({ environment: 'production', recorded: 'tier1', tier: 'tier3', promotingTo: 'tier2' });
    expect(said('deploy', 'tier3', `Invalid value for variable: ${lock}`)).toBe(
      'Nothing was changed: production is being promoted from tier1 to tier2 (environments/production.yaml), and you asked to deploy tier3.\n' +
        'Until that is done, both of its stacks hold the same, and every other one refuses.\n' +
        'To work on production:   terrace deploy tier1\n' +
        'To go on:   terrace promote run production --to tier2\n' +
        'To go back:   terrace promote rollback production\n\n' +
        'terraform plan failed:',
    );
  });

  test('of the target, that the environment is not disposable, and not that its file was edited', () => {
    expect(said('destroy', 'tier2')).toMatch(/^Nothing was destroyed: production is not disposable/);
  });
});

describe('terrace destroy', () => {
  test('an environment that is not disposable: says so before it starts, then prints the reason', async () => {
    const made = await deployedAtTier3();
    const before = state(made);
    const outcome = await type(['destroy', 'tier3', '--auto-approve'], made.open);
    expect(outcome.code).toBe(1);
    const announced = outcome.err.indexOf(
      'This will be refused: production is not disposable. Protected from being destroyed (prevent_destroy):\n  terraform_data.recorded_tier\n',
    );
    expect(announced).toBeGreaterThan(-1);
    expect(announced).toBeLessThan(outcome.err.indexOf('Planning ...'));
    expect(outcome.err).toContain(
      'Error: Nothing was destroyed: production is not disposable, so what holds its data refuses to be destroyed.\n',
    );
    expect(outcome.err).toContain('write "disposable: production" into environments/production.yaml');
    expect(outcome.err).toContain('Instance cannot be destroyed: Resource terraform_data.recorded_tier has lifecycle.prevent_destroy set');
    expect(state(made)).toBe(before);
  });

  test('a disposable one goes at once', async () => {
    const made = await deployedAtTier3(true);
    const outcome = await type(['destroy', 'tier3', '--auto-approve'], made.open);
    expect(outcome).toMatchObject({ code: 0, out: expect.stringContaining('production is destroyed.\n') as string });
    expect((JSON.parse(state(made)) as { resources: unknown[] }).resources).toEqual([]);
    expect(await type(['destroy', 'tier3', '--auto-approve'], made.open)).toMatchObject({
      code: 0,
      out: 'Nothing to destroy: the state of production is empty.\n',
    });
  });

  test('asks for the name of the environment; "yes" is not enough', async () => {
    const made = await deployedAtTier3(true);
    const before = state(made);
    const wrong = await type(['destroy', 'tier3'], made.open, { terminal: true, answers: ['yes'] });
    expect(wrong).toMatchObject({ code: 1, asked: ['This destroys production and all its data. Type its name to go on: '] });
    expect(state(made)).toBe(before);
    expect(await type(['destroy', 'tier3'], made.open, { terminal: true, answers: ['production'] })).toMatchObject({ code: 0 });
  });

  test('without a terminal it refuses and says what to pass', async () => {
    const made = await deployedAtTier3(true);
    const outcome = await type(['destroy', 'tier3'], made.open);
    expect(outcome).toMatchObject({
      code: 1,
      err: expect.stringContaining(
        'this is not a terminal, so nobody can confirm. To destroy without asking, pass --auto-approve:\n  terrace destroy tier3 --auto-approve\n',
      ) as string,
    });
  });
});
