import { isPrivate, overlaps, rangeOf } from '../objects/network';
import { objectOf, objectsOf } from '../store';
import { blocks, number, text, type ValueMap } from '../values';
import { exists, knownRegion, nameTaken, others, unprocessable, vpcOfRegion, type Request, type Rule } from './refusal';

const CLUSTER = 'digitalocean_kubernetes_cluster';

/** Rules for Kubernetes and for networks that are joined, by type without `digitalocean_`. */
export const clusterRules: Readonly<Record<string, readonly Rule[]>> = {
  kubernetes_cluster: [
    knownRegion((region) => `validation error: region "${region}" is not valid`),
    nameTaken((name) => unprocessable(`validation error: a cluster named "${name}" already exists`)),
    vpcOfRegion('vpc_uuid', 'cluster'),
    (request) => poolFault(blocks(request.next, 'node_pool')[0] ?? {}, text(request.next, 'region'), request),
    subnets,
    haStays,
  ],
  kubernetes_node_pool: [
    exists('cluster_id', CLUSTER, 'The cluster'),
    nameTaken(
      (name) => unprocessable(`validation error: a node pool named "${name}" already exists in the cluster`),
      (a, b) => text(a, 'cluster_id') === text(b, 'cluster_id'),
    ),
    (request) => poolFault(request.next, text(objectOf(request.account, CLUSTER, text(request.next, 'cluster_id')), 'region'), request),
  ],
  vpc_peering: [nameTaken((name) => unprocessable(`a VPC peering named "${name}" already exists`)), peersExist],
};

function poolFault(pool: ValueMap, region: string, { facts }: Request): ReturnType<Rule> {
  const size = text(pool, 'size');
  const known = facts.dropletSize(size);
  if (known === undefined) return unprocessable(`validation error: invalid node size "${size}"`);
  if (known.notSoldIn(region)) return unprocessable(`validation error: size "${size}" is not available in region "${region}"`);
  const [least, most] = [number(pool, 'min_nodes'), number(pool, 'max_nodes')];
  return pool['auto_scale'] === true && (least > most || most === 0)
    ? unprocessable(`validation error: min_nodes is ${least} and max_nodes ${most}`)
    : undefined;
}

/** Source: digitalocean/openapi 2026-08-07, kubernetes clusters: subnets are private and overlap with no other network of the VPC. */
function subnets(request: Request): ReturnType<Rule> {
  const { next, account } = request;
  const own = ['cluster_subnet', 'service_subnet'].flatMap((name) => rangeOf(text(next, name)) ?? []);
  if (own.some((range) => !isPrivate(range))) return unprocessable('validation error: the subnets of a cluster must be private ranges.');
  const [pods, services] = own;
  if (pods !== undefined && services !== undefined && overlaps(pods, services))
    return unprocessable('validation error: cluster_subnet and service_subnet overlap.');
  const networks = objectsOf(account, 'digitalocean_vpc').map((vpc) => text(vpc, 'ip_range'));
  const clusters = others(request).flatMap((other) => [text(other, 'cluster_subnet'), text(other, 'service_subnet')]);
  const taken = [...networks, ...clusters].flatMap((cidr) => rangeOf(cidr) ?? []);
  return own.some((range) => taken.some((other) => overlaps(range, other)))
    ? unprocessable('validation error: the subnets of a cluster overlap with another network of your account.')
    : undefined;
}

function haStays({ prior, next }: Request): ReturnType<Rule> {
  return prior?.['ha'] === true && next['ha'] !== true
    ? unprocessable('validation error: high availability cannot be switched off.')
    : undefined;
}

function peersExist({ next, account }: Request): ReturnType<Rule> {
  const ids = ((next['vpc_ids'] as readonly unknown[] | undefined) ?? []).map(String);
  if (ids.length !== 2 || ids[0] === ids[1]) return unprocessable('a VPC peering joins two networks.');
  const [first, second] = ids.map((id) => objectOf(account, 'digitalocean_vpc', id));
  const [a, b] = [rangeOf(text(first, 'ip_range')), rangeOf(text(second, 'ip_range'))];
  if (a === undefined || b === undefined) return unprocessable('a VPC of this peering was not found.');
  return overlaps(a, b) ? unprocessable('the networks of a VPC peering must not overlap.') : undefined;
}
