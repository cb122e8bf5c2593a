import type { ComponentKind } from '../components/component';
import { componentTitle } from '../components/title';
import type { Tier } from '../tiers/tier';

/** A component of a tier, with what it becomes in one line. */
export interface DescribedComponent {
  readonly id: string;
  readonly kind: ComponentKind;
  readonly title: string;
}

/** The components of a tier as a person reads them, in the tier's order. */
export function describeComponents(tier: Tier): DescribedComponent[] {
  return tier.components.map((component) => ({ id: component.id, kind: component.kind, title: componentTitle(component) }));
}
