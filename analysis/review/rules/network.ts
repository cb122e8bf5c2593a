import type { JsonObject, JsonValue, ResourceGraph, ResourceNode } from '../../graph/types';
import { leaves } from './read';
import { scalarText } from '../../../values/scalar-text';

/** First and last port, both included. */
export interface PortRange {
  readonly from: number;
  readonly to: number;
}

/** Where data is served: PostgreSQL and its poolers, MySQL, Redis, MongoDB, Kafka, search and vector stores, etcd, file shares. */
export const dataPorts: readonly number[] = [
  5432, 6432, 25_060, 25_061, 3306, 1433, 1521, 27_017, 6379, 11_211, 9092, 9094, 9096, 9098, 9200, 9300, 6333, 6334, 2379, 2049, 5984,
  8086, 9042,
];

/** Where servers are administered: SSH, RDP, WinRM, Docker's and the kubelet's own ports. */
export const adminPorts: readonly number[] = [22, 3389, 5985, 5986, 2375, 2376, 10_250];

/** Where a website answers. */
export const webPorts: readonly number[] = [80, 443];

/** Whether this range of addresses is everyone, or so large a part that the difference does not matter (under /8, for IPv6 under /16). */
export function isWorld(cidr: JsonValue): boolean {
  const found = /^([\d.]+|[\da-f:]+)\/(\d+)$/i.exec(scalarText(cidr));
  if (found === null) return false;
  return Number(found[2]) < (found[1]?.includes(':') === true ? 16 : 8);
}

/** Whether one of these ports lies in one of the ranges. */
export function covers(ranges: readonly PortRange[], ports: readonly number[]): boolean {
  return ranges.some(({ from, to }) => ports.some((port) => port >= from && port <= to));
}

/** Ranges that hold a port other than these. */
export function beyond(ranges: readonly PortRange[], ports: readonly number[]): readonly PortRange[] {
  return ranges.filter(({ from, to }) => to - from >= ports.length || numbers(from, to).some((port) => !ports.includes(port)));
}

function numbers(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** Ports that a DigitalOcean firewall opens to everyone. What is not known opens nothing here. */
export function openOnDroplets(firewall: ResourceNode): readonly PortRange[] {
  return leaves(firewall.values, ['inbound_rule'])
    .filter(isBlock)
    .filter((rule) => leaves(rule, ['source_addresses']).some(isWorld))
    .filter((rule) => rule['protocol'] !== 'icmp')
    .flatMap((rule) => portRange(rule['port_range']));
}

/** `"443"`, `"1-65535"`, `"all"`, and `"0"` or nothing, which mean all. */
function portRange(text: JsonValue | undefined): readonly PortRange[] {
  const range = scalarText(text);
  if (['all', '0', ''].includes(range)) return [everyPort];
  const found = /^(\d+)(?:-(\d+))?$/.exec(range);
  return found === null ? [] : [{ from: Number(found[1]), to: Number(found[2] ?? found[1]) }];
}

const everyPort: PortRange = { from: 0, to: 65_535 };

/** Types that open ports on AWS. */
export const securityGroupTypes: readonly string[] = [
  'aws_security_group',
  'aws_default_security_group',
  'aws_security_group_rule',
  'aws_vpc_security_group_ingress_rule',
];

/** Ports that a security group, or a rule of one, opens to everyone. What is not known opens nothing here. */
export function openOnAws(node: ResourceNode): readonly PortRange[] {
  return ingressRules(node)
    .filter((rule) => rangesOf(rule).some(isWorld))
    .flatMap(awsPorts);
}

function ingressRules(node: ResourceNode): readonly JsonObject[] {
  if (node.type === 'aws_security_group_rule') return node.values['type'] === 'ingress' ? [node.values] : [];
  if (node.type === 'aws_vpc_security_group_ingress_rule') return [node.values];
  return leaves(node.values, ['ingress']).filter(isBlock);
}

function rangesOf(rule: JsonObject): readonly JsonValue[] {
  return ['cidr_blocks', 'ipv6_cidr_blocks', 'cidr_ipv4', 'cidr_ipv6'].flatMap((name) => leaves(rule, [name]));
}

function awsPorts(rule: JsonObject): readonly PortRange[] {
  const protocol = scalarText(rule['protocol'] ?? rule['ip_protocol']);
  if (protocol === '-1' || protocol === 'all') return [everyPort];
  if (['icmp', 'icmpv6', '1', '58'].includes(protocol)) return [];
  const [from, to] = [Number(rule['from_port']), Number(rule['to_port'])];
  return Number.isInteger(from) && Number.isInteger(to) ? [{ from, to }] : [];
}

/** Ports that a firewall of Google opens to everyone. What is not known opens nothing here. */
export function openOnGoogle({ values }: ResourceNode): readonly PortRange[] {
  if (values['direction'] === 'EGRESS' || values['disabled'] === true || !leaves(values, ['source_ranges']).some(isWorld)) return [];
  return leaves(values, ['allow'])
    .filter(isBlock)
    .filter(({ protocol }) => !['icmp', 'esp', 'ah', 'ipip'].includes(scalarText(protocol)))
    .flatMap((rule) => {
      const ports = leaves(rule, ['ports']);
      return ports.length === 0 ? [everyPort] : ports.flatMap(portRange);
    });
}

function isBlock(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a resource opens one of these ports to everyone: never, as a condition to be held. */
export function closed(
  open: (node: ResourceNode) => readonly PortRange[],
  ports: readonly number[],
): (node: ResourceNode, graph: ResourceGraph) => boolean {
  return (node) => !covers(open(node), ports);
}
