import { checkLoad, capacityOf, plantOf, type CapacityReport, type LoadInput, type Plant } from '../../../analysis/capacity';
import { graphFromSynthesis, type CdkTfJson } from '../../../analysis/graph';
import { synthesized } from '../../support/project';

/** Tiers that can be built on DigitalOcean. */
export const builtTiers = ['tier1', 'tier2', 'tier3', 'tier4', 'tier5'] as const;

/** The plant of a tier, from its own synthesis. */
export function plantFor(tier: (typeof builtTiers)[number]): Plant {
  const { recorded } = synthesized({ tier });
  return plantOf(recorded.tier, graphFromSynthesis(recorded.json as CdkTfJson));
}

export function report(plant: Plant, input: LoadInput): CapacityReport {
  return capacityOf(plant, checkLoad(input));
}

/** `app vCPU 0.4167/8` for every limit. */
export function uses({ components }: CapacityReport): readonly string[] {
  return components.flatMap(({ id, limits }) =>
    limits.map(
      ({ name, used, capacity, unit }) =>
        `${id}: ${name} ${Number(used.toPrecision(4))}/${capacity === undefined ? '?' : Number(capacity.toPrecision(4))} ${unit}`,
    ),
  );
}
