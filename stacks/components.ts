import { holdsData, type ComponentKind } from '../components/component';
import { ladder } from '../tiers';
import type { PlatformId } from '../tiers/tier';
import { platforms, secondCloud } from './platforms';

/** Where a kind of component is built. */
export interface BuiltComponent {
  readonly kind: ComponentKind;
  /** Platforms that build it as at least one tier specifies it. */
  readonly platforms: readonly PlatformId[];
  /** Tiers whose specification a platform that builds the kind does not build. */
  readonly except: Readonly<Partial<Record<PlatformId, readonly string[]>>>;
}

/** Every kind of component and the platforms that build it, asked of the platforms themselves. */
export function builtComponents(): readonly BuiltComponent[] {
  return (Object.keys(holdsData) as ComponentKind[]).sort().map(builtComponent);
}

function builtComponent(kind: ComponentKind): BuiltComponent {
  const judged = [...Object.values(platforms), secondCloud].map((platform) => {
    const specified = ladder.flatMap((tier) =>
      [...tier.components, ...(tier.optional ?? [])]
        .filter((each) => each.kind === kind)
        .map((each) => ({ tier: tier.id, built: platform.builds(each) })),
    );
    return {
      id: platform.id,
      some: specified.some(({ built }) => built),
      not: [...new Set(specified.filter(({ built }) => !built).map(({ tier }) => tier))],
    };
  });
  const able = judged.filter(({ some }) => some);
  return {
    kind,
    platforms: able.map(({ id }) => id),
    except: Object.fromEntries(able.filter(({ not }) => not.length > 0).map(({ id, not }) => [id, not])),
  };
}
