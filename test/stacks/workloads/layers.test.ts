import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { teardown } from '../../../stacks/workloads/teardown';
import { startStandin, type Standin } from '../../../terraform/standin/server';
import { tier5 } from '../../../tiers/deadlock-coach/tier5';
import { needs } from '../../support/needs';
import { surroundings } from '../../support/on-standin';
import { scratch } from '../../support/scratch';
import { rarely } from '../../support/soak';
import { layers, twoRegions, withPipeline, type Layers } from './fixture';

const terraform = needs('terraform');
// Dozens of objects in several runs of Terraform: minutes on a busy machine.
jest.setTimeout(300_000);
let standin: Standin;

beforeAll(async () => {
  standin = await startStandin({ state: join(scratch(), 'objects.json'), providers: ['kubernetes', 'helm'] });
});
afterAll(() => standin.stop());

interface Ran {
  readonly code: number;
  readonly out: string;
}

function run(directory: string, ...args: readonly string[]): Promise<Ran> {
  const env = surroundings(directory, standin);
  return new Promise((done) => {
    execFile('terraform', [...args, '-no-color'], { cwd: directory, env, maxBuffer: 1 << 28 }, (error, stdout, stderr) =>
      done({ code: error === null ? 0 : Number(error.code), out: stdout + stderr }),
    );
  });
}

async function must(directory: string, ...args: readonly string[]): Promise<string> {
  const { code, out } = await run(directory, ...args);
  if (code !== 0) throw new Error(`terraform ${args.join(' ')} ended with ${code}:\n${out.slice(-4000)}`);
  return out;
}

/** Both layers, initialized, the platform's outputs in its state. */
async function ready(...given: Parameters<typeof layers>): Promise<Layers> {
  const made = layers(...given);
  await must(made.platform, 'init', '-input=false');
  await must(made.platform, 'apply', '-auto-approve');
  await must(made.workloads, 'init', '-input=false');
  return made;
}

/** Takes the workloads down, and holds what Terraform did against the order that we say. */
async function takenDown(made: Layers): Promise<void> {
  const gone = destroyed(await must(made.workloads, 'destroy', '-auto-approve'));
  const [first] = teardown({ id: 'tier5', json: {}, layers: [{ id: 'tier5-workloads', json: made.json as never }] }).stacks;
  expect([...gone.finished].sort()).toEqual((first?.turns ?? []).flat().sort());
  expect(tooEarly(made.json as never, gone)).toEqual([]);
}

describe('the layers of a tier, on the stand-in', () => {
  // Both are applied beside their own platforms too: second-cloud.test.ts.
  for (const cloud of ['aws', 'google'] as const) {
    rarely(terraform)(
      `${cloud}: workloads are applied after the platform, need nothing more, and go in the order of the teardown`,
      async () => {
        const made = await ready(scratch(), twoRegions(cloud), { tier: withPipeline });
        expect(await must(made.workloads, 'apply', '-auto-approve')).toContain('0 changed, 0 destroyed');
        expect(await must(made.workloads, 'plan', '-detailed-exitcode')).toContain('No changes.');
        await takenDown(made);
      },
    );
  }

  describe('digitalocean', () => {
    const project = scratch();
    const environment = twoRegions('digitalocean');
    let made: Layers;

    terraform('workloads are applied after the platform, and need nothing more', async () => {
      made = await ready(project, environment);
      await must(made.workloads, 'validate');
      expect(await must(made.workloads, 'apply', '-auto-approve')).toContain('97 added, 0 changed, 0 destroyed');
      expect(await must(made.workloads, 'plan', '-detailed-exitcode')).toContain('No changes.');
    });

    terraform('an image changes the app in both clusters and nothing else', async () => {
      layers(project, { ...environment, app: { ...environment.app, image: 'ghcr.io/example/deadlock-coach:1.5.0' } });
      expect(planned(await must(made.workloads, 'plan'))).toEqual([
        'kubernetes_deployment_v1.app_fra1_pods_deployment will be updated in-place',
        'kubernetes_deployment_v1.app_nyc3_pods_deployment will be updated in-place',
      ]);
    });

    terraform('the stack of another tier refuses, on deploy and on destroy', async () => {
      layers(project, environment, { lock: { environment: 'sample', recorded: 'tier4', tier: 'tier5' } });
      for (const command of ['apply', 'destroy']) {
        const { code, out } = await run(made.workloads, command, '-auto-approve');
        expect({ command, code }).toEqual({ command, code: 1 });
        expect(out.replaceAll(/[\s│]+/g, ' ')).toContain('Environment sample is at tier4; this stack is tier5.');
      }
    });

    terraform('they go in the order of the teardown', async () => {
      layers(project, environment);
      await takenDown(made);
    });
  });

  terraform('workloads alone have no platform to read, and say so before anything is made', async () => {
    const { workloads } = layers(scratch(), twoRegions('digitalocean'));
    await must(workloads, 'init', '-input=false');
    expect((await run(workloads, 'apply', '-auto-approve')).out).toContain('Unable to find remote state');
  });
});

describe('the manifest', () => {
  test('has the workloads depend on the platform, so that cdktf deploys both in order', () => {
    const project = scratch();
    layers(project, twoRegions('digitalocean'));
    const { stacks } = JSON.parse(readFileSync(join(project, 'cdktf.out', 'manifest.json'), 'utf8')) as {
      stacks: Record<string, { dependencies: string[] }>;
    };
    expect(stacks['tier5-workloads']?.dependencies).toEqual(['tier5']);
    expect(stacks['tier5']?.dependencies).toEqual([]);
  });
});

describe('the teardown', () => {
  const stacks = () => {
    const { json } = layers(scratch(), twoRegions('google'));
    return teardown({
      id: tier5.id,
      json: { resource: { google_container_cluster: { a: {} } } },
      layers: [{ id: 'tier5-workloads', json: json as never }],
    }).stacks;
  };

  test('takes the workloads first, and names what a cloud keeps for them', () => {
    const [workloads, platform] = stacks();
    expect([workloads?.stack, platform?.stack]).toEqual(['tier5-workloads', 'tier5']);
    expect(platform?.turns).toEqual([['google_container_cluster.a']]);
    expect(workloads?.cloudObjects.filter(({ address }) => address.includes('europe-west3'))).toEqual([
      { address: 'helm_release.load-balancer_europe-west3_controller', leaves: 'load balancer' },
      { address: 'helm_release.monitoring_europe-west3_loki', leaves: 'volumes' },
      { address: 'helm_release.monitoring_europe-west3_prometheus', leaves: 'volumes' },
      { address: 'helm_release.monitoring_europe-west3_tempo', leaves: 'volumes' },
      { address: 'kubernetes_stateful_set_v1.inference_europe-west3_pods_stateful_set', leaves: 'volumes' },
    ]);
  });

  test('takes namespaces last, after everything in them', () => {
    const last = stacks()[0]?.turns.at(-1) ?? [];
    expect(
      last.filter(
        (address) =>
          !address.startsWith('kubernetes_namespace_v1') &&
          !address.startsWith('terraform_data') &&
          !address.startsWith('kubernetes_storage_class'),
      ),
    ).toEqual([]);
    expect(last.filter((address) => address.startsWith('kubernetes_namespace_v1'))).toHaveLength(12);
  });
});

interface Destroyed {
  readonly started: readonly string[];
  readonly finished: readonly string[];
  readonly lines: readonly string[];
}

function destroyed(out: string): Destroyed {
  const lines = out.split('\n');
  const of = (pattern: RegExp): string[] => lines.flatMap((line) => pattern.exec(line)?.[1] ?? []);
  return { started: of(/^(\S+): Destroying\.\.\./), finished: of(/^(\S+): Destruction complete/), lines };
}

/** What began to go before something that refers to it was gone. */
function tooEarly(json: { resource: Record<string, Record<string, unknown>> }, { lines }: Destroyed): string[] {
  const place = (address: string, what: string): number => lines.findIndex((line) => line.startsWith(`${address}: ${what}`));
  return Object.entries(json.resource).flatMap(([type, named]) =>
    Object.entries(named).flatMap(([name, block]) => {
      const own = `${type}.${name}`;
      const used = [...new Set(JSON.stringify(block).match(/(?:kubernetes|helm)_[a-z0-9_]+\.[A-Za-z0-9_-]+/g) ?? [])].filter(
        (address) => address !== own && place(address, 'Destroying') >= 0,
      );
      return used
        .filter((address) => place(address, 'Destroying') < place(own, 'Destruction complete'))
        .map((address) => `${address} before ${own}`);
    }),
  );
}

function planned(out: string): string[] {
  return out
    .split('\n')
    .flatMap((line) => /^ {2}# (.*)$/.exec(line)?.[1] ?? [])
    .sort();
}
