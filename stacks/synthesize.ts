import './quiet-tokens';
import './without-archiver';
import { App } from 'cdktf';
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { CdkTfJson, JsonObject } from '../analysis/graph';
import type { Environment } from '../environments/schema';
import { resetForeignBackend } from '../terraform/backend';
import { writeProviderLock } from '../terraform/provider-lock';
import { ladder } from '../tiers';
import { ladderOf } from '../tiers/choices';
import type { Tier, TierId } from '../tiers/tier';
import type { Problem } from '../values/errors';
import { nearest } from '../values/nearest';
import { buildTier } from './build-tier';
import { localStateElsewhere, tierNotBuilt } from './errors';
import { addLayers, type FurtherLayers, layerIds } from './layers';
import type { Lock } from './locks';
import { placedTier } from './placement';
import { platforms } from './platforms';
import type { Platform } from './platforms/platform';
import { tierProblems } from './problems';
import { teardown, teardownFile } from './workloads/teardown';
import {
  emptied,
  isPromoting,
  layerLock,
  type LayerRole,
  pairOf,
  platformFor,
  type Promoting,
  roles,
  stageOf,
  transitional,
} from './transition';

/** A tier that was synthesized. */
export interface SynthesizedTier extends SynthesizedStack {
  readonly id: TierId;
  readonly tier: Tier;
  /** Layers that are deployed after it, in their order, each with a state of its own: its part in a second cloud, what runs in its clusters. */
  readonly layers: readonly SynthesizedStack[];
}

/** A stack that was synthesized. */
export interface SynthesizedStack {
  readonly id: string;
  /** Folder in which Terraform runs. */
  readonly directory: string;
  /** The synthesized `cdk.tf.json`, parsed. */
  readonly json: Readonly<Record<string, unknown>>;
  /** What a further layer is to a promotion. @default - there is none */
  readonly role?: LayerRole;
}

/** What one environment file became. */
export interface Synthesis {
  readonly environment: Environment;
  /** Every tier that can be built on the environment's platform, lowest first. */
  readonly tiers: readonly SynthesizedTier[];
  /** The tier that the environment is at. */
  readonly recorded: SynthesizedTier;
  readonly warnings: readonly string[];
}

export interface SynthesisOptions {
  /** Folder that holds `cdktf.json`; local state lies relative to it. */
  readonly project: string;
  /** @default - `cdktf.out` in the project */
  readonly outdir?: string;
}

/**
 * Synthesizes every tier of the environment's ladder that its platform can build into `<outdir>/stacks/<tier>/cdk.tf.json`.
 * All but the recorded tier are locked.
 * @throws `TIER_NOT_BUILT` when the recorded tier cannot be built; `STATE_LOCAL_OUTDIR`; `STACK_BROKEN`
 */
export function synthesize(environment: Environment, options: SynthesisOptions): Synthesis {
  const outdir = resolve(options.project, options.outdir ?? 'cdktf.out');
  if (environment.state.backend === 'local') requireOwnFolder(environment, options.project, outdir);
  const { platform, buildable, left } = plan(environment);
  const app = new App({ outdir, context: { targetVersions: { terraform: '>=1.10.0' } } });
  const promotion = isPromoting(environment) ? promotionOf(environment, outdir) : undefined;
  const others = buildable.filter(({ id }) => promotion?.stacks.some(({ tier }) => tier.id === id) !== true);
  for (const tier of others) build(app, platform, environment, tier, lockOf(environment, tier));
  for (const { tier, environment: side, platform: its, layers } of promotion?.stacks ?? []) build(app, its, side, tier, undefined, layers);
  app.synth();
  for (const { tier, layers } of promotion?.stacks ?? []) restateSide(outdir, tier, layers, promotion?.json ?? {});
  const tiers = [...others.map((tier) => ({ tier, layers: undefined })), ...(promotion?.stacks ?? [])]
    .sort((one, other) => byLadder(one.tier, other.tier))
    .map(({ tier, layers }) => finish(outdir, tier, layers?.role));
  const recorded = tiers.find(({ id }) => id === environment.tier);
  if (recorded === undefined) throw new Error(`recorded tier ${environment.tier} was planned and not built`);
  const leftOut = left.map(({ tier, problems }) => `${tier.id} is left out: ${problems.map(({ message }) => message).join(' ')}`);
  return {
    environment,
    tiers,
    recorded,
    warnings: [...leftOut, ...strangers(environment), ...(platform.warnings?.(environment, recorded.tier) ?? [])],
  };
}

/** Adds every layer of a tier. @param further what becomes of those that follow its own */
function build(
  app: App,
  platform: Platform,
  environment: Environment,
  tier: Tier,
  lock: Lock | undefined,
  further: FurtherLayers = { lock },
): void {
  addLayers(app, environment, tier, further, buildTier(app, platform, environment, tier, lock));
}

/** Terraform finds local state from where a stack really lies, so that a link on the way leads to another state as surely as another folder. */
function requireOwnFolder({ name }: Environment, project: string, outdir: string): void {
  if (outdir !== resolve(project, 'cdktf.out')) throw localStateElsewhere(name, outdir);
  const inside = ['cdktf.out', join('cdktf.out', 'stacks'), ...ladder.flatMap(layerIds).map((id) => join('cdktf.out', 'stacks', id))];
  const led = inside
    .filter((path) => existsSync(join(project, path)))
    .find((path) => realpathSync(join(project, path)) !== join(realpathSync(project), path));
  if (led !== undefined) throw localStateElsewhere(name, `${led}, a link to ${realpathSync(join(project, led))}`);
}

/** A component that no tier has is a slip, from which nothing follows: worse than an error when it was meant to be `database`. */
function strangers({ generations }: Environment): string[] {
  const known = [...new Set(ladder.flatMap(({ components }) => components.map(({ id }) => id)))];
  return Object.keys(generations)
    .filter((id) => !known.includes(id))
    .map((id) => {
      const near = nearest(id, known);
      return `generations.${id} names no component of any tier, so nothing follows from it.${near === undefined ? ' Remove it.' : ` Did you mean ${near}?`}`;
    });
}

interface Planned {
  readonly platform: Platform;
  readonly buildable: readonly Tier[];
  /** Why the others are left out. */
  readonly left: readonly Judged[];
}

interface Judged {
  readonly tier: Tier;
  readonly problems: readonly Problem[];
}

/** Splits the ladder into tiers that can be built and tiers that are left out, and refuses if the recorded one is among these. */
function plan(environment: Environment): Planned {
  const platform = platforms[environment.platform];
  const judged = ladderOf(environment).map((tier) => ({ tier: placedTier(environment, tier), problems: tierProblems(environment, tier) }));
  const buildable = judged.flatMap(({ tier, problems }) => (problems.length === 0 ? [tier] : []));
  const own = judged.find(({ tier }) => tier.id === environment.tier)?.problems ?? [];
  if (platform === undefined || own.length > 0) {
    throw tierNotBuilt(
      environment.name,
      environment.tier,
      environment.platform,
      own,
      buildable.map(({ id }) => id),
    );
  }
  return { platform, buildable, left: judged.filter(({ problems }) => problems.length > 0) };
}

function lockOf({ name, tier, promotion }: Environment, { id }: Tier): Lock | undefined {
  return id === tier
    ? undefined
    : { environment: name, recorded: tier, tier: id, ...(promotion === undefined ? {} : { promotingTo: promotion.to }) };
}

/** The two stacks of a promotion, which both have the configuration of its phase. */
interface PromotionStacks {
  readonly stacks: readonly {
    readonly tier: Tier;
    readonly environment: Environment;
    readonly platform: Platform;
    readonly layers: FurtherLayers;
  }[];
  readonly json: CdkTfJson;
}

function promotionOf(environment: Promoting, outdir: string): PromotionStacks {
  const { from, to, target } = pairOf(environment, environment.promotion);
  const { phase } = environment.promotion;
  const lock = layerLock({ from, to }, phase, environment.name);
  const role = roles[stageOf[phase]];
  const sides = [
    { tier: from, environment, layers: { lock, role: role.old } },
    ...(from.id === to.id ? [] : [{ tier: to, environment: target, layers: { lock, role: role.new } }]),
  ];
  return {
    stacks: sides.map((side) => ({ ...side, platform: platformFor(side.environment, side.tier) })),
    json: transitional(environment, outdir),
  };
}

/** Gives both tiers' own stacks the configuration of the phase, and takes everything out of layers that leave. */
function restateSide(outdir: string, tier: Tier, { lock, role }: FurtherLayers, json: CdkTfJson): void {
  const [own = '', ...further] = layerIds(tier).map((id) => join(outdir, 'stacks', id, 'cdk.tf.json'));
  restate(own, () => json);
  if (role === 'leaves' && lock === undefined) for (const file of further) restate(file, emptied);
}

/** Gives a stack that was written another configuration; what cdktf notes about the stack stays. */
function restate(file: string, change: (own: CdkTfJson) => CdkTfJson): void {
  const { '//': notes, ...own } = JSON.parse(readFileSync(file, 'utf8')) as JsonObject;
  writeFileSync(file, JSON.stringify({ ...(notes === undefined ? {} : { '//': notes }), ...change(own as CdkTfJson) }, null, 2));
}

function byLadder(one: Tier, other: Tier): number {
  return ladder.findIndex(({ id }) => id === one.id) - ladder.findIndex(({ id }) => id === other.id);
}

function finish(outdir: string, tier: Tier, role: LayerRole | undefined): SynthesizedTier {
  const [own, ...layers] = layerIds(tier).map((id) => finishStack(outdir, id)) as [SynthesizedStack, ...SynthesizedStack[]];
  const finished = { ...own, id: tier.id, tier, layers: role === undefined ? layers : layers.map((layer) => ({ ...layer, role })) };
  if (layers.length > 0) writeFileSync(join(own.directory, teardownFile), `${JSON.stringify(teardown(finished), null, 2)}\n`);
  return finished;
}

/** Makes the stack's folder safe to run Terraform in, and reads back what was written. */
function finishStack(outdir: string, id: string): SynthesizedStack {
  const directory = join(outdir, 'stacks', id);
  resetForeignBackend(directory);
  writeProviderLock(directory);
  const json = JSON.parse(readFileSync(join(directory, 'cdk.tf.json'), 'utf8')) as Readonly<Record<string, unknown>>;
  return { id, directory, json };
}
