import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PricedTier, priceTier } from '../../cli/priced-tier';
import type { ComponentKind } from '../../components/component';
import { loadEnvironment } from '../../environments/load';
import type { Environment } from '../../environments/schema';
import { platforms } from '../../stacks/platforms';
import { missingKinds } from '../../stacks/platforms/platform';
import { synthesize, type SynthesizedTier } from '../../stacks/synthesize';
import { packageFile } from '../../terraform/package-root';
import { ladder } from '../../tiers';
import { statedTier, type StatedTotal } from '../../tiers/roadmaps';
import type { Tier } from '../../tiers/tier';
import { grouped } from '../../values/grouped';

/** What the pages tell about a tier of the ladder. */
export interface TierFigures {
  readonly tier: Tier;
  /** The roadmap document's own total. */
  readonly stated: StatedTotal | null;
  /** Its resources and costs at the tier's own load; absent where it cannot be built on DigitalOcean yet. */
  readonly priced?: PricedTier;
  /** The same on AWS. */
  readonly onAws?: PricedTier;
  /** Kinds of components that have no construct on DigitalOcean yet. */
  readonly missing: readonly ComponentKind[];
}

/** The environment that the figures are of. Anyone can ask for the same: `terrace estimate -e <this>`. */
export const exampleEnvironment = 'environments/examples/digitalocean-tier1.yaml';

/** The same on AWS. */
const awsExample = 'environments/examples/aws-tier1.yaml';

let known: readonly TierFigures[] | undefined;

/** The ladder with the list price of every tier that can be built. Synthesizes once in a process. */
export function ladderFigures(): readonly TierFigures[] {
  known ??= figures(example(exampleEnvironment), example(awsExample));
  return known;
}

function figures(environment: Environment, aws: Environment): readonly TierFigures[] {
  const [prices, awsPrices] = [pricesOf(environment), pricesOf(aws)];
  return ladder.map((tier) => {
    const [priced, onAws] = [prices.get(tier.id), awsPrices.get(tier.id)];
    return { tier, stated: statedTier(tier.roadmap, tier.stated).cost, missing: missingOn(tier), ...(priced === undefined ? {} : { priced }), ...(onAws === undefined ? {} : { onAws }) };
  });
}

/** Every tier that can be built for an environment, priced under the tier's own load. */
function pricesOf(environment: Environment): ReadonlyMap<string, PricedTier> {
  const loadOf = ({ dailyUsers }: Tier) => ({ ...environment, load: { dailyUsers } });
  return new Map(synthesizedTiers(environment).map((stack) => [stack.id, priceTier(stack, loadOf(stack.tier))]));
}

function missingOn(tier: Tier): readonly ComponentKind[] {
  return platforms.digitalocean === undefined ? [] : missingKinds(platforms.digitalocean, tier);
}

function example(file: string): Environment {
  return loadEnvironment(file, { cwd: packageFile() }).environment;
}

function synthesizedTiers(environment: Environment): readonly SynthesizedTier[] {
  const project = mkdtempSync(join(tmpdir(), 'terrace-docs-'));
  try {
    return synthesize(environment, { project }).tiers;
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
}

/** Whole dollars with separators, cents only where there are any: `$2,364`, `$244.20`. */
export function dollars(amount: string): string {
  const [whole = '0', cents = ''] = amount.split('.');
  const separated = grouped(whole);
  return `$${separated}${/^0*$/.test(cents) ? '' : `.${cents.padEnd(2, '0')}`}`;
}

/** What the document says the tier costs a month. */
export function statedText({ stated }: TierFigures): string {
  if (stated === null) return 'not stated';
  return stated.max === null || stated.max === stated.min ? dollars(stated.min) : `${dollars(stated.min)} to ${dollars(stated.max)}`;
}
