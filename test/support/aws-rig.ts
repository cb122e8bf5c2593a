import { join } from 'node:path';
import type { Environment } from '../../environments/schema';
import { needsAws } from './aws-emulator';
import { openStack, type AwsStack } from './aws-stack';
import { synthesized } from './project';
import { scratch } from './scratch';

/** What a pipeline gives. None of them is a secret. */
const variables = {
  TF_VAR_secret_session_key: 'a-session-key',
  TF_VAR_database_password: 'a-database-password',
  TF_VAR_cache_password: 'a-cache-password-1',
  TF_VAR_google_project: 'example',
};

/** The app that runs in a rig. */
export const app: Environment['app'] = {
  image: 'ghcr.io/example/deadlock-coach:1.4.2',
  port: 8080,
  healthPath: '/healthz',
  settings: { LOG_LEVEL: 'info' },
  secrets: ['SESSION_KEY'],
};

/** A run in which all went well. */
export const done = { code: 0, said: '' };

/** An environment at a tier on AWS, in a folder of its own. */
export class Rig {
  readonly project = scratch('terrace-aws-');
  private stack: AwsStack | undefined;

  constructor(private readonly environment: Partial<Environment> & Pick<Environment, 'name' | 'tier'>) {}

  /** Synthesizes it, with changes, and opens its stack at the first time. */
  async synthesized(changes: Partial<Environment> = {}): Promise<AwsStack> {
    const { recorded } = synthesized({ ...environmentOf(this.environment), ...changes }, this.project);
    this.stack ??= await openStack({ folder: join(this.project, 'logs'), directory: recorded.directory, variables });
    return this.stack;
  }

  async stop(): Promise<void> {
    await this.stack?.stop();
  }
}

function environmentOf(own: Partial<Environment> & Pick<Environment, 'name'>): Partial<Environment> {
  return {
    platform: 'aws',
    region: 'us-east-1',
    domain: `${own.name}.coach.example`,
    app,
    alerts: { emails: ['ops@example.com'] },
    budget: { monthly: '900' },
    state: { backend: 'local', path: `.terrace/state/${own.name}.tfstate` },
    disposable: own.name,
    ...own,
  };
}

/** Deployed, nothing left to change, destroyed, and no call that the emulator does not know. */
export async function comesAndGoes(rig: Rig): Promise<void> {
  const stack = await rig.synthesized();
  expect(await stack.init()).toMatchObject(done);
  expect(await stack.apply()).toMatchObject(done);
  expect(await stack.replan()).toMatchObject(done);
  expect(await stack.destroy()).toMatchObject(done);
  expect(stack.emulator.gaps()).toEqual([]);
}

/** Kept at first: it refuses to go. Made disposable and deployed once more, it goes. */
export async function givesUpItsProtection(rig: Rig): Promise<void> {
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

/** What a rig goes through. */
export interface Journey {
  readonly rig: () => Rig;
  readonly work: (rig: Rig) => Promise<void>;
}

/** Tests for journeys that run side by side, because most of their time is spent waiting. What `-t` leaves out does not begin. */
export function sideBySide(journeys: Readonly<Record<string, Journey>>): void {
  const withAws = needsAws();
  const rigs: Rig[] = [];
  // After a test ran out of time too.
  afterAll(async () => Promise.all(rigs.map(async (rig) => rig.stop())));
  for (const [name, { rig: make, work }] of Object.entries(journeys)) {
    withAws.concurrent(name, async () => {
      const rig = make();
      rigs.push(rig);
      await work(rig);
    });
  }
}
