import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CdkTfJson, graphFromSynthesis } from '../../analysis/graph';
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
import type { PlatformId, Tier } from '../../tiers/tier';
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
  /** What runs in its clusters, by the example of each platform that has one. */
  readonly inClusters: readonly Contents[];
  /** Kinds of components that have no construct on DigitalOcean yet. */
  readonly missing: readonly ComponentKind[];
}

/** Resources of the layer of a tier's clusters. */
export interface Contents {
  readonly platform: PlatformId;
  readonly types: readonly string[];
}

/** The first of the environments that the figures are of, one for each tier. Anyone can ask for the same: `terrace estimate -e <this>`. */
export const exampleEnvironment = 'environments/examples/digitalocean-tier1.yaml';

let known: readonly TierFigures[] | undefined;

/** The ladder with the list price of every tier that can be built. Synthesizes once in a process. */
export function ladderFigures(): readonly TierFigures[] {
  known ??= figures();
  return known;
}

function figures(): readonly TierFigures[] {
  return ladder.map((tier) => {
    const [own, aws] = [exampleOf(tier, 'digitalocean'), exampleOf(tier, 'aws')];
    const [priced, onAws] = [own, aws].map((each) => each?.priced);
    return {
      tier,
      inClusters: [own, aws].flatMap((each) => each?.contents ?? []),
      stated: statedTier(tier.roadmap, tier.stated).cost,
      missing: missingOn(tier),
      ...(priced === undefined ? {} : { priced }),
      ...(onAws === undefined ? {} : { onAws }),
    };
  });
}

/** A tier as its example has it, priced under the tier's own load; undefined where there is no example on the platform. */
function exampleOf(tier: Tier, platform: PlatformId) {
  const file = `environments/examples/${platform}-${tier.id}.yaml`;
  if (!existsSync(packageFile(file))) return undefined;
  const environment = example(file);
  const synthesized = synthesizedTier(environment);
  return {
    priced: priceTier(synthesized, { ...environment, load: { dailyUsers: tier.dailyUsers } }),
    contents: synthesized.layers.filter(({ id }) => id.includes('-workloads')).map((layer) => ({ platform, types: typesOf(layer) })),
  };
}

function typesOf({ json }: Pick<SynthesizedTier, 'json'>): readonly string[] {
  return graphFromSynthesis(json as CdkTfJson).resources.map(({ type }) => type);
}

function missingOn(tier: Tier): readonly ComponentKind[] {
  return platforms.digitalocean === undefined ? [] : missingKinds(platforms.digitalocean, tier);
}

function example(file: string): Environment {
  return loadEnvironment(file, { cwd: packageFile() }).environment;
}

function synthesizedTier(environment: Environment): SynthesizedTier {
  const project = mkdtempSync(join(tmpdir(), 'terrace-docs-'));
  try {
    return synthesize(environment, { project, recordedOnly: true }).recorded;
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
