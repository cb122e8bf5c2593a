import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../../../environments/schema';
import { layerLock, pairOf, sidesOf, type Stage, transition } from '../../../stacks/transition';
import { tier as tierNamed } from '../../../tiers';
import { promotionPhases, type PromotionPhase } from '../../../tiers/phase';
import type { TierId } from '../../../tiers/tier';
import { synthesized } from '../../support/project';
import { keptEnvironment } from '../../support/sandbox';
import { scratch } from '../../support/scratch';
import { inPhase } from './support';

const at = (tier: TierId): Environment =>
  keptEnvironment({
    tier,
    platform: 'aws',
    region: 'us-east-1',
    regions: ['us-west-2', 'eu-west-1'],
    gpu: { spot: false, otherwise: 'cpu' },
  });

/** The layer of what runs in the clusters of a tier, as text. */
function layer(environment: Environment, tier: TierId): string {
  const found = synthesized(environment)
    .tiers.find(({ id }) => id === tier)
    ?.layers.find(({ id }) => id.endsWith('-workloads'));
  const { '//': _notes, ...json } = JSON.parse(readFileSync(join(found?.directory ?? '', 'cdk.tf.json'), 'utf8')) as Record<
    string,
    unknown
  >;
  return JSON.stringify(json);
}

const refusal = (environment: Environment, tier: TierId): string | undefined =>
  /being promoted from tier\d to tier\d, in phase (\w+: [^."]*)/.exec(layer(environment, tier))?.[1];

test('on the way down what runs in the clusters plans the same in every phase as without a promotion, until they go', () => {
  const environment = at('tier5');
  const alone = layer(environment, 'tier5');
  expect(alone).not.toContain('being promoted');
  expect(layer(inPhase(environment, 'tier4', 'cutover'), 'tier5')).toBe(alone);
  expect(refusal(inPhase(environment, 'tier4', 'contract'), 'tier5')).toBe(
    'contract: its clusters go in this phase, and what runs in them with it',
  );
});

test('what it reads of the platform does not change before its clusters go', () => {
  const environment = at('tier5');
  const sides = sidesOf(environment, pairOf(environment, { to: 'tier4' }), scratch());
  const outputs = (stage: Stage) => transition(sides, stage).json['output'] as Record<string, unknown>;
  const own = sides.old['output'] as Record<string, unknown>;
  expect(Object.keys(own)).toEqual(expect.arrayContaining(['clusters', 'shards', 'cache', 'credential_secrets']));
  for (const stage of ['expanded', 'resized', 'switched'] as const)
    for (const name of ['clusters', 'shards', 'credential_secrets']) expect(outputs(stage)[name]).toEqual(own[name]);
});

test('on the way up it is deployed into the new clusters as the target tier has it, and stays out of the way back', () => {
  const environment = at('tier4');
  const { target } = pairOf(environment, { to: 'tier5' });
  const there = layer(target, 'tier5');
  expect(layer(inPhase(environment, 'tier5', 'migrate'), 'tier5')).toBe(there);
});

test('between two tiers with clusters it refuses', () => {
  expect(refusal(inPhase(at('tier5'), 'tier6', 'expand'), 'tier6')).toBe(
    'expand: both tiers have clusters, and the state of what runs in them can hold only those of one',
  );
});

test.each<readonly [TierId, TierId, readonly PromotionPhase[]]>([
  ['tier3', 'tier4', []],
  ['tier4', 'tier5', ['rollback']],
  ['tier5', 'tier4', ['contract']],
  ['tier5', 'tier6', promotionPhases],
  ['tier6', 'tier5', promotionPhases],
])('from %s to %s it is refused in %j', (from, to, refused) => {
  expect(
    promotionPhases.filter((phase) => layerLock({ from: tierNamed(from), to: tierNamed(to) }, phase, 'sample', to) !== undefined),
  ).toEqual(refused);
});
