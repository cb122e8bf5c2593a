import type { Environment } from '../../environments/schema';

/** Every (tier, platform) that is built, and what an environment there needs to say. The one list of golden files. */
export const builtTiers = [
  ...(['tier1', 'tier2', 'tier3', 'tier4', 'tier5'] as const).map((tier) => ({ platform: 'digitalocean', tier, place: {} }) as const),
  ...(['tier1', 'tier2', 'tier3', 'tier4'] as const).map(
    (tier) => ({ platform: 'aws', tier, place: { platform: 'aws', region: 'us-east-1' } }) as const,
  ),
] as const satisfies readonly {
  readonly platform: Environment['platform'];
  readonly tier: Environment['tier'];
  readonly place: Partial<Environment>;
}[];
