import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../../environments/schema';
import { deployedWith, type Layer, type OpenProject, type Project } from '../../cli/project';
import { typedFor } from '../../cli/typed';
import type { LayerRole } from '../../stacks/transition/order';
import { tier as tierNamed } from '../../tiers';
import type { PromotionPhase } from '../../tiers/phase';
import type { TierId } from '../../tiers/tier';
import { needs } from '../support/needs';
import { scratch } from '../support/scratch';
import { writeStack, type StackJson } from '../terraform/stack';
import { lockedStack, type } from './desk';

const terraform = needs('terraform');

/** Two layers of plain Terraform: the second reads the first one's state, as workloads do. */
function twoLayers(disposable = true): { readonly open: OpenProject; readonly state: (name: string) => string } {
  const project = scratch('terrace-layers-');
  const state = (name: string): string => join(project, `${name}.tfstate`);
  const platform: StackJson = {
    ...lockedStack({ tier: 'tier3', disposable, resources: { cluster: { input: 'a cluster' } } }),
    output: { cluster: { value: '${terraform_data.cluster.output}' } },
  };
  const workloads: StackJson = {
    ...lockedStack({ tier: 'tier3', disposable, resources: { app: { input: '${data.terraform_remote_state.platform.outputs.cluster}' } } }),
    terraform: { backend: { local: { path: '../../../production-workloads.tfstate' } } },
    data: { terraform_remote_state: { platform: { backend: 'local', config: { path: '../../../production.tfstate' } } } },
  };
  const layer = (id: string, json: StackJson) => ({ id, directory: writeStack(json, { project, tier: id }), json });
  const stack = { ...layer('tier3', platform), tier: tierNamed('tier3'), layers: [layer('tier3-workloads', workloads)] };
  const environment = {
    name: 'production',
    tier: 'tier3',
    platform: 'digitalocean',
    ...(disposable ? { disposable: 'production' } : {}),
  } as unknown as Environment;
  return {
    state,
    open: (reference) =>
      Promise.resolve({
        folder: project,
        environment,
        file: 'environments/production.yaml',
        typed: typedFor(reference),
        stacks: [stack],
        recorded: stack,
        warnings: [],
        leftOut: [],
      }),
  };
}

const json = (out: string): Record<string, never> => JSON.parse(out) as Record<string, never>;

describe('a tier of two layers', () => {
  terraform('is deployed in order and destroyed in the opposite one, by the name of the tier', async () => {
    const { open, state } = twoLayers();
    const before = await type(['diff', 'tier3'], open);
    expect(before.out).toContain('tier3-workloads is planned when tier3 is there: it reads its clusters from that state.');
    const deployed = await type(['deploy', 'tier3', '--auto-approve', '--json'], open);
    expect(deployed.code).toBe(0);
    expect(json(deployed.out)).toMatchObject({
      tier: 'tier3',
      applied: true,
      layers: [
        { tier: 'tier3', applied: true },
        { tier: 'tier3-workloads', applied: true },
      ],
    });
    expect(existsSync(state('production-workloads'))).toBe(true);
    const after = await type(['diff', 'tier3', '--json', '--detailed-exitcode'], open);
    expect({ code: after.code, changed: json(after.out)['changed'] }).toEqual({ code: 0, changed: false });
    const gone = await type(['destroy', 'tier3', '--auto-approve'], open);
    expect(gone.code).toBe(0);
    expect(gone.out.indexOf('Gone: what runs in the clusters of production.')).toBeLessThan(gone.out.indexOf('production is destroyed.'));
    expect(gone.out).toContain('Gone: what runs in the clusters of production.');
    for (const name of ['production', 'production-workloads'])
      expect((JSON.parse(readFileSync(state(name), 'utf8')) as { resources: unknown[] }).resources).toEqual([]);
  });

  terraform('each layer has a name of its own', async () => {
    const { open } = twoLayers();
    await type(['deploy', 'tier3', '--auto-approve'], open);
    const second = await type(['diff', 'tier3-workloads', '--json'], open);
    expect(json(second.out)).toMatchObject({ tier: 'tier3-workloads', changed: false });
    const gone = await type(['destroy', 'tier3-workloads', '--auto-approve'], open);
    expect(gone.out).toContain('Gone: what runs in the clusters of production.');
    expect(gone.out).not.toContain('production is destroyed.');
    // The rest goes too, although the layer above is not there any more.
    expect((await type(['destroy', 'tier3', '--auto-approve'], open)).out).toContain('production is destroyed.');
    expect((await type(['destroy', 'tier3', '--auto-approve'], open)).out).toContain('Nothing to destroy');
  });

  terraform('each layer is asked about, and a no at the second leaves the first as it is', async () => {
    const { open } = twoLayers();
    const half = await type(['deploy', 'tier3'], open, { terminal: true, answers: ['yes', 'no'] });
    expect(half.code).toBe(1);
    expect(half.out).toContain('production is deployed at tier3.');
    const rest = await type(['deploy', 'tier3'], open, { terminal: true, answers: ['yes'] });
    expect(rest).toMatchObject({ code: 0 });
    expect(rest.out).toContain('What runs in the clusters of production is deployed.');
    expect(rest.asked).toHaveLength(1);
  });

  terraform('a protected one refuses before anything is gone', async () => {
    const { open, state } = twoLayers(false);
    await type(['deploy', 'tier3', '--auto-approve'], open);
    const before = ['production', 'production-workloads'].map((name) => readFileSync(state(name), 'utf8'));
    const refused = await type(['destroy', 'tier3', '--auto-approve'], open);
    expect(refused.code).toBe(1);
    expect(['production', 'production-workloads'].map((name) => readFileSync(state(name), 'utf8'))).toEqual(before);
  });
});

/** The same while a promotion lasts, with everything taken out of the second layer. */
function emptied(open: OpenProject, phase: PromotionPhase, role: LayerRole): OpenProject {
  return async (...given) => {
    const project = await open(...given);
    const [layer] = project.recorded.layers ?? [];
    const { resource: _resource, ...json } = layer?.json ?? {};
    writeFileSync(join(layer?.directory ?? '', 'cdk.tf.json'), JSON.stringify(json));
    const stack = { ...project.recorded, layers: [{ ...(layer as Layer), json, role }] };
    const environment = { ...project.environment, promotion: { to: 'tier2' as const, phase } };
    return { ...project, environment, stacks: [stack], recorded: stack };
  };
}

describe('a layer that leaves with its side', () => {
  const leave = (open: OpenProject, phase: PromotionPhase, role: LayerRole) =>
    type(['deploy', 'tier3-workloads', '--auto-approve'], emptied(open, phase, role));

  terraform('loses all that is in it, but not before its phase', async () => {
    const { open, state } = twoLayers(false);
    await type(['deploy', 'tier3', '--auto-approve'], open);
    const held = (): readonly unknown[] =>
      (JSON.parse(readFileSync(state('production-workloads'), 'utf8')) as { resources: { mode: string }[] }).resources.filter(
        ({ mode }) => mode === 'managed',
      );
    const before = held();
    const early = await leave(open, 'soak', 'rests');
    expect([early.code, early.err.match(/\S+ +It would be deleted/g)?.length]).toEqual([1, 2]);
    expect(held()).toEqual(before);
    expect(await leave(open, 'contract', 'leaves')).toMatchObject({ code: 0 });
    expect(held()).toEqual([]);
  });

  terraform('is not asked for what it would read, once nothing of it is there', async () => {
    const { open, state } = twoLayers();
    expect(await leave(open, 'rollback', 'leaves')).toMatchObject({ code: 0 });
    expect(existsSync(state('production'))).toBe(false);
  });
});

test('while a promotion lasts either name means the layers of both tiers, in the order of the phase', () => {
  const stack = (tier: TierId, layers: readonly string[]) => ({
    id: tier,
    tier: tierNamed(tier),
    directory: '',
    json: {},
    layers: layers.map((id) => ({ id, directory: '', json: {} })),
  });
  const stacks = [stack('tier5', ['tier5-workloads']), stack('tier6', ['tier6-google', 'tier6-workloads'])];
  const during = (phase: PromotionPhase, name: string): readonly string[] =>
    deployedWith(
      { stacks, leftOut: [], environment: { tier: 'tier5', promotion: { to: 'tier6', phase } } } as unknown as Project,
      name,
    ).map(({ id }) => id);
  expect(during('expand', 'tier5')).toEqual(['tier5', 'tier5-workloads', 'tier6-google', 'tier6-workloads']);
  expect(during('expand', 'tier6')).toEqual(['tier6', 'tier5-workloads', 'tier6-google', 'tier6-workloads']);
  expect(during('cutover', 'tier5')).toEqual(['tier6-google', 'tier6-workloads', 'tier5', 'tier5-workloads']);
  expect(during('contract', 'tier5')).toEqual(['tier5-workloads', 'tier5', 'tier6-google', 'tier6-workloads']);
  expect(during('rollback', 'tier5')).toEqual(['tier6-workloads', 'tier6-google', 'tier5', 'tier5-workloads']);
  expect(during('expand', 'tier6-google')).toEqual(['tier6-google']);
});
