import type { ResourceGraph } from '../../analysis/graph';
import { holdsData, type Component } from '../../components/component';
import { nameOf, typeOf } from './documents';

/**
 * Types whose objects hold data where their component does, each with the beginning of the types that belong to such an object:
 * what attaches it, admits to it or lies in it.
 */
const dataTypes: Readonly<Record<string, readonly string[]>> = {
  digitalocean_database_cluster: ['digitalocean_database_'],
  digitalocean_volume: ['digitalocean_volume_'],
  digitalocean_spaces_bucket: ['digitalocean_spaces_bucket_'],
  // Resolvers ask the old zone for as long as the registrar's delegation is cached.
  digitalocean_domain: ['digitalocean_record'],
  aws_db_instance: ['aws_db_'],
  aws_rds_cluster: ['aws_rds_', 'aws_db_'],
  aws_ebs_volume: ['aws_volume_', 'aws_ebs_'],
  aws_efs_file_system: ['aws_efs_'],
  aws_s3_bucket: ['aws_s3_bucket_'],
  aws_dynamodb_table: ['aws_dynamodb_table_'],
  aws_msk_cluster: ['aws_msk_'],
  aws_route53_zone: ['aws_route53_record'],
  google_sql_database_instance: ['google_sql_'],
  google_storage_bucket: ['google_storage_bucket_'],
};

/** Types of servers, which read a release. */
const servers: ReadonlySet<string> = new Set(['digitalocean_droplet', 'aws_instance']);

/** Addresses that leave the configuration: what is forgotten and goes on standing, and what is deleted. Both sorted. */
export interface Leaving {
  readonly forgotten: readonly string[];
  readonly deleted: readonly string[];
}

/**
 * Splits what leaves a configuration. What holds data is forgotten, together with everything that belongs to it and everything
 * that it refers to: to delete a firewall, a key or an attachment would open a live database, or take its disk away.
 * @param graph the configuration that it leaves
 * @param leaving addresses that the next configuration has not
 * @param components of the tier that it leaves
 */
export function leavingOf(graph: ResourceGraph, leaving: ReadonlySet<string>, components: readonly Component[]): Leaving {
  const holders = [...leaving].filter((address) => isHolder(address, components));
  const owned = [...leaving].filter((address) => holders.some((holder) => belongs(address, holder, graph)));
  const standing = reachable([...holders, ...owned], leaving, graph);
  const forgotten = new Set([...standing, ...keysOf(standing, leaving, graph)]);
  return { forgotten: [...forgotten].sort(), deleted: [...leaving].filter((address) => !forgotten.has(address)).sort() };
}

function isHolder(address: string, components: readonly Component[]): boolean {
  const component = components.find(({ id }) => id === componentIn(address));
  return Object.hasOwn(dataTypes, typeOf(address)) && component !== undefined && holdsData[component.kind];
}

/** Our addresses begin with the component's id. */
export function componentIn(address: string): string {
  return nameOf(address).split('_', 1)[0] ?? '';
}

function belongs(address: string, holder: string, graph: ResourceGraph): boolean {
  const families = dataTypes[typeOf(holder)] ?? [];
  return families.some((family) => typeOf(address).startsWith(family)) && refersTo(address, holder, graph);
}

function refersTo(address: string, other: string, graph: ResourceGraph): boolean {
  return graph.get(address)?.references.includes(other) === true;
}

/**
 * What the release of a server that goes on standing refers to: with the key of its archive gone, a database that stands would
 * keep every segment of its log. The release itself holds secrets, and is not needed any more.
 */
function keysOf(standing: ReadonlySet<string>, leaving: ReadonlySet<string>, graph: ResourceGraph): readonly string[] {
  const releases = [...leaving].filter((address) => typeOf(address).endsWith('_bucket_object') && [...standing].some((other) => servers.has(typeOf(other)) && refersTo(address, other, graph)));
  const found = reachable(releases, leaving, graph);
  return [...found].filter((address) => !releases.includes(address));
}

/** These and all that they refer to, as far as it leaves too. */
function reachable(from: readonly string[], within: ReadonlySet<string>, graph: ResourceGraph): ReadonlySet<string> {
  const found = new Set(from);
  for (const address of found) for (const next of graph.get(address)?.references ?? []) if (within.has(next)) found.add(next);
  return found;
}
