import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../../../environments/schema';
import { App } from 'cdktf';
import type { CdkTfJson } from '../../../analysis/graph';
import { deployedWith, layerName, type Project } from '../../../cli/project';
import { addLayers } from '../../../stacks/layers';
import { synthesize } from '../../../stacks/synthesize';
import { TierStack } from '../../../stacks/tier-stack';
import { deployOrder, type LayerRole, pairOf, roles, sidesOf, type Stage, stageOf, transition } from '../../../stacks/transition';
import { promotionPhases, type PromotionPhase } from '../../../tiers/phase';
import type { Tier, TierId } from '../../../tiers/tier';
import { keptEnvironment } from '../../support/sandbox';
import { scratch } from '../../support/scratch';
import { inPhase } from './support';

const at = (tier: TierId, overrides: Partial<Environment> = {}): Environment =>
  keptEnvironment({
    tier,
    platform: 'aws',
    region: 'us-east-1',
    regions: ['us-west-2', 'eu-west-1'],
    gpu: { spot: false, otherwise: 'cpu' },
    ...overrides,
  });

type Json = Readonly<Record<string, Record<string, Record<string, Record<string, unknown>>>>>;

/** Further layers by name, as text where they are compared as a whole. */
type Layers = Readonly<Record<string, CdkTfJson>>;

/** Further layers of a tier alone, as they are to a promotion. */
function layersOf(environment: Environment, tier: Tier, role: LayerRole, mark?: string): Layers {
  const app = new App({ outdir: scratch() });
  addLayers(
    app,
    environment,
    tier,
    { role, mark },
    new TierStack(app, tier.id, { lock: undefined, recorded: { tier: tier.id, disposable: false } }),
  );
  const stacks = app.node.children.filter((each): each is TierStack => each instanceof TierStack && each.node.id !== tier.id);
  return Object.fromEntries(stacks.map((stack) => [stack.node.id, written(stack)]));
}

function written(stack: TierStack): CdkTfJson {
  stack.prepareStack();
  return JSON.parse(JSON.stringify({ ...stack.toTerraform(), '//': undefined })) as CdkTfJson;
}

/** Both tiers' further layers in a phase, as they are written. */
function during(
  environment: Environment,
  to: TierId,
  phase: PromotionPhase,
  more?: Partial<NonNullable<Environment['promotion']>>,
): Layers {
  const { tiers } = synthesize(inPhase(environment, to, phase, more), { project: scratch(), recordedOnly: true });
  return Object.fromEntries(
    tiers
      .filter(({ id }) => id === to || id === environment.tier)
      .flatMap(({ layers, arriving = [] }) => [...layers, ...arriving].map(({ id, json }) => [id, without('//', json)] as const)),
  );
}

function without(key: string, json: Readonly<Record<string, unknown>>): CdkTfJson {
  return Object.fromEntries(Object.entries(json).filter(([each]) => each !== key)) as CdkTfJson;
}

/** Kinds of blocks that say that something is there. */
const things = (layer: CdkTfJson | undefined): readonly string[] =>
  ['resource', 'locals', 'output'].filter((block) => layer !== undefined && block in layer);

const stateOf = (layer: CdkTfJson | undefined): string | undefined => /[\w-]+\.tfstate/.exec(JSON.stringify(layer?.['terraform']))?.[0];

describe('from tier 5 to tier 6, whose clusters are others', () => {
  const environment = at('tier5');
  const { from, to, target } = pairOf(environment, { to: 'tier6' });
  const alone = layersOf(environment, from, 'serves');
  const [waiting, serving] = [layersOf(target, to, 'waits'), layersOf(target, to, 'serves')];

  test('clusters stand beside each other, and what runs in them in states of their own', () => {
    expect(target.generations).toEqual({ app: 2, cache: 2, cluster: 2, inference: 2 });
    expect(Object.entries({ ...alone, ...waiting }).map(([id, layer]) => [id, stateOf(layer)])).toEqual([
      ['tier5-workloads', 'sample-workloads.tfstate'],
      ['tier6-google', 'sample-google-g2.tfstate'],
      ['tier6-workloads', 'sample-workloads-g2.tfstate'],
    ]);
  });

  test('the old layer is written as without a promotion, and emptied in contract; the new one as what it is to the phase', () => {
    expect(during(environment, 'tier6', 'expand')).toEqual({ ...alone, ...waiting });
    const { 'tier5-workloads': old, ...next } = during(environment, 'tier6', 'contract');
    expect([things(old), next]).toEqual([[], serving]);
  });

  test('before the cutover three things differ: nobody waits for the app, the second cloud and its records are not protected, and get no request', () => {
    expect(differences(waiting['tier6-google'], serving['tier6-google'])).toEqual([
      'google_container_cluster.cluster_us-east4 deletion_protection false true',
      'google_container_cluster.cluster_us-east4 lifecycle undefined {"prevent_destroy":true}',
      'google_logging_project_bucket_config.audit lifecycle undefined {"prevent_destroy":true}',
    ]);
    const pool = (cloud: string): string => `"\${cloudflare_load_balancer_pool.load-balancer_split_${cloud}.id}"`;
    expect(differences(waiting['tier6-workloads'], serving['tier6-workloads'])).toEqual([
      `cloudflare_load_balancer.load-balancer_split default_pools [${pool('aws')}] [${pool('aws')},${pool('google')}]`,
      ...['us-east-1', 'us-east4', 'us-west-2'].map(
        (region) => `kubernetes_deployment_v1.app_${region}_pods_deployment wait_for_rollout false undefined`,
      ),
    ]);
  });

  test('each layer is told by the platform all that it asks for, for as long as both stand', () => {
    const sides = sidesOf(environment, pairOf(environment, { to: 'tier6' }), scratch());
    const asked = (layer: CdkTfJson | undefined): readonly string[] => [
      ...new Set([...JSON.stringify(layer).matchAll(/terraform_remote_state\.platform\.outputs\.(\w+)/g)].map(([, name]) => name ?? '')),
    ];
    const told = (stage: Stage): readonly string[] => Object.keys(transition(sides, stage).json['output'] as object);
    const [old, next] = [asked(alone['tier5-workloads']), asked(serving['tier6-workloads'])];
    expect(old).toEqual(expect.arrayContaining(['clusters', 'shards', 'cache', 'credential_secrets']));
    expect(next).toEqual(expect.arrayContaining(['g2_clusters', 'g2_shards', 'g2_cache', 'g2_credential_secrets', 'g2_entry']));
    for (const stage of ['expanded', 'resized', 'switched'] as const)
      expect(told(stage)).toEqual(expect.arrayContaining([...old, ...next]));
    expect(told('contracted')).toEqual(expect.arrayContaining([...next]));
    expect(told('returned')).toEqual(expect.arrayContaining([...old]));
    expect(told('contracted')).not.toContain('clusters');
    // Each generation's clusters reach the cache of their own, and both the shards that are kept.
    const { aws_vpc_security_group_ingress_rule: rules = {} } = transition(sides, 'expanded').json['resource'] as Json[string];
    expect(Object.keys(rules)).toEqual(
      expect.arrayContaining([
        'cache_g1_firewall_cluster_g1',
        'cache_g2_firewall_cluster_g2',
        'database_g1_shard_1_firewall_cluster_g1',
        'database_g1_shard_1_firewall_cluster_g2',
      ]),
    );
  });
});

function differences(one: CdkTfJson | undefined, other: CdkTfJson | undefined): readonly string[] {
  const [before, after] = [one, other].map((layer) => layer?.['resource'] as Json[string] | undefined);
  return Object.entries(before ?? {})
    .flatMap(([type, named]) =>
      Object.entries(named).flatMap(([name, body]) => {
        const next = after?.[type]?.[name] ?? {};
        return [...new Set([...Object.keys(body), ...Object.keys(next)])]
          .filter((key) => JSON.stringify(body[key]) !== JSON.stringify(next[key]))
          .map((key) => `${type}.${name} ${key} ${JSON.stringify(body[key])} ${JSON.stringify(next[key])}`);
      }),
    )
    .sort();
}

test('from tier 6 to tier 5 the second cloud gets no request from the cutover on, and loses its protection before it goes', () => {
  const environment = at('tier6');
  const { from, to, target } = pairOf(environment, { to: 'tier5' });
  const rests = layersOf(environment, from, 'rests');
  expect(differences(layersOf(environment, from, 'serves')['tier6-workloads'], rests['tier6-workloads'])).toEqual([
    'cloudflare_load_balancer.load-balancer_split default_pools ["${cloudflare_load_balancer_pool.load-balancer_split_aws.id}","${cloudflare_load_balancer_pool.load-balancer_split_google.id}"] ["${cloudflare_load_balancer_pool.load-balancer_split_aws.id}"]',
  ]);
  expect(JSON.stringify(rests['tier6-google'])).toContain('"deletion_protection":false');
  expect(Object.values(layersOf(target, to, 'waits')).map(stateOf)).toEqual(['sample-workloads-g2.tfstate']);
});

test('where one of both tiers has clusters, it alone has a layer, which rollback empties', () => {
  expect(Object.entries(during(at('tier4'), 'tier5', 'rollback')).map(([id, layer]) => [id, things(layer)])).toEqual([
    ['tier5-workloads', []],
  ]);
});

test('clusters come before what runs in them, and go after it; requests go to what is there', () => {
  const stacks = { platform: 'platform', old: ['old google', 'old pods'], new: ['google', 'pods'] };
  const order = (stage: Stage): readonly string[] => deployOrder(stage, stacks);
  expect(order('expanded')).toEqual(['platform', 'old google', 'old pods', 'google', 'pods']);
  expect(order('resized')).toEqual(order('expanded'));
  expect(order('switched')).toEqual(['google', 'pods', 'platform', 'old google', 'old pods']);
  expect(order('contracted')).toEqual(['old pods', 'old google', 'platform', 'google', 'pods']);
  expect(order('returned')).toEqual(['pods', 'google', 'platform', 'old google', 'old pods']);
});

test('no layer leaves before contract or rollback', () => {
  const leaving = promotionPhases.flatMap((phase) =>
    Object.entries(roles[stageOf[phase]]).flatMap(([side, role]: [string, LayerRole]) => (role === 'leaves' ? [[phase, side]] : [])),
  );
  expect(leaving).toEqual([
    ['contract', 'old'],
    ['rollback', 'new'],
  ]);
});

describe('to the same tier on another platform', () => {
  const environment = at('tier5', { platform: 'digitalocean', region: 'tor1', regions: ['ams3'] });
  const there = { platform: 'aws', region: 'us-east-1', regions: ['us-west-2'] } as const;
  const { from, to, target } = pairOf(environment, { to: 'tier5', ...there });

  test('the layers that arrive are called after the generation of their clusters too, and are what they are to the phase', () => {
    const old = layersOf(environment, from, 'serves')['tier5-workloads'];
    const arriving = (role: LayerRole) => layersOf(target, to, role, 'g2')['tier5-workloads-g2'];
    const phase = (name: PromotionPhase) => during(environment, 'tier5', name, there);
    const expanded = phase('expand');
    expect(expanded).toEqual({ 'tier5-workloads': old, 'tier5-workloads-g2': arriving('waits') });
    expect(Object.values(expanded).map(stateOf)).toEqual(['sample-workloads.tfstate', 'sample-workloads-g2.tfstate']);
    expect(things(phase('rollback')['tier5-workloads-g2'])).toEqual([]);
  });

  test('at the end they are called after the tier, and keep their state', () => {
    const { tiers } = synthesize(target, { project: scratch(), recordedOnly: true });
    expect(tiers.find(({ id }) => id === 'tier5')?.layers.map(({ id, json }) => [id, stateOf(without('//', json))])).toEqual([
      ['tier5-workloads', 'sample-workloads-g2.tfstate'],
    ]);
  });

  test('both are deployed with their tier, and taken down before their clusters', () => {
    const promoting = inPhase(environment, 'tier5', 'soak', there);
    const { recorded, tiers } = synthesize(promoting, { project: scratch(), recordedOnly: true });
    const { stacks } = JSON.parse(readFileSync(join(recorded.directory, 'teardown.json'), 'utf8')) as {
      readonly stacks: readonly { readonly stack: string }[];
    };
    expect(stacks.map(({ stack }) => stack)).toEqual(['tier5-workloads-g2', 'tier5-workloads', 'tier5']);
    const project = { environment: promoting, stacks: tiers, recorded } as unknown as Project;
    expect(deployedWith(project, 'tier5').map(({ id }) => id)).toEqual(['tier5-workloads-g2', 'tier5', 'tier5-workloads']);
    expect(deployedWith(project, 'tier5-workloads-g2').map(layerName)).toEqual(['what runs in the clusters']);
  });
});
