import type { JsonValue, ResourceGraph, ResourceNode } from '../../analysis/graph';
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
  return [
    ...load,
    ...dataMoves(input)
      .filter(({ change }) => isRelational(change.after))
      .flatMap(({ change: { id }, shards }) => diskProblem(id, shards, input)),
  ];
}

function diskProblem(id: string, shards: number, { facts, resources, to }: PlanInput): readonly Problem[] {
  const room = diskGb(resources.after, id, shards);
  const needed = facts.databaseGb * database.diskFactor.value;
  if (room === undefined || needed <= room) return [];
  return [
    doesNotFit(
      id,
      `${figure(facts.databaseGb)} GB of data, which take ${figure(needed)} GB while they arrive, do not fit`,
      `the ${figure(room)} GB that ${to.id} gives them`,
      'Delete what is not needed, or stay at a tier with a larger disk. Say --database-gb if the database is smaller than the load model says.',
    ),
  ];
}

/** The room that a configuration gives a database, on all its shards; undefined where the provider decides. */
export function diskGb({ resources }: Pick<ResourceGraph, 'resources'>, id: string, shards: number): number | undefined {
  const disks = resources.filter(({ component }) => component === id).flatMap((node) => diskGib(node) ?? []);
  return disks.length === 0 ? undefined : Math.min(...disks) * gbPerGib * Math.min(shards, disks.length);
}

/** The disk that a resource states, in GiB; undefined where the provider decides. */
function diskGib({ type, values }: ResourceNode): number | undefined {
  if (type === 'digitalocean_volume') return number(values['size']);
  if (type === 'digitalocean_database_cluster') return scaled(values['storage_size_mib'], 1 / 1024);
  return type === 'aws_db_instance' || type === 'aws_ebs_volume'
    ? number(values['max_allocated_storage'] ?? values['allocated_storage'] ?? values['size'])
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
