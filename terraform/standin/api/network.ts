import { loadBalancerLimits, vpcPrefixLengths } from '../../../catalog/digitalocean';
import { texts } from '../objects/computed';
import { isPrivate, overlaps, rangeOf } from '../objects/network';
import { objectOf, objectsOf } from '../store';
import { blocks, list, number, text, type ValueMap } from '../values';
import {
  changes,
  conflict,
  exists,
  knownRegion,
  nameTaken,
  notFound,
  others,
  unprocessable,
  vpcOfRegion,
  type Request,
  type Rule,
} from './refusal';
import { scalarText } from '../../../values/scalar-text';

/** Rules for networks, load balancers, names and certificates. */
export const networkRules: Readonly<Record<string, readonly Rule[]>> = {
  vpc: [
    knownRegion((region) => `invalid region "${region}"`),
    nameTaken((name) => conflict(`a VPC named "${name}" already exists in your account`)),
    rangeAllowed,
    rangeFree,
  ],
  firewall: [
    nameTaken((name) => conflict(`a firewall named "${name}" already exists in your account`)),
    firewallDroplets,
    everyRuleReachesSomething,
  ],
  loadbalancer: [
    knownRegion((region) => `invalid region "${region}"`),
    nameTaken((name) => unprocessable(`a load balancer named "${name}" already exists in your account`)),
    vpcOfRegion('vpc_uuid', 'load balancer'),
    balancedDroplets,
    certificatesKnown,
    httpsNeedsCertificate,
    globalTargets,
  ],
  domain: [nameTaken((name) => unprocessable(`domain "${name}" already exists`))],
  record: [exists('domain', 'digitalocean_domain', 'The domain'), dataEndsWithDot],
  certificate: [nameTaken((name) => unprocessable(`a certificate named "${name}" already exists in your account`)), certificateFields],
  cdn: [cdnOrigin, cdnTaken, cdnDomain],
  project: [nameTaken((name) => conflict(`a project named "${name}" already exists`)), projectMembers],
  project_resources: [exists('project', 'digitalocean_project', 'The project'), projectMembers],
};

function rangeAllowed(request: Request): ReturnType<Rule> {
  const cidr = text(request.next, 'ip_range');
  const range = rangeOf(cidr);
  if (range === undefined || !changes(request, 'ip_range')) return undefined;
  const { shortest, longest } = vpcPrefixLengths;
  if (range.bits < shortest || range.bits > longest)
    return unprocessable(`ip_range ${cidr}: the prefix must be from /${shortest} to /${longest}.`);
  return isPrivate(range)
    ? undefined
    : unprocessable(`ip_range ${cidr} is not a private range (10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16).`);
}

function rangeFree(request: Request): ReturnType<Rule> {
  const range = rangeOf(text(request.next, 'ip_range'));
  const other = others(request).find(
    (vpc) => range !== undefined && overlaps(range, rangeOf(text(vpc, 'ip_range')) ?? { first: 0, size: 0, bits: 32 }),
  );
  return (
    other &&
    unprocessable(
      `This range/size overlaps with another VPC network in your account: "${text(other, 'name')}" has ${text(other, 'ip_range')}.`,
    )
  );
}

function firewallDroplets(request: Request): ReturnType<Rule> {
  return droplets(request, 'droplet_ids', loadBalancerLimits.dropletsByName.value);
}

/** Without a source or destination a rule would allow nothing; the API refuses it. */
function everyRuleReachesSomething({ next }: Request): ReturnType<Rule> {
  const reaches = (rule: ValueMap, side: string): boolean =>
    Object.keys(rule).some((name) => name.startsWith(side) && list(rule, name).length > 0);
  const inbound = blocks(next, 'inbound_rule').every((rule) => reaches(rule, 'source_'));
  const outbound = blocks(next, 'outbound_rule').every((rule) => reaches(rule, 'destination_'));
  if (!inbound) return unprocessable('invalid inbound rule: it must have at least one source.');
  return outbound ? undefined : unprocessable('invalid outbound rule: it must have at least one destination.');
}

function balancedDroplets(request: Request): ReturnType<Rule> {
  const fault = droplets(request, 'droplet_ids', loadBalancerLimits.dropletsByName.value);
  if (fault !== undefined) return fault;
  const region = text(request.next, 'region');
  const far = dropletsOf(request, 'droplet_ids').find((droplet) => text(droplet, 'region') !== region);
  return (
    far &&
    unprocessable(
      `Droplet ${text(far, 'name')} is in ${text(far, 'region')}, and the load balancer is in ${region}: both must be in the same region.`,
    )
  );
}

function droplets({ next, account }: Request, attribute: string, most: number): ReturnType<Rule> {
  const ids = list(next, attribute).map(String);
  if (ids.length > most) return unprocessable(`at most ${most} Droplets can be named, got ${ids.length}: use a tag for more.`);
  const absent = ids.find((id) => objectOf(account, 'digitalocean_droplet', id) === undefined);
  return absent === undefined ? undefined : notFound(`Droplet ${absent} was not found.`);
}

function dropletsOf({ next, account }: Request, attribute: string): readonly ValueMap[] {
  return list(next, attribute).flatMap<ValueMap>((id) => objectOf(account, 'digitalocean_droplet', scalarText(id)) ?? []);
}

function certificatesKnown({ next, account }: Request): ReturnType<Rule> {
  const names = blocks(next, 'forwarding_rule')
    .map(certificateName)
    .filter((name) => name !== '');
  const absent = names.find((name) => certificate(account, name) === undefined);
  return absent === undefined ? undefined : notFound(`certificate "${absent}" was not found.`);
}

function httpsNeedsCertificate({ next }: Request): ReturnType<Rule> {
  const encrypted = ['https', 'http2', 'http3'];
  const bare = blocks(next, 'forwarding_rule').find(
    (rule) => encrypted.includes(text(rule, 'entry_protocol')) && rule['tls_passthrough'] !== true && certificateName(rule) === '',
  );
  return (
    bare &&
    unprocessable(`forwarding rule ${text(bare, 'entry_protocol')}:${number(bare, 'entry_port')} needs a certificate or tls_passthrough.`)
  );
}

/** A global balancer stands before regional ones; only it has domains of its own. Source: digitalocean/openapi 2026-08-07, load balancers. */
function globalTargets({ next, account }: Request): ReturnType<Rule> {
  if (text(next, 'type') !== 'GLOBAL') return undefined;
  const targets = texts(next, 'target_load_balancer_ids');
  const absent = targets.find((id) => objectOf(account, 'digitalocean_loadbalancer', id) === undefined);
  if (absent !== undefined) return notFound(`target load balancer "${absent}" was not found.`);
  const names = blocks(next, 'domains')
    .map(certificateName)
    .filter((name) => name !== '');
  const unknownName = names.find((name) => certificate(account, name) === undefined);
  if (unknownName !== undefined) return notFound(`certificate "${unknownName}" was not found.`);
  return targets.length === 0 && text(next, 'droplet_tag') === '' ? unprocessable('a global load balancer needs targets.') : undefined;
}

function certificateName(rule: ValueMap): string {
  return text(rule, 'certificate_name') || text(rule, 'certificate_id');
}

/** By its name, which is its id in Terraform, or by its id in the API. */
function certificate(account: Request['account'], name: string): ValueMap | undefined {
  return objectsOf(account, 'digitalocean_certificate').find((object) => text(object, 'name') === name || text(object, 'uuid') === name);
}

function dataEndsWithDot({ next }: Request): ReturnType<Rule> {
  const [type, value] = [text(next, 'type'), text(next, 'value')];
  const named = ['CNAME', 'MX', 'NS', 'SRV'].includes(type);
  return named && value !== '@' && !value.endsWith('.') ? unprocessable(`Data needs to end with a dot (.), got "${value}".`) : undefined;
}

function certificateFields({ next }: Request): ReturnType<Rule> {
  const needed = text(next, 'type') === 'lets_encrypt' ? ['domains'] : ['private_key', 'leaf_certificate'];
  const kind = text(next, 'type') === 'lets_encrypt' ? '`lets_encrypt`' : '`custom` or empty';
  const absent = needed.find((name) => text(next, name) === '' && list(next, name).length === 0);
  return absent === undefined ? undefined : unprocessable(`\`${absent}\` is required for when type is ${kind}`);
}

function cdnOrigin(request: Request): ReturnType<Rule> {
  const origin = text(request.next, 'origin');
  const known = objectsOf(request.account, 'digitalocean_spaces_bucket').some((bucket) => text(bucket, 'bucket_domain_name') === origin);
  return changes(request, 'origin') && !known ? unprocessable(`origin "${origin}" is not a Space of this account.`) : undefined;
}

function cdnTaken(request: Request): ReturnType<Rule> {
  const origin = text(request.next, 'origin');
  return others(request).some((other) => text(other, 'origin') === origin)
    ? conflict(`a CDN endpoint for "${origin}" already exists`)
    : undefined;
}

function cdnDomain({ next, account }: Request): ReturnType<Rule> {
  const [domain, name] = [text(next, 'custom_domain'), certificateName(next)];
  if (domain !== '' && name === '') return unprocessable(`custom_domain "${domain}" needs a certificate.`);
  return name !== '' && name !== 'needs-cloudflare-cert' && certificate(account, name) === undefined
    ? notFound(`certificate "${name}" was not found.`)
    : undefined;
}

/** Kinds that a project can hold. Source: digitalocean/openapi 2026-08-07, pattern of a resource's URN. */
const MEMBERS = ['dbaas', 'domain', 'droplet', 'floatingip', 'reservedip', 'loadbalancer', 'space', 'volume', 'kubernetes', 'vpc', 'app'];

function projectMembers({ next }: Request): ReturnType<Rule> {
  const wrong = texts(next, 'resources').find((urn) => !MEMBERS.includes(urn.split(':')[1] ?? '') || !urn.startsWith('do:'));
  return wrong === undefined
    ? undefined
    : unprocessable(`"${wrong}" cannot be a resource of a project: it must be do:kind:id, with kind one of ${MEMBERS.join(', ')}.`);
}
