import { join } from 'node:path';
import type { Environment } from '../../environments/schema';
import { needsAws } from '../support/aws-emulator';
import { openStack, type AwsStack } from '../support/aws-stack';
import { synthesized } from '../support/project';
import { scratch } from '../support/scratch';

jest.setTimeout(1_800_000);

const withAws = needsAws();

/** What a pipeline gives. None of them is a secret. */
const variables = { TF_VAR_secret_session_key: 'a-session-key', TF_VAR_database_password: 'a-database-password', TF_VAR_cache_password: 'a-cache-password-1' };

const done = { code: 0, said: '' };

/** An environment at a tier on AWS, in a folder of its own. */
class Rig {
  readonly project = scratch('terrace-aws-');
  private stack: AwsStack | undefined;

  constructor(
    private readonly environment: Partial<Environment> & Pick<Environment, 'name' | 'tier'>,
    private readonly aliases = false,
  ) {}

  /** Synthesizes it, with changes, and opens its stack at the first time. */
  async synthesized(changes: Partial<Environment> = {}): Promise<AwsStack> {
    const { recorded } = synthesized({ ...environmentOf(this.environment), ...changes }, this.project);
    this.stack ??= await openStack({ folder: join(this.project, 'logs'), directory: recorded.directory, variables, aliases: this.aliases });
    return this.stack;
  }

  stop(): void {
    this.stack?.stop();
  }
}

function environmentOf(own: Partial<Environment> & Pick<Environment, 'name'>): Partial<Environment> {
  return {
    platform: 'aws',
    region: 'us-east-1',
    domain: `${own.name}.coach.example`,
    app: { image: 'ghcr.io/example/deadlock-coach:1.4.2', port: 8080, healthPath: '/healthz', settings: { LOG_LEVEL: 'info' }, secrets: ['SESSION_KEY'] },
    alerts: { emails: ['ops@example.com'] },
    budget: { monthly: '900' },
    state: { backend: 'local', path: `.terrace/state/${own.name}.tfstate` },
    disposable: own.name,
    ...own,
  };
}

/** Deployed, nothing left to change, destroyed, and no call that the emulator does not know. */
async function comesAndGoes(rig: Rig): Promise<void> {
  const stack = await rig.synthesized();
  expect(await stack.init()).toMatchObject(done);
  expect(await stack.apply()).toMatchObject(done);
  expect(await stack.replan()).toMatchObject(done);
  expect(await stack.destroy()).toMatchObject(done);
  expect(stack.emulator.gaps()).toEqual([]);
}

/** Kept at first: it refuses to go. Made disposable and deployed once more, it goes. */
async function givesUpItsProtection(rig: Rig): Promise<void> {
  const stack = await rig.synthesized({ disposable: undefined } as Partial<Environment>);
  expect(await stack.init()).toMatchObject(done);
  expect(await stack.apply()).toMatchObject(done);
  expect(await stack.replan()).toMatchObject(done);
  const refused = await stack.destroy();
  expect(refused.code).toBe(1);
  expect(refused.said).toContain('Instance cannot be destroyed');
  await rig.synthesized();
  expect(await stack.apply()).toMatchObject(done);
  expect(await stack.destroy()).toMatchObject(done);
  expect(stack.emulator.gaps()).toEqual([]);
}

/** What runs side by side, because the provider waits for fixed times: 80 s for a database, 60 s for a balancer. */
const runs: Readonly<Record<string, { readonly rig: () => Rig; readonly work: (rig: Rig) => Promise<void> }>> = {
  'tier 1, disposable': { rig: () => new Rig({ name: 'one', tier: 'tier1' }), work: comesAndGoes },
  'tier 2, made disposable later': { rig: () => new Rig({ name: 'two', tier: 'tier2' }), work: givesUpItsProtection },
  'tier 3, disposable': { rig: () => new Rig({ name: 'three', tier: 'tier3' }), work: comesAndGoes },
  'tier 4, disposable': { rig: () => new Rig({ name: 'four', tier: 'tier4', load: { dailyUsers: 10_000 } }), work: comesAndGoes },
  'tier 5 in two regions, disposable': { rig: () => new Rig({ name: 'five', tier: 'tier5', regions: ['us-west-2'], load: { dailyUsers: 100_000 } }, true), work: comesAndGoes },
};

describe('hashicorp/aws 5.100.0 on moto and our patches', () => {
  const rigs: Rig[] = [];
  const begun = new Map<string, Promise<void>>();

  /** All of them begin with the first test; each test then waits for its own. */
  function begin(): void {
    for (const [name, { rig: make, work }] of Object.entries(runs)) {
      const rig = make();
      rigs.push(rig);
      const promise = work(rig);
      promise.catch(() => undefined);
      begun.set(name, promise);
    }
  }

  afterAll(() => rigs.forEach((rig) => rig.stop()));

  for (const name of Object.keys(runs)) {
    withAws(name, async () => {
      if (begun.size === 0) begin();
      await begun.get(name);
    });
  }
});
