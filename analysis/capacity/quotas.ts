import { type DropletSize, dropletSize, postgresqlClusterLimits, spacesBucketLimits } from '../../catalog/digitalocean';
import type { Problem } from '../../values/errors';
import { nearest } from '../../values/nearest';
import type { ResourceGraph } from '../graph/types';
import { quotasNotValid } from './errors';
import { numberOf } from './by-component';
import { blockOf, poolOf } from './read-digitalocean';
import { scalarText } from '../../values/scalar-text';
import { isRecord } from '../../values/record';

/** What accounts are limited in. */
export const quotaNames = [
  'droplets',
  'vcpus',
  'gpus',
  'databases',
  'loadBalancers',
  'reservedAddresses',
  'volumes',
  'buckets',
  'domains',
  'certificates',
] as const;

export type QuotaName = (typeof quotaNames)[number];

/** The limits of an account, and what it has in use besides this environment. */
export interface Quotas {
  readonly limits: Readonly<Partial<Record<QuotaName, number>>>;
  /** @default - nothing */
  readonly used?: Readonly<Partial<Record<QuotaName, number>>>;
}

/** What a tier needs of one limit. */
export interface QuotaCheck {
  readonly name: QuotaName;
  readonly needed: number;
  readonly used: number;
  /** Undefined where neither the file nor the vendor says. */
  readonly limit: number | undefined;
  /** Where the limit comes from. */
  readonly source: string;
  readonly verdict: 'fits' | 'exceeded' | 'unknown';
  /** What to write to support, where it is exceeded. */
  readonly request?: string;
}

/** What the vendor gives every account. Others depend on the account's age and history. */
const published: Readonly<Partial<Record<QuotaName, { readonly value: number; readonly source: string }>>> = {
  databases: postgresqlClusterLimits.clustersPerAccount,
  buckets: spacesBucketLimits.bucketsPerAccount,
};

const types: Readonly<Partial<Record<QuotaName, string>>> = {
  droplets: 'digitalocean_droplet',
  databases: 'digitalocean_database_cluster',
  loadBalancers: 'digitalocean_loadbalancer',
  reservedAddresses: 'digitalocean_reserved_ip',
  volumes: 'digitalocean_volume',
  buckets: 'digitalocean_spaces_bucket',
  domains: 'digitalocean_domain',
  certificates: 'digitalocean_certificate',
};

/** Names as people at support know them. */
const words: Readonly<Record<QuotaName, string>> = {
  droplets: 'droplets',
  vcpus: 'vCPUs',
  gpus: 'GPUs',
  databases: 'database clusters',
  loadBalancers: 'load balancers',
  reservedAddresses: 'reserved IP addresses',
  volumes: 'volumes',
  buckets: 'Spaces buckets',
  domains: 'domains',
  certificates: 'certificates',
};

/** Everything that a graph needs of an account, against its limits; what it needs none of is left out. */
export function checkQuotas(graph: ResourceGraph, quotas: Quotas = { limits: {} }): readonly QuotaCheck[] {
  return quotaNames.flatMap((name) => {
    const needed = neededOf(name, graph);
    return needed === 0 ? [] : [checkOne(name, needed, quotas)];
  });
}

function checkOne(name: QuotaName, needed: number, { limits, used = {} }: Quotas): QuotaCheck {
  const given = limits[name];
  const known = given === undefined ? published[name] : { value: given, source: 'given' };
  const already = used[name] ?? 0;
  const base = { name, needed, used: already, limit: known?.value, source: known?.source ?? 'not published; read it in the account' };
  if (known === undefined) return { ...base, verdict: 'unknown' };
  if (needed + already <= known.value) return { ...base, verdict: 'fits' };
  return { ...base, verdict: 'exceeded', request: requestText(name, needed, already, known.value) };
}

function requestText(name: QuotaName, needed: number, used: number, limit: number): string {
  return `Please raise our limit of ${words[name]} from ${limit} to ${needed + used}: we use ${used} and are about to create ${needed} more.`;
}

function neededOf(name: QuotaName, graph: ResourceGraph): number {
  const type = types[name];
  if (type !== undefined && name !== 'droplets') return graph.ofType(type).length;
  const machines = machinesIn(graph);
  if (name === 'droplets') return machines.reduce((sum, { count }) => sum + count, 0);
  return machines.reduce((sum, { size, count }) => sum + count * (name === 'vcpus' ? size.vcpus : (size.gpu?.count ?? 0)), 0);
}

/** Droplets, and what pools of them may grow to. */
function machinesIn(graph: ResourceGraph): readonly { readonly size: DropletSize; readonly count: number }[] {
  const single = graph.ofType('digitalocean_droplet').map((node) => ({ size: dropletSize(scalarText(node.values['size'])), count: 1 }));
  const pooled = graph
    .ofType('digitalocean_droplet_autoscale')
    .map((node) => poolOf(node))
    .map(({ size, count }) => ({ size: dropletSize(size), count }));
  // Nodes of a cluster are droplets of the account, those of its default pool among them.
  const nodes = [
    ...graph.ofType('digitalocean_kubernetes_node_pool').map(({ values }) => values),
    ...graph.ofType('digitalocean_kubernetes_cluster').map(({ values }) => blockOf(values['node_pool'])),
  ];
  const clustered = nodes.map((pool) => ({
    size: dropletSize(scalarText(pool['size'])),
    count: Math.max(numberOf(pool['node_count']), numberOf(pool['max_nodes'])),
  }));
  return [...single, ...pooled, ...clustered];
}

/**
 * A file of quotas, parsed: `{ limits: { droplets: 25 }, used: { droplets: 3 } }`.
 * @throws TerraceError `CAPACITY_QUOTAS_NOT_VALID` with all problems
 */
export function readQuotas(value: unknown): Quotas {
  const problems = isRecord(value)
    ? recordProblems(value)
    : [problem('quotas', 'The file holds no mapping. Allowed: limits and used, each a mapping from a name to a number.')];
  if (problems.length > 0) throw quotasNotValid(problems);
  const { limits = {}, used = {} } = value as Partial<Quotas>;
  return { limits, used };
}

function recordProblems(value: Record<string, unknown>): readonly Problem[] {
  const unknown = Object.keys(value).filter((key) => key !== 'limits' && key !== 'used');
  return [
    ...unknown.map((key) => problem(key, `"${key}" is not known. Allowed: limits, used.`)),
    ...(['limits', 'used'] as const).flatMap((part) => partProblems(part, value[part])),
  ];
}

function partProblems(part: string, value: unknown): readonly Problem[] {
  if (value === undefined) return part === 'limits' ? [problem(part, 'limits is missing.')] : [];
  if (!isRecord(value)) return [problem(part, `${part} is no mapping from a name to a number.`)];
  return Object.entries(value).flatMap(([name, number]) => entryProblems(part, name, number));
}

function entryProblems(part: string, name: string, value: unknown): readonly Problem[] {
  const known: readonly string[] = quotaNames;
  if (!known.includes(name))
    return [problem(`${part}.${name}`, `There is no quota "${name}". Allowed: ${quotaNames.join(', ')}.${near(name)}`)];
  const fine = typeof value === 'number' && Number.isInteger(value) && value >= 0;
  return fine ? [] : [problem(`${part}.${name}`, `${part}.${name} is ${JSON.stringify(value)}. Allowed: a whole number from 0 on.`)];
}

function near(name: string): string {
  const found = nearest(name, quotaNames);
  return found === undefined ? '' : ` Did you mean ${found}?`;
}

function problem(where: string, message: string): Problem {
  return { code: 'CAPACITY_QUOTA', where, message };
}
