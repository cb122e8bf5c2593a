import './before-cdktf';
import { App } from 'cdktf';
import { existsSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { CdkTfJson } from '../analysis/graph';
import type { Environment } from '../environments/schema';
import { resetForeignBackend } from '../terraform/backend';
import { writeProviderLock } from '../terraform/provider-lock';
import { ladder } from '../tiers';
import { ladderOf } from '../tiers/choices';
import { layerMark } from '../tiers/layer-names';
import type { Tier, TierId } from '../tiers/tier';
import type { Problem } from '../values/errors';
import { buildTier } from './build-tier';
import { localStateElsewhere, tierNotBuilt } from './errors';
import { addLayers, type FurtherLayers, layerIds, layerWarnings } from './layers';
import type { Lock } from './locks';
import { placedTier } from './placement';
import { platforms } from './platforms';
import type { Platform } from './platforms/platform';
import { tierProblems } from './problems';
import type { TierStack } from './tier-stack';
import { withoutEffect } from './without-effect';
import { teardown, teardownFile } from './workloads/teardown';
import {
  emptied,
  isPromoting,
  type LayerRole,
  pairOf,
  platformFor,
  type Promoting,
  roles,
  stageOf,
  transitional,
  withProvidersOf,
} from './transition';

/** A tier that was synthesized. */
export interface SynthesizedTier extends SynthesizedStack {
  readonly id: TierId;
  readonly tier: Tier;
  /** Layers that are deployed after it, in their order, each with a state of its own: its part in a second cloud, what runs in its clusters. */
  readonly layers: readonly SynthesizedStack[];
  /** The same of this tier on the platform to which the environment is being promoted. @default - it goes to another tier, or nowhere */
  readonly arriving?: readonly SynthesizedStack[];
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
  /** Every tier that was asked for and can be built on the environment's platform, lowest first. */
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
  /**
   * Whether tiers at which the environment does not stand are left out: whoever reads one tier need not wait for the ladder.
   * @default false: `cdktf deploy` may name each of them
   */
  readonly recordedOnly?: boolean;
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
  const sides = promotion?.sides ?? [];
  const asked = options.recordedOnly === true ? buildable.filter(({ id }) => id === environment.tier) : buildable;
  const others = asked.filter(({ id }) => !sides.some(({ tier }) => tier.id === id));
  for (const tier of others) build(app, platform, environment, tier, lockOf(environment, tier));
  buildSides(app, sides);
  app.synth();
  for (const { tier, layers } of sides) restateSide(outdir, tier, layers, promotion?.json ?? {});
  const held = promotion?.json ?? written(fileOf(outdir, environment.tier));
  for (const { id } of others.filter((tier) => lockOf(environment, tier))) restate(fileOf(outdir, id), (own) => withProvidersOf(own, held));
  const tiers = [...others.map((tier) => finish(outdir, tier)), ...finishSides(outdir, sides)].sort(byLadder);
  tiers.forEach(writeTeardown);
  const recorded = tiers.find(({ id }) => id === environment.tier);
  if (recorded === undefined) throw new Error(`recorded tier ${environment.tier} was planned and not built`);
  const leftOut = left.map(({ tier, problems }) => `${tier.id} is left out: ${problems.map(({ message }) => message).join(' ')}`);
  return {
    environment,
    tiers,
    recorded,
    warnings: [
      ...leftOut,
      ...withoutEffect(environment, recorded.tier),
      ...(platform.warnings?.(environment, recorded.tier) ?? []),
      ...layerWarnings(environment, recorded.tier),
    ],
  };
}

/** Adds every layer of a tier. */
function build(app: App, platform: Platform, environment: Environment, tier: Tier, lock: Lock | undefined): void {
  addLayers(app, environment, tier, { lock }, buildTier(app, platform, environment, tier, lock));
}

/** Adds every layer of both sides of a promotion. The tier's own stack is one and the same where only the platform changes. */
function buildSides(app: App, sides: readonly Side[]): void {
  const built = new Map<TierId, TierStack>();
  for (const { tier, environment, platform, layers } of sides) {
    const own = built.get(tier.id) ?? buildTier(app, platform, environment, tier, undefined);
    built.set(tier.id, own);
    addLayers(app, environment, tier, layers, own);
  }
}

/** Terraform finds local state from where a stack really lies, so that a link on the way leads to another state as surely as another folder. */
function requireOwnFolder({ name }: Environment, project: string, outdir: string): void {
  if (outdir !== resolve(project, 'cdktf.out')) throw localStateElsewhere(name, outdir);
  const stacks = join('cdktf.out', 'stacks');
  const found = existsSync(join(project, stacks)) ? readdirSync(join(project, stacks)) : [];
  const inside = ['cdktf.out', stacks, ...found.map((id) => join(stacks, id))];
  const led = inside
    .filter((path) => existsSync(join(project, path)))
    .find((path) => realpathSync(join(project, path)) !== join(realpathSync(project), path));
  if (led !== undefined) throw localStateElsewhere(name, `${led}, a link to ${realpathSync(join(project, led))}`);
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
    throw tierNotBuilt(environment.name, environment.tier, environment.platform, own, {
      buildable: buildable.map(({ id }) => id),
      known: platform !== undefined,
    });
  }
  return { platform, buildable, left: judged.filter(({ problems }) => problems.length > 0) };
}

function lockOf({ name, tier, promotion }: Environment, { id }: Tier): Lock | undefined {
  return id === tier
    ? undefined
    : { environment: name, recorded: tier, tier: id, ...(promotion === undefined ? {} : { promotingTo: promotion.to }) };
}

/** One of both sides of a promotion. */
interface Side {
  readonly tier: Tier;
  readonly environment: Environment;
  readonly platform: Platform;
  readonly layers: FurtherLayers;
}

/** Both sides of a promotion, the old one first, and the configuration of its phase, which both tiers' own stacks have. */
function promotionOf(environment: Promoting, outdir: string): { readonly sides: readonly Side[]; readonly json: CdkTfJson } {
  const pair = pairOf(environment, environment.promotion);
  const role = roles[stageOf[environment.promotion.phase]];
  const sides = [
    { tier: pair.from, environment, layers: { role: role.old } },
    { tier: pair.to, environment: pair.target, layers: { role: role.new, mark: layerMark(pair.from, pair.to, pair.target.generations) } },
  ];
  return {
    sides: sides.map((side) => ({ ...side, platform: platformFor(side.environment, side.tier) })),
    json: transitional(environment, outdir),
  };
}

/** Gives both tiers' own stacks the configuration of the phase, and takes everything out of layers that leave. */
function restateSide(outdir: string, tier: Tier, { role, mark }: FurtherLayers, json: CdkTfJson): void {
  const [own = '', ...further] = layerIds(tier, mark).map((id) => fileOf(outdir, id));
  restate(own, () => json);
  if (role === 'leaves') for (const file of further) restate(file, emptied);
}

/** Gives a stack that was written another configuration; what cdktf notes about the stack stays. */
function restate(file: string, change: (own: CdkTfJson) => CdkTfJson): void {
  const { '//': notes, ...own } = written(file);
  writeFileSync(file, JSON.stringify({ ...(notes === undefined ? {} : { '//': notes }), ...change(own as CdkTfJson) }, null, 2));
}

function fileOf(outdir: string, id: string): string {
  return join(outdir, 'stacks', id, 'cdk.tf.json');
}

function written(file: string): CdkTfJson {
  return JSON.parse(readFileSync(file, 'utf8')) as CdkTfJson;
}

function byLadder(one: Pick<Tier, 'id'>, other: Pick<Tier, 'id'>): number {
  return ladder.findIndex(({ id }) => id === one.id) - ladder.findIndex(({ id }) => id === other.id);
}

/** Two tiers; or one, where only the platform changes: the layers that are there, and those that arrive. */
function finishSides(outdir: string, sides: readonly Side[]): readonly SynthesizedTier[] {
  const [old, next] = sides.map(({ tier, layers: { role, mark } }) => finish(outdir, tier, role, mark));
  if (old === undefined || next === undefined) return [];
  return old.id === next.id ? [{ ...old, arriving: next.layers }] : [old, next];
}

function finish(outdir: string, tier: Tier, role?: LayerRole, mark?: string): SynthesizedTier {
  const [own, ...layers] = layerIds(tier, mark).map((id) => finishStack(outdir, id)) as [SynthesizedStack, ...SynthesizedStack[]];
  return { ...own, id: tier.id, tier, layers: role === undefined ? layers : layers.map((layer) => ({ ...layer, role })) };
}

function writeTeardown({ layers, arriving = [], ...own }: SynthesizedTier): void {
  const all = [...layers, ...arriving];
  if (all.length > 0) writeFileSync(join(own.directory, teardownFile), `${JSON.stringify(teardown({ ...own, layers: all }), null, 2)}\n`);
}

/** Makes the stack's folder safe to run Terraform in, and reads back what was written. */
function finishStack(outdir: string, id: string): SynthesizedStack {
  const directory = join(outdir, 'stacks', id);
  resetForeignBackend(directory);
  writeProviderLock(directory);
  return { id, directory, json: written(fileOf(outdir, id)) };
}
