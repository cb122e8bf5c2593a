import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { typedFor } from '../../../cli/typed';
import type { Environment } from '../../../environments/schema';
import { synthesize } from '../../../stacks/synthesize';
import { startStandin, type Standin } from '../../../terraform/standin/server';
import { type Outcome, type } from '../../cli/desk';
import { sampleEnvironment } from '../../support/environments';
import { needs } from '../../support/needs';
import { surroundings } from '../../support/on-standin';
import { scratch } from '../../support/scratch';

const terraform = needs('terraform');
// Hundreds of objects in several runs of Terraform: minutes on a busy machine.
jest.setTimeout(600_000);

const at = (own: Partial<Environment>): Environment => sampleEnvironment({ tier: 'tier5', region: 'tor1', regions: ['ams3'], ...own });

describe('a region is left in two deploys, over both layers on the stand-in', () => {
  const project = scratch();
  let standin: Standin;
  beforeAll(async () => {
    standin = await startStandin({ state: join(scratch(), 'objects.json'), providers: ['digitalocean', 'kubernetes', 'helm', 'random'] });
  });
  afterAll(() => standin.stop());

  /** What `terrace` says at an environment whose file is as given. */
  function typed(environment: Environment, ...args: readonly string[]): Promise<Outcome> {
    const { tiers, recorded } = synthesize(environment, { project, recordedOnly: true });
    const file = 'environments/sample.yaml';
    const opened = { folder: project, environment, file, typed: typedFor(undefined), stacks: tiers, recorded, warnings: [], leftOut: [] };
    return type(args, () => Promise.resolve(opened), { env: surroundings(project, standin) });
  }

  /** What Terraform says to one layer of an environment, initialized. */
  async function say(environment: Environment, layer: 'platform' | 'workloads', ...args: readonly string[]) {
    const { recorded } = synthesize(environment, { project, recordedOnly: true });
    const directory = layer === 'platform' ? recorded.directory : (recorded.layers[0]?.directory ?? '');
    const run = (...given: readonly string[]) =>
      new Promise<{ readonly code: number; readonly out: string }>((done) => {
        execFile(
          'terraform',
          [...given, '-no-color'],
          { cwd: directory, env: surroundings(directory, standin), maxBuffer: 1 << 28 },
          (error, stdout, stderr) => done({ code: error === null ? 0 : Number(error.code), out: stdout + stderr }),
        );
      });
    await run('init', '-input=false');
    return run(...args);
  }

  async function deployed(environment: Environment) {
    const [platform, workloads] = [
      await say(environment, 'platform', 'apply', '-auto-approve'),
      await say(environment, 'workloads', 'apply', '-auto-approve'),
    ];
    for (const { out } of [platform, workloads]) expect(out).toContain('Apply complete!');
    return { platform: done(platform.out), workloads: done(workloads.out) };
  }

  terraform('and not in one', async () => {
    const first = await deployed(at({}));
    const there = first.workloads.made.filter((address) => address.includes('_ams3'));

    // Whoever leaves out the first of the two would take the cluster before its pods.
    const gone = at({ regions: ['nyc2'], leavingRegions: ['ams3'] });
    const skipped = await say(gone, 'platform', 'plan');
    expect(skipped.code).toBe(1);
    expect(skipped.out.replaceAll(/[\s│]+/g, ' ')).toContain(
      'Resource terraform_data.recorded_workloads_ams3["ams3"] has lifecycle.prevent_destroy set',
    );

    // Nor does it do to apply the first to the platform alone, whose record goes with it.
    const emptying = at({ leavingRegions: ['ams3'] });
    expect(done((await say(emptying, 'platform', 'apply', '-auto-approve')).out)).toEqual({
      made: [],
      changed: ['digitalocean_loadbalancer.load-balancer_global'],
      destroyed: ['terraform_data.recorded_workloads_ams3["ams3"]'],
    });
    for (const args of [
      ['deploy', 'tier5', '--auto-approve'],
      ['diff', 'tier5'],
    ]) {
      const { code, err } = await typed(gone, ...args);
      expect([code, err]).toEqual([
        1,
        expect.stringMatching(/sample\.yaml leaves ams3, where pods of sample still run .*: \S+_ams3_\S+, .* and \d+ more\./),
      ]);
    }

    const emptied = await deployed(emptying);
    expect(emptied.workloads).toEqual({ made: [], changed: [], destroyed: there });
    expect(emptied.platform).toEqual({ made: [], changed: [], destroyed: [] });
    // What runs in a cluster cannot be planned before the cluster is there.
    expect(await typed(gone, 'diff', 'tier5')).toMatchObject({
      code: 0,
      out: expect.stringContaining('tier5-workloads is planned when tier5 is there') as string,
    });

    const left = await deployed(gone);
    expect(left.platform.destroyed).toContain('digitalocean_kubernetes_cluster.cluster_g1_ams3');
    expect(left.workloads.destroyed).toEqual([]);
    expect(left.workloads.made).toEqual(there.map((address) => address.replace('_ams3', '_nyc2')));
    for (const layer of ['platform', 'workloads'] as const)
      expect((await say(gone, layer, 'plan', '-detailed-exitcode')).out).toContain('No changes.');
  });
});

/** Addresses by what was done to them. */
function done(out: string) {
  const of = (pattern: RegExp): readonly string[] =>
    out
      .split('\n')
      .flatMap((line) => pattern.exec(line)?.[1] ?? [])
      .sort();
  return {
    made: of(/^(\S+): Creation complete/),
    changed: of(/^(\S+): Modifications complete/),
    destroyed: of(/^(\S+): Destruction complete/),
  };
}
