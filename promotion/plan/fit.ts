import type { JsonValue, ResourceGraph, ResourceNode } from '../../analysis/graph';
import { databaseSizes } from '../../catalog/digitalocean/database-sizes.generated';
import type { Problem } from '../../values/errors';
import { gbPerGib } from '../../values/measure';
import type { CapacityProof } from '../types';
import { database } from './constants';
import { doesNotFit, loadDoesNotFit } from './errors';
import type { PlanInput } from './input';
import { isRelational } from '../../components/component';
import { dataMoves } from './moves';

/** What does not fit into the target, whichever way it goes. */
export function misfits(input: PlanInput, capacity: CapacityProof): readonly Problem[] {
  const load = capacity.headroom < 1 ? [loadDoesNotFit(input.to.id, capacity.headroom, capacity.binding ?? 'something')] : [];
  return [...load, ...holders(input).flatMap((holder) => diskProblem(holder, input))];
}

/** A database of the target that data arrive in, or that is resized with them in it. */
interface Holder {
  readonly id: string;
  readonly shards: number;
  /** How much more than the data it needs. */
  readonly factor: number;
}

function holders(input: Pick<PlanInput, 'changes' | 'facts'>): readonly Holder[] {
  const moved = dataMoves(input)
    .filter(({ change }) => isRelational(change.after))
    .map(({ change: { id }, shards }) => ({ id, shards, factor: database.diskFactor.value }));
  const resized = input.changes.flatMap(({ id, verdict, after }) =>
    verdict === 'in-place' && after !== undefined && isRelational(after)
      ? [{ id, shards: after.kind === 'sharded-database' ? after.shards : 1, factor: 1 }]
      : [],
  );
  return [...moved, ...resized];
}

function diskProblem({ id, shards, factor }: Holder, { facts, resources, to }: PlanInput): readonly Problem[] {
  const room = diskGb(resources.after, id, shards);
  const needed = facts.databaseGb * factor;
  if (room === undefined || needed <= room) return [];
  const arriving = factor === 1 ? '' : `, which take ${figure(needed)} GB while they arrive,`;
  return [
    doesNotFit(
      id,
      `${figure(facts.databaseGb)} GB of data${arriving} do not fit`,
      `the ${figure(room)} GB that ${to.id} gives them`,
      'Delete what is not needed, or stay at a tier with a larger disk. Say --database-gb if the database is smaller than the load model says.',
    ),
  ];
}

/** A database of which the catalog does not know how much its size holds. */
export interface UnknownRoom {
  readonly id: string;
  readonly size: string;
  readonly count: number;
  /** Gigabytes that all of them must hold together. */
  readonly neededGb: number;
}

/** Databases of the target whose room nobody knows before it stands. */
export function unknownRooms(input: Pick<PlanInput, 'changes' | 'facts' | 'resources'>): readonly UnknownRoom[] {
  return holders(input).flatMap(({ id, shards, factor }) => {
    const sizes = input.resources.after.resources
      .filter((node) => node.component === id && node.type === 'digitalocean_database_cluster' && diskGib(node) === undefined)
      .map(({ values }) => values['size'])
      .filter((size) => typeof size === 'string');
    const [size] = sizes;
    const count = Math.min(shards, sizes.length);
    return size === undefined ? [] : [{ id, size, count, neededGb: input.facts.databaseGb * factor }];
  });
}

/** The room that a configuration gives a database, on all its shards; undefined where the provider decides. @param now whether what it may grow to by itself does not count */
export function diskGb({ resources }: Pick<ResourceGraph, 'resources'>, id: string, shards: number, now = false): number | undefined {
  const disks = resources.filter(({ component }) => component === id).flatMap((node) => diskGib(node, now) ?? []);
  return disks.length === 0 ? undefined : Math.min(...disks) * gbPerGib * Math.min(shards, disks.length);
}

/** The disk that a resource states, in GiB; undefined where the provider decides. */
function diskGib({ type, values }: ResourceNode, now = false): number | undefined {
  if (type === 'digitalocean_volume') return number(values['size']);
  if (type === 'digitalocean_database_cluster')
    return scaled(values['storage_size_mib'], 1 / 1024) ?? databaseSizes.find(({ slug }) => slug === values['size'])?.minimumStorageGib;
  return type === 'aws_db_instance' || type === 'aws_ebs_volume'
    ? number((now ? undefined : values['max_allocated_storage']) ?? values['allocated_storage'] ?? values['size'])
    : undefined;
}

function scaled(value: JsonValue | undefined, factor: number): number | undefined {
  const found = number(value);
  return found === undefined ? undefined : found * factor;
}

function number(value: JsonValue | undefined): number | undefined {
  const found = typeof value === 'string' ? Number(value) : value;
  return typeof found === 'number' && Number.isFinite(found) && found > 0 ? found : undefined;
}

function figure(value: number): string {
  return String(Number(value.toPrecision(3)));
}
