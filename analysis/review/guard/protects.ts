import type { ResourceGraph, ResourceNode } from '../../graph';
import { isList } from '../../graph/json';
import { helperType, statefulType } from './tables';

/** The resources that a helper protects in this graph: found by reference, by name, or by tag. */
export function protectedBy(helper: ResourceNode, graph: ResourceGraph): readonly ResourceNode[] {
  if (helper.type === 'digitalocean_firewall') return behindFirewall(helper, graph);
  if (helper.type === 'aws_security_group') return inGroup(helper, graph);
  if (helper.type === 'aws_s3_account_public_access_block') return graph.ofType('aws_s3_bucket');
  if (helper.type === 'google_compute_firewall') return graph.ofType('google_compute_instance', 'google_sql_database_instance');
  const direct = referred(helper, graph);
  return direct.flatMap((node) => (node.type === 'aws_security_group' ? inGroup(node, graph) : [node]));
}

function referred(helper: ResourceNode, graph: ResourceGraph): readonly ResourceNode[] {
  const kind = helperType(helper.type);
  if (kind === undefined) return [];
  const could = (node: ResourceNode): boolean => sameProvider(node, helper) && statefulType(node.type) !== undefined;
  const byReference = graph.referenced(helper, kind.refers).filter((node) => node.type === 'aws_security_group' || could(node));
  if (byReference.length > 0 || kind.named === undefined) return byReference;
  const name = helper.values[kind.refers];
  const { named } = kind;
  return typeof name === 'string'
    ? graph.resources.filter((node) => could(node) && (node.values[named] === name || node.values['id'] === name))
    : [];
}

/** A bucket of another provider may be called as one of the helper's own is, in a plan by its id too. */
function sameProvider(one: ResourceNode, other: ResourceNode): boolean {
  const [own, others] = [one, other].map(({ type }) => type.split('_', 1)[0]);
  return own === others;
}

/** A firewall of DigitalOcean covers droplets by id and by tag. */
function behindFirewall(firewall: ResourceNode, graph: ResourceGraph): readonly ResourceNode[] {
  const tags = texts(firewall, 'tags');
  const named = new Set(graph.referenced(firewall, 'droplet_ids').map(({ address }) => address));
  return graph
    .ofType('digitalocean_droplet', 'digitalocean_droplet_autoscale')
    .filter((droplet) => named.has(droplet.address) || texts(droplet, 'tags').some((tag) => tags.includes(tag)));
}

function texts(node: ResourceNode, attribute: string): readonly string[] {
  const value = node.values[attribute];
  return isList(value) ? value.filter((one) => typeof one === 'string') : [];
}

const groupAttributes = [
  'vpc_security_group_ids',
  'security_group_ids',
  'security_groups',
  'vpc_config',
  'network_configuration',
  'broker_node_group_info',
  'vpc_options',
];

/** Who is in a security group: by expression, or in a plan by id. */
function inGroup(group: ResourceNode, graph: ResourceGraph): readonly ResourceNode[] {
  const id = typeof group.values['id'] === 'string' ? group.values['id'] : undefined;
  return graph.resources.filter((node) => {
    if (node.type.startsWith('aws_security_group') || node.type.startsWith('aws_vpc_security_group')) return false;
    return groupAttributes.some(
      (attribute) =>
        (node.referencesByAttribute[attribute] ?? []).includes(group.address) ||
        (id !== undefined && JSON.stringify(node.values[attribute] ?? '').includes(JSON.stringify(id))),
    );
  });
}
