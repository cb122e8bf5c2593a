import { model } from '../../catalog/models';
import { cardSlots } from '../../catalog/models/slots';
import { tier } from '../../tiers';
import { sampleEnvironment } from '../support/environments';
import { resources, synthesized } from '../support/project';
import { scratch } from '../support/scratch';
import { layers } from './workloads/fixture';

/** The slots of a tier's pool, as capacity counts them. */
function counted(id: 'tier4' | 'tier5' | 'tier6'): number {
  const pool = tier(id).components.find((each) => each.kind === 'gpu-pool');
  return pool === undefined ? 0 : cardSlots(model(pool.models[0] ?? ''), pool.gpuMemoryGb);
}

/** What a server of llama.cpp is told of its slots, in each place where one is told. */
function told(text: string): readonly string[] {
  return [...text.matchAll(/"--(parallel|ctx-size)",\s*"(\d+)"/g)].map(([, option, value]) => `${option} ${value}`);
}

test.each([
  ['digitalocean', { tier: 'tier4' }],
  ['aws', { tier: 'tier4', platform: 'aws', region: 'us-east-1' }],
] as const)('servers with cards of tier 4 on %s are told the slots that capacity counts', (_platform, overrides) => {
  const texts = Object.entries(resources(synthesized(overrides)))
    .filter(([address]) => address.includes('inference'))
    .map(([, { content }]) => String(content ?? '').replaceAll('\\"', '"'));
  expect(counted('tier4')).toBe(55);
  expect([...new Set(texts.flatMap(told))].sort()).toEqual(['ctx-size 225280', 'parallel 55']);
});

test.each([
  ['tier5', { tier: 'tier5' }],
  ['tier5', { tier: 'tier5', platform: 'aws', region: 'us-east-1', regions: ['us-west-2'] }],
  ['tier6', { tier: 'tier6', platform: 'aws', region: 'us-east-1', regions: ['us-west-2'] }],
] as const)('pods with cards of %s are told the slots that capacity counts', (id, overrides) => {
  const { resource } = layers(scratch(), sampleEnvironment(overrides), { tier: tier(id) }).json;
  expect(counted(id)).toBe(64);
  expect(told(JSON.stringify(resource['kubernetes_stateful_set_v1']))).toEqual([
    'parallel 64',
    'ctx-size 262144',
    'parallel 64',
    'ctx-size 262144',
  ]);
});

test('pods on CPUs answer four requests at once', () => {
  const gpu = { spot: false, otherwise: 'cpu' } as const;
  const { resource } = layers(scratch(), sampleEnvironment({ tier: 'tier5', region: 'tor1', regions: ['fra1'], gpu })).json;
  const sets = Object.entries(resource['kubernetes_stateful_set_v1'] ?? {}).map(([name, set]) => [name, told(JSON.stringify(set))]);
  expect(sets).toEqual([
    ['inference_fra1_pods_stateful_set', ['parallel 4', 'ctx-size 16384']],
    ['inference_tor1_pods_stateful_set', ['parallel 64', 'ctx-size 262144']],
  ]);
});
