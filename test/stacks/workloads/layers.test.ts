import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { teardown } from '../../../stacks/workloads/teardown';
import { tier5 } from '../../../tiers/deadlock-coach/tier5';
import { needs } from '../../support/needs';
import { scratch } from '../../support/scratch';
import { rarely } from '../../support/soak';
import { layers, twoRegions, withPipeline, type Layers } from './fixture';
import { onStandin } from './running';

const terraform = needs('terraform');
// Dozens of objects in several runs of Terraform: minutes on a busy machine.
jest.setTimeout(300_000);
const { run, must, ready, takenDown, planned } = onStandin();

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
