import { holdsData } from '../../components/component';
import { builtComponents } from '../../stacks/components';
import { componentsNotBuilt } from '../../stacks/errors';
import { platforms } from '../../stacks/platforms';
import { missingKinds } from '../../stacks/platforms/platform';
import { ladder } from '../../tiers';

test('every kind of component is named once, in one order', () => {
  expect(builtComponents().map(({ kind }) => kind)).toEqual(Object.keys(holdsData).sort());
});

test('a pair is there exactly when the platform builds what some tier specifies', () => {
  for (const { kind, platforms: on, except } of builtComponents()) {
    for (const platform of Object.values(platforms)) {
      const specified = ladder.flatMap((tier) =>
        [...tier.components, ...(tier.optional ?? [])]
          .filter((each) => each.kind === kind)
          .map((each) => ({ tier, built: platform.builds(each) })),
      );
      expect({ kind, on: on.includes(platform.id) }).toEqual({ kind, on: specified.some(({ built }) => built) });
      expect(except[platform.id] ?? []).toEqual(
        on.includes(platform.id) ? [...new Set(specified.filter(({ built }) => !built).map(({ tier }) => tier.id))] : [],
      );
    }
  }
});

test('a tier that needs a missing pair is left out, with the platforms that have it', () => {
  for (const platform of Object.values(platforms)) {
    for (const tier of ladder) {
      const missing = missingKinds(platform, tier);
      const error = componentsNotBuilt(
        tier.id,
        platform.id,
        missing.map((kind) => ({ kind, builtOn: ['aws'] })),
      );
      expect(error.message.endsWith(missing.length === 0 ? 'has them.' : `Built on aws: ${missing.join(', ')}.`)).toBe(true);
    }
  }
  expect(componentsNotBuilt('tier6', 'digitalocean', [{ kind: 'edge-compute', builtOn: ['aws'] }])).toEqual({
    code: 'PLATFORM_COMPONENT_MISSING',
    message: 'component edge-compute is not built on digitalocean as tier6 has it. Built on aws: edge-compute.',
    where: 'tier6',
  });
});
