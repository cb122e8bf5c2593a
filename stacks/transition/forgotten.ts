import type { ResourceGraph, ResourceNode } from '../../analysis/graph';
import { helperType, holdingsOf, statefulType } from '../../analysis/review/guard';
import { type Component, holdsData } from '../../components/component';
import { nameOf, typeOf } from './documents';

/** What lies in, or hangs on, an object of a type, and is no protection: the beginning of its type. */
const families: Readonly<Record<string, string>> = {
  digitalocean_database_cluster: 'digitalocean_database_',
  // Resolvers ask the old zone for as long as the registrar's delegation is cached.
  digitalocean_domain: 'digitalocean_record',
  aws_route53_zone: 'aws_route53_record',
};

/**
 * What somebody who is let in is named by, and what is let in does not need: a cluster whose pods may connect to a database, a distribution that reads a
 * bucket. To delete it opens nothing; to keep the one would cost more than all that it may reach, and the other would keep the domain's name, which
 * CloudFront gives to one distribution of all accounts.
 */
const admitted: Readonly<Record<string, string>> = {
  digitalocean_database_firewall: 'digitalocean_kubernetes_cluster',
  aws_s3_bucket_policy: 'aws_cloudfront_distribution',
};

/**
 * What follows a writer that goes on standing, and whose deletion nothing forbids. On AWS a replica is an instance like any other, and one in a second
 * region refuses its deletion.
 */
const replicas: ReadonlySet<string> = new Set(['digitalocean_database_replica']);

/** Types of servers, which read a release. */
const servers: ReadonlySet<string> = new Set(['digitalocean_droplet', 'aws_instance']);

/** Addresses that leave the configuration, each list sorted. */
export interface Leaving {
  /** What goes on standing. */
  readonly forgotten: readonly string[];
  readonly deleted: readonly string[];
  /**
   * Those of the deleted whose type can hold or protect data, while these hold none: caches, copies, what can be downloaded again,
   * and what protects nothing but them.
   */
  readonly dataless: readonly string[];
}

/**
 * Splits what leaves a configuration. What holds data is forgotten, together with everything that belongs to it and everything
 * that it refers to: to delete a firewall, a key or an attachment would open a live database, or take its disk away. What holds
 * data is known from the guard, which is asked before every apply.
 * @param graph the configuration that it leaves
 * @param leaving addresses that the next configuration has not
 * @param components of the tier that it leaves
 */
export function leavingOf(graph: ResourceGraph, leaving: ReadonlySet<string>, components: readonly Component[]): Leaving {
  const nodes = graph.resources.map(whole).filter(({ address }) => leaving.has(address));
  const kept = nodes.filter((node) => isKept(node, components));
  const data = kept.filter((node) => holdingsOf(node)?.kind !== 'address').map(({ address }) => address);
  const owned = nodes
    .filter((node) => !isSpare(node, components) && data.some((holder) => belongs(node, holder)))
    .map(({ address }) => address);
  const held = reachable([...data, ...owned], leaving, graph);
  // A firewall that shares a tag with what stands may be the one that protects it; trusted sources are of one database alone.
  const walls = nodes
    .filter(
      (node) =>
        helperType(node.type)?.deleted === 'public' &&
        admitted[node.type] === undefined &&
        node.references.some((each) => held.has(each) && isBorne(each, nodes, held)),
    )
    .map(({ address }) => address);
  const standing = reachable([...held, ...walls], leaving, graph);
  // An address is kept because names still lead to it; what it pointed to may go.
  const addresses = kept.filter((node) => holdingsOf(node)?.kind === 'address').map(({ address }) => address);
  const forgotten = new Set([...standing, ...addresses, ...keysOf(standing, leaving, graph)]);
  const deleted = [...leaving].filter((address) => !forgotten.has(address)).sort();
  // What had these tags is gone, and with it what a firewall for them protected.
  const gone = [...deleted, ...[...forgotten].filter((address) => !isBorne(address, nodes, forgotten))];
  return {
    forgotten: [...forgotten].sort(),
    deleted,
    dataless: deleted.filter((address) => statefulType(typeOf(address)) !== undefined || protectsOnly(address, gone, graph)),
  };
}

/** Whether something that stands has a tag: one that stands only because a database admits it is of servers that go. */
function isBorne(address: string, nodes: readonly ResourceNode[], held: ReadonlySet<string>): boolean {
  return (
    typeOf(address) !== 'digitalocean_tag' ||
    nodes.some((node) => held.has(node.address) && admitted[node.type] === undefined && node.references.includes(address))
  );
}

/** Whether what a helper protects goes with it; a firewall protects what has its tags, which go before nothing has them. */
function protectsOnly(address: string, gone: readonly string[], graph: ResourceGraph): boolean {
  const references = referencesOf(address, graph);
  const holders = references.filter((each) => statefulType(typeOf(each)) !== undefined);
  const protects = holders.length > 0 ? holders : references;
  return helperType(typeOf(address)) !== undefined && protects.length > 0 && protects.every((each) => gone.includes(each));
}

/** What a cache held is computed again, a copy is there again from its origin, and so is what a component without data keeps. */
function isKept(node: ResourceNode, components: readonly Component[]): boolean {
  const holds = holdingsOf(node);
  if (holds === undefined || holds.kind === 'cache' || holds.kind === 'copy') return false;
  const component = components.find(({ id }) => id === componentIn(node.address));
  return node.lifecycle?.preventDestroy === true || component === undefined || (holdsData[component.kind] && !replicas.has(node.type));
}

/** What could hold data and does not: a replica of a component that is nothing but replicas costs as much as what it copies. */
function isSpare(node: ResourceNode, components: readonly Component[]): boolean {
  return holdingsOf(node) !== undefined && !isKept(node, components);
}

/** Our addresses begin with the component's id. */
export function componentIn(address: string): string {
  return nameOf(address).split('_', 1)[0] ?? '';
}

function belongs(node: ResourceNode, holder: string): boolean {
  if (!node.references.includes(holder)) return false;
  const family = families[typeOf(holder)];
  return (family !== undefined && node.type.startsWith(family)) || helperType(node.type) !== undefined;
}

function refersTo(address: string, other: string, graph: ResourceGraph): boolean {
  return referencesOf(address, graph).includes(other);
}

/** A resource as its block is written: without the key of an instance. */
function whole(node: ResourceNode): ResourceNode {
  return { ...node, address: withoutKey(node.address), references: node.references.map(withoutKey) };
}

function withoutKey(address: string): string {
  return address.replace(/\[[^\]]*\]$/, '');
}

function referencesOf(address: string, graph: ResourceGraph): readonly string[] {
  const node = graph.get(address) ?? graph.resources.find((each) => withoutKey(each.address) === address);
  return node === undefined ? [] : whole(node).references;
}

/**
 * What the release of a server that goes on standing refers to: with the key of its archive gone, a database that stands would
 * keep every segment of its log. The release itself holds secrets, and is not needed any more.
 */
function keysOf(standing: ReadonlySet<string>, leaving: ReadonlySet<string>, graph: ResourceGraph): readonly string[] {
  const releases = [...leaving].filter(
    (address) =>
      typeOf(address).endsWith('_object') && [...standing].some((other) => servers.has(typeOf(other)) && refersTo(address, other, graph)),
  );
  const found = reachable(releases, leaving, graph);
  // What Terraform itself keeps stands nowhere else.
  return [...found].filter((address) => !releases.includes(address) && typeOf(address) !== 'terraform_data');
}

/** These and all that they refer to, as far as it leaves too. */
function reachable(from: readonly string[], within: ReadonlySet<string>, graph: ResourceGraph): ReadonlySet<string> {
  const found = new Set(from);
  for (const address of found)
    for (const next of referencesOf(address, graph)) if (within.has(next) && admitted[typeOf(address)] !== typeOf(next)) found.add(next);
  return found;
}
