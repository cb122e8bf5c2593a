import { awsEngineVersion, awsRegion, awsRegions, dsqlRegions } from '../../../catalog/aws';
import type { Component, ComponentKind, ComponentOf } from '../../../components/component';
import type { Environment } from '../../../environments/schema';
import type { Tier } from '../../../tiers/tier';
import { TerraceError, type Problem } from '../../../values/errors';
import type { Nat } from '../../../constructs/aws/network';
import { component } from '../naming';
import { brokersUneven, engineNotInRegion, gpuOptionsInCluster, witnessElsewhere } from './errors';
import { gpuProblems, gpuWarning, jobProblems, jobWarning } from './gpu';
import { regionProblems, regionsOf } from './regions';
import { mapProblems } from './shard-map-size';
import { appServerType, clusterNodeType, inferenceServerType, postgresClass, valkeyClass } from './sizes';

/** Kinds that have a construct on AWS. Apart from the constructs themselves, so that asking does not load the provider. */
export const awsKinds = [
  'network',
  'configuration',
  'backup',
  'audit-log',
  'object-storage',
  'frontend',
  'database',
  'read-replicas',
  'cache',
  'inference',
  'gpu-pool',
  'kubernetes-cluster',
  'sharded-database',
  'distributed-database',
  'event-stream',
  'edge-compute',
  'ml-pipeline',
  'global-load-balancer',
  'load-balancer',
  'app-servers',
  'dns',
  'monitoring',
] as const satisfies readonly ComponentKind[];

/** Whether AWS has a construct for a component as specified. */
export function builds(component: Component): boolean {
  return (awsKinds as readonly ComponentKind[]).includes(component.kind);
}

type Checks = { readonly [Kind in ComponentKind]?: (component: ComponentOf<Kind>, region: string) => void };

/** What the catalog must know of each component in the environment's region. Each throws when it does not. */
const checks: Checks = {
  'app-servers': (app, region) => appServerType(region, app),
  inference: ({ host }, region) => (host.placement === 'own' ? inferenceServerType(region, host) : undefined),
  database: ({ hosting, version }, region) => {
    if (hosting.hosting !== 'managed') return;
    postgresClass(region, hosting.memoryGib, hosting.vcpus);
    awsEngineVersion('postgresql', version);
  },
  'read-replicas': ({ memoryGib }, region) => {
    postgresClass(region, memoryGib);
  },
  cache: ({ memoryGib, version }, region) => {
    valkeyClass(region, memoryGib);
    awsEngineVersion('valkey', version);
  },
};

/** Everything that AWS cannot give a tier in the environment's region, all at once. */
export function problems(environment: Environment, tier: Tier): readonly Problem[] {
  const { region } = environment;
  const zones = awsRegions().find(({ slug }) => slug === region)?.zones.length ?? 0;
  if (zones === 0) return [thrownBy('region', () => awsRegion(region))].flatMap((each) => each ?? []);
  const few = zones < zoneCount(tier) ? [fewZones(region, zones, tier)] : [];
  return [
    ...few,
    ...tier.components.flatMap((each) => thrownBy(each.id, () => check(each, region)) ?? []),
    ...regionsOf(environment, tier)
      .slice(1)
      .flatMap((each) => thrownBy('regions', () => awsRegion(each)) ?? []),
    ...regionProblems(environment, tier),
    ...tier.components.flatMap((each) => upperProblems(each, environment, tier)),
  ];
}

/** What the parts of the upper tiers cannot have. */
function upperProblems(each: Component, environment: Environment, tier: Tier): readonly Problem[] {
  const zones = zoneCount(tier);
  if (each.kind === 'gpu-pool')
    return regionsOf(environment, tier)
      .filter(isKnown)
      .flatMap((region) => gpuProblems(each, environment, { region, zones }))
      .concat(component(tier, 'kubernetes-cluster') === undefined ? [] : gpuOptionsInCluster(environment.gpu ?? {}));
  if (each.kind === 'kubernetes-cluster')
    return regionsOf(environment, tier)
      .filter(isKnown)
      .flatMap((region) => thrownBy(each.id, () => clusterNodeType(region, each)) ?? []);
  if (each.kind === 'ml-pipeline') return isKnown(environment.region) ? jobProblems(each, { region: environment.region, zones }) : [];
  if (each.kind === 'sharded-database')
    return [
      // Home has the shards, the second region their replicas.
      ...regionsOf(environment, tier)
        .slice(0, each.replicas === 0 ? 1 : 2)
        .filter(isKnown)
        .flatMap((region) => thrownBy(each.id, () => postgresClass(region, each.memoryGib, each.vcpus)) ?? []),
      ...mapProblems(each, environment),
    ];
  if (each.kind === 'distributed-database') return engineProblems(each, regionsOf(environment, tier));
  return each.kind === 'event-stream' && each.brokers % zones !== 0 ? [brokersUneven(each.id, each.brokers, zones)] : [];
}

/** A service of AWS that the home region does not have; the catalog says on which day. */
function engineProblems({ engine, offers, witness }: ComponentOf<'distributed-database'>, regions: readonly string[]): readonly Problem[] {
  if (engine !== 'aurora-dsql') return [];
  if (witness !== undefined) return witnessProblems(regions, witness);
  const slugs: readonly string[] = dsqlRegions.slugs;
  const [region = ''] = regions;
  if (slugs.includes(region)) return [];
  const known = awsRegions().flatMap(({ slug }) => (slugs.includes(slug) ? [slug] : []));
  return [
    engineNotInRegion(
      engine,
      region,
      { ...dsqlRegions, known },
      Object.keys(offers).filter((each) => each !== engine),
    ),
  ];
}

/** Three regions that have it, each another one, in one part of the world (Aurora DSQL user guide, Configuring multi-Region clusters, recalled 2026-11-22). */
function witnessProblems(regions: readonly string[], witness: string): readonly Problem[] {
  const slugs: readonly string[] = dsqlRegions.slugs;
  const joined = [...regions.slice(0, 2), witness];
  const parts = new Set(joined.map((region) => region.split('-', 1)[0]));
  const joinable =
    joined.length === 3 && new Set(joined).size === 3 && parts.size === 1 && joined.every((region) => slugs.includes(region));
  return joinable ? [] : [witnessElsewhere(regions.slice(0, 2), witness, slugs)];
}

function isKnown(region: string): boolean {
  return awsRegions().some(({ slug }) => slug === region);
}

/** What is allowed but should be known: on which day GPUs were seen on sale. */
export function warnings(environment: Environment, tier: Tier): readonly string[] {
  const inCluster = component(tier, 'kubernetes-cluster') !== undefined;
  const grounds = regionsOf(environment, tier).map((region) => ({ region, zones: zoneCount(tier) }));
  return tier.components.flatMap((each) => {
    if (each.kind === 'gpu-pool') return grounds.flatMap((ground) => gpuWarning(each, environment, ground, inCluster) ?? []);
    return each.kind === 'ml-pipeline' ? grounds.slice(0, 1).map((ground) => jobWarning(each, environment, ground)) : [];
  });
}

function check(component: Component, region: string): void {
  const ask = checks[component.kind] as ((component: Component, region: string) => void) | undefined;
  ask?.(component, region);
}

function thrownBy(where: string, ask: () => void): Problem | undefined {
  try {
    ask();
    return undefined;
  } catch (error) {
    if (!(error instanceof TerraceError)) throw error;
    return { code: error.code, message: error.message, where };
  }
}

function fewZones(region: string, zones: number, tier: Tier): Problem {
  return {
    code: 'PLATFORM_ZONES_MISSING',
    message: `${region} has ${zones} zones that Terrace builds in, and ${tier.id} needs ${zoneCount(tier)}. Choose another region.`,
    where: 'region',
  };
}

/** Zones that a tier lies in: two, which balancers and databases ask for at least, and a third where a majority has to survive one. */
export function zoneCount({ components }: Tier): number {
  return components.some(({ kind }) => kind === 'kubernetes-cluster' || kind === 'event-stream') ? 3 : 2;
}

/**
 * How servers in private subnets reach out. Where every server answers the internet itself there are none: such a server has an
 * address of its own, its firewall lets only HTTP in, and a gateway would cost more than it. Up to 99.9 % one gateway does, because
 * what is served does not go through it; above that one a zone, so that no zone hangs on another.
 */
export function natFor({ components, objectives }: Tier): Nat {
  const behind = components.some((each) => each.kind === 'app-servers' && each.exposure !== 'direct');
  if (!behind) return 'none';
  return Number(objectives.availabilityPercent) <= 99.9 ? 'one' : 'per-zone';
}
