import { awsAvailability } from '../../catalog/aws';
import { type Availability, operatedServer, promisedAvailability } from '../../catalog/digitalocean';
import { googleAvailability } from '../../catalog/google/availability';
import type { Component, ComponentOf } from '../../components/component';
import type { DistributedEngine } from '../../components/distributed-database';
import { rounded } from '../../values/measure';
import { downtimeMinutes } from './formulas';
import type { Plant } from './plant';

/** One component's part in the arithmetic. */
export interface AvailabilityPart {
  readonly component: string;
  /** Share of a month in which it answers. */
  readonly share: number;
  /** How it was computed: `1 - (1 - 0.9989)^2`. */
  readonly arithmetic: string;
  readonly source: string;
  /** Whether a request fails without it. Without the others the product does less. */
  readonly required: boolean;
}

/** What a component alone would take down. */
export interface SinglePoint {
  readonly component: string;
  readonly why: string;
  /** What is lost with it. */
  readonly effect: 'everything' | 'a part';
}

/** The availability that follows from the parts, against what the tier promises. In percent. */
export interface AvailabilityReport {
  /** Requests are answered. */
  readonly percent: number;
  readonly downtimeMinutes: number;
  /** Everything works, inference and cache included. */
  readonly everythingPercent: number;
  readonly objectivePercent: number;
  readonly meets: boolean;
  readonly parts: readonly AvailabilityPart[];
  /** The products as a person checks them. */
  readonly arithmetic: readonly string[];
}

/** Series and parallel, printed. */
export function availabilityOf(plant: Plant): AvailabilityReport {
  const parts = plant.tier.components.flatMap((component) => partOf(component, plant) ?? []);
  const required = parts.filter((part) => part.required);
  const percent = product(required) * 100;
  const objectivePercent = Number(plant.tier.objectives.availabilityPercent);
  return {
    percent: rounded(percent),
    downtimeMinutes: rounded(downtimeMinutes(percent), 4),
    everythingPercent: rounded(product(parts) * 100),
    objectivePercent,
    meets: percent >= objectivePercent,
    parts,
    arithmetic: [series('requests are answered', required), series('everything works', parts)],
  };
}

/** Components without a second instance, and what each takes with it. */
export function singlePointsOfFailure(plant: Plant): readonly SinglePoint[] {
  return plant.tier.components.flatMap((component) => singlePoint(component, plant) ?? []);
}

function product(parts: readonly AvailabilityPart[]): number {
  return parts.reduce((share, part) => share * part.share, 1);
}

function series(what: string, parts: readonly AvailabilityPart[]): string {
  return `${what}: ${parts.map((part) => `${part.component} ${rounded(part.share)}`).join(' x ')} = ${rounded(product(parts))}`;
}

/** What a platform promises, by role. */
interface Promises {
  readonly server: Availability;
  readonly volume: Availability;
  readonly loadBalancer: Availability;
  readonly databaseWithStandby: Availability;
  readonly databaseAlone: Availability;
  readonly cacheWithStandby: Availability;
  readonly cacheAlone: Availability;
  readonly objects: Availability;
}

/** Whoever runs the engine promises for it, wherever the rest of the tier stands. */
const distributed: Readonly<Record<Exclude<DistributedEngine, 'citus'>, Availability>> = {
  'aurora-dsql': awsAvailability.distributedDatabase,
  ...googleAvailability,
};

const onDigitalocean: Promises = {
  ...promisedAvailability,
  server: promisedAvailability.droplet,
  cacheWithStandby: promisedAvailability.databaseWithStandby,
  cacheAlone: promisedAvailability.databaseAlone,
  objects: promisedAvailability.spaces,
};

const onAws: Promises = { ...awsAvailability, server: awsAvailability.instance, objects: awsAvailability.buckets };

function promises({ platform }: Plant): Promises {
  return platform === 'aws' ? onAws : onDigitalocean;
}

/** A server runs while its platform and we let it. */
function serverOf(plant: Plant): Availability {
  const { share, source } = promises(plant).server;
  return {
    share: share * operatedServer.share,
    source: `${source}: ${share}; ${operatedServer.source}: ${operatedServer.share}`,
    asOf: operatedServer.asOf,
  };
}

/** Every group is needed, and each lives as long as one of its servers does. */
function citusOf({ offers }: ComponentOf<'distributed-database'>, plant: Plant): Availability {
  const { share, source, asOf } = serverOf(plant);
  const { workers, nodes } = offers.citus ?? { workers: 1, nodes: 1 };
  const groups = workers + 1;
  return { share: (1 - (1 - share) ** nodes) ** groups, source: `${groups} groups of ${nodes} servers, each ${source}`, asOf };
}

function distributedOf(database: ComponentOf<'distributed-database'>, plant: Plant): Availability {
  if (database.engine === 'citus') return citusOf(database, plant);
  return database.witness === undefined ? distributed[database.engine] : awsAvailability.distributedDatabaseInTwoRegions;
}

function partOf(component: Component, plant: Plant): AvailabilityPart | undefined {
  switch (component.kind) {
    case 'app-servers':
      return parallel(component.id, serverOf(plant), fewest(component.id, plant), true);
    case 'gpu-pool':
      return parallel(component.id, serverOf(plant), fewest(component.id, plant), false);
    case 'database':
      return databasePart(component.id, component.hosting.hosting === 'managed', plant);
    case 'cache':
      return alone(component.id, nodesOf(component.id, plant) > 1 ? promises(plant).cacheWithStandby : promises(plant).cacheAlone, false);
    case 'inference':
      return component.host.placement === 'own' ? alone(component.id, serverOf(plant), false) : undefined;
    case 'sharded-database':
      return alone(
        component.id,
        nodesOf(component.id, plant) > 1 ? promises(plant).databaseWithStandby : promises(plant).databaseAlone,
        true,
      );
    case 'distributed-database':
      return alone(component.id, distributedOf(component, plant), true);
    case 'global-load-balancer':
    case 'load-balancer':
      return alone(component.id, promises(plant).loadBalancer, true);
    case 'object-storage':
      return alone(component.id, promises(plant).objects, false);
    default:
      return undefined;
  }
}

/** A group that follows the load is at its smallest when it can least afford to be. */
function fewest(id: string, plant: Plant): number {
  const servers = plant.servers[id];
  return servers?.least ?? servers?.count ?? 1;
}

function nodesOf(id: string, plant: Plant): number {
  return plant.managed[id]?.nodes ?? 1;
}

/** On a server of ours it goes with the server, which counts already; its volume is a part of its own. */
function databasePart(id: string, managed: boolean, plant: Plant): AvailabilityPart {
  if (!managed) return alone(id, promises(plant).volume, true);
  return alone(id, nodesOf(id, plant) > 1 ? promises(plant).databaseWithStandby : promises(plant).databaseAlone, true);
}

function alone(component: string, { share, source }: Availability, required: boolean): AvailabilityPart {
  return { component, share, arithmetic: String(rounded(share)), source, required };
}

/** Any one of them is enough. */
function parallel(component: string, one: Availability, count: number, required: boolean): AvailabilityPart {
  if (count === 1) return alone(component, one, required);
  const share = 1 - (1 - one.share) ** count;
  return { component, share, arithmetic: `1 - (1 - ${rounded(one.share)})^${count} = ${rounded(share, 8)}`, source: one.source, required };
}

function singlePoint(component: Component, plant: Plant): SinglePoint | undefined {
  const { id } = component;
  if (component.kind === 'app-servers')
    return fewest(id, plant) > 1 ? undefined : { component: id, why: 'one server', effect: 'everything' };
  if (component.kind === 'gpu-pool') return fewest(id, plant) > 1 ? undefined : { component: id, why: 'one GPU server', effect: 'a part' };
  if (component.kind === 'database') return databasePoint(id, component.hosting.hosting === 'managed', plant);
  if (component.kind === 'cache')
    return nodesOf(id, plant) > 1 ? undefined : { component: id, why: 'one node without a standby', effect: 'a part' };
  if (component.kind !== 'inference') return undefined;
  return {
    component: id,
    why: component.host.placement === 'own' ? 'applications know one server' : `on the server of ${component.host.server}`,
    effect: 'a part',
  };
}

function databasePoint(id: string, managed: boolean, plant: Plant): SinglePoint | undefined {
  if (!managed) return { component: id, why: 'on a server of ours, without a standby', effect: 'everything' };
  return nodesOf(id, plant) > 1 ? undefined : { component: id, why: 'one node without a standby', effect: 'everything' };
}
