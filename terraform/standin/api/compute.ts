import { backupHours, volumeLimits } from '../../../catalog/digitalocean';
import { texts, fingerprint } from '../objects/computed';
import { objectOf, objectsOf } from '../store';
import { blocks, list, number, text, type ValueMap } from '../values';
import {
  changes,
  conflict,
  exists,
  idText,
  knownRegion,
  nameTaken,
  notFound,
  others,
  unprocessable,
  vpcOfRegion,
  type Request,
  type Rule,
} from './refusal';

const DISTRIBUTIONS = /^(ubuntu|debian|fedora|centos|almalinux|rockylinux|gpu)-/;

/** Rules for droplets, keys, volumes and addresses, by type without `digitalocean_`. */
export const computeRules: Readonly<Record<string, readonly Rule[]>> = {
  droplet: [
    knownRegion((region) => `You specified an invalid region for Droplet creation: "${region}".`),
    knownSize,
    knownImage,
    soldInRegion,
    smallerDisk,
    vpcOfRegion('vpc_uuid', 'Droplet'),
    knownKeys,
    volumesOfRegion,
    backupPolicy,
  ],
  droplet_autoscale: [
    nameTaken((name) => unprocessable(`an autoscale group named "${name}" already exists`)),
    ofTemplate(knownRegion((region) => `You specified an invalid region for Droplet creation: "${region}".`)),
    ofTemplate(knownSize),
    ofTemplate(knownImage),
    ofTemplate(soldInRegion),
    ofTemplate(knownKeys),
    ofTemplate(vpcOfRegion('vpc_uuid', 'autoscale group')),
    autoscaleBounds,
  ],
  ssh_key: [keyFormat, keyTaken],
  volume: [
    knownRegion((region) => `invalid region "${region}"`),
    nameTaken(
      (name) => conflict(`a volume named "${name}" already exists in this region`),
      (a, b) => text(a, 'region') === text(b, 'region'),
    ),
    volumeSize,
  ],
  volume_attachment: [
    exists('volume_id', 'digitalocean_volume', 'The volume'),
    exists('droplet_id', 'digitalocean_droplet', 'The droplet'),
    attachable,
    attachmentsPerDroplet,
  ],
  reserved_ip: [
    knownRegion((region) => `invalid region "${region}"`),
    exists('droplet_id', 'digitalocean_droplet', 'The droplet'),
    oneAddress,
  ],
  reserved_ip_assignment: [
    exists('ip_address', 'digitalocean_reserved_ip', 'The reserved IP'),
    exists('droplet_id', 'digitalocean_droplet', 'The droplet'),
    oneAddress,
    addressOfRegion,
  ],
};

/** A rule of droplets, asked of what a pool makes its members from. */
function ofTemplate(rule: Rule): Rule {
  return (request) => {
    const [next = {}] = blocks(request.next, 'droplet_template');
    const prior = request.prior === null ? null : (blocks(request.prior, 'droplet_template')[0] ?? null);
    return rule({ ...request, next, prior });
  };
}

/** Source: digitalocean/openapi 2026-08-07, droplet autoscale pools: 1 to 500, at most 1,000, 5 to 20 minutes, 0.05 to 1. */
function autoscaleBounds({ next }: Request): ReturnType<Rule> {
  const [config] = blocks(next, 'config');
  const [least, most, cooldown] = ['min_instances', 'max_instances', 'cooldown_minutes'].map((name) => number(config, name)) as [
    number,
    number,
    number,
  ];
  if (least !== 0 && (least > 500 || most > 1000 || least > most))
    return unprocessable(
      `min_instances is ${least} and max_instances ${most}: the first must be from 1 to 500, the second at least that and at most 1000.`,
    );
  if (cooldown !== 0 && (cooldown < 5 || cooldown > 20)) return unprocessable(`cooldown_minutes must be from 5 to 20, got ${cooldown}.`);
  const targets = ['target_cpu_utilization', 'target_memory_utilization']
    .map((name) => number(config, name))
    .filter((share) => share !== 0);
  return targets.some((share) => share < 0.05 || share > 1) ? unprocessable('a target utilization must be from 0.05 to 1.') : undefined;
}

function knownSize({ next, facts }: Request): ReturnType<Rule> {
  const size = text(next, 'size');
  return facts.dropletSize(size) === undefined
    ? unprocessable(`You specified an invalid size for Droplet creation: "${size}".`)
    : undefined;
}

/** Marketplace and private images are not in the catalog, so only distributions are known well enough to refuse one. */
function knownImage(request: Request): ReturnType<Rule> {
  const image = text(request.next, 'image');
  const wrong = changes(request, 'image') && DISTRIBUTIONS.test(image) && !request.facts.images.includes(image);
  return wrong ? unprocessable(`You specified an invalid image for Droplet creation: "${image}".`) : undefined;
}

function soldInRegion({ next, facts }: Request): ReturnType<Rule> {
  const [size, region] = [text(next, 'size'), text(next, 'region')];
  return facts.dropletSize(size)?.notSoldIn(region) === true
    ? unprocessable(`Size "${size}" is not available in region "${region}".`)
    : undefined;
}

function smallerDisk(request: Request): ReturnType<Rule> {
  if (request.prior === null || !changes(request, 'size')) return undefined;
  const disk = request.facts.dropletSize(text(request.next, 'size'))?.diskGib ?? 0;
  return disk < number(request.prior, 'disk')
    ? unprocessable(
        `This size is not available because it has a smaller disk (${disk} GB, the Droplet has ${number(request.prior, 'disk')} GB).`,
      )
    : undefined;
}

function knownKeys(request: Request): ReturnType<Rule> {
  if (request.prior !== null) return undefined;
  const known = objectsOf(request.account, 'digitalocean_ssh_key').flatMap((key) => [text(key, 'id'), text(key, 'fingerprint')]);
  const unknownKeys = texts(request.next, 'ssh_keys').filter((key) => !known.includes(key));
  return unknownKeys.length > 0 ? unprocessable(`${unknownKeys.join(', ')} are invalid key identifiers for Droplet creation.`) : undefined;
}

function volumesOfRegion(request: Request): ReturnType<Rule> {
  const { next, account } = request;
  for (const id of texts(next, 'volume_ids')) {
    const fault = attachFault(objectOf(account, 'digitalocean_volume', id), id, next, request.id);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function attachable({ next, account }: Request): ReturnType<Rule> {
  const droplet = objectOf(account, 'digitalocean_droplet', idText(next, 'droplet_id'));
  return attachFault(
    objectOf(account, 'digitalocean_volume', text(next, 'volume_id')),
    text(next, 'volume_id'),
    droplet ?? {},
    idText(next, 'droplet_id'),
  );
}

function attachFault(volume: ValueMap | undefined, id: string, droplet: ValueMap, dropletId: string): ReturnType<Rule> {
  if (volume === undefined) return notFound(`The volume "${id}" was not found.`);
  const [here, there] = [text(volume, 'region'), text(droplet, 'region')];
  if (there !== '' && here !== there)
    return unprocessable(
      `The volume "${text(volume, 'name')}" is in ${here}, and the Droplet is in ${there}: both must be in the same region.`,
    );
  const holder = list(volume, 'droplet_ids')
    .map(String)
    .find((other) => other !== dropletId);
  return holder === undefined ? undefined : unprocessable(`The volume "${text(volume, 'name')}" is already attached to Droplet ${holder}.`);
}

function attachmentsPerDroplet(request: Request): ReturnType<Rule> {
  const limit = volumeLimits.perDroplet.value;
  const attached = others(request).filter((other) => idText(other, 'droplet_id') === idText(request.next, 'droplet_id'));
  return attached.length >= limit ? unprocessable(`A Droplet can have at most ${limit} volumes.`) : undefined;
}

function backupPolicy({ next }: Request): ReturnType<Rule> {
  const policy = blocks(next, 'backup_policy')[0];
  if (policy === undefined) return undefined;
  if (next['backups'] !== true) return unprocessable('backup_policy can only be set when backups are enabled');
  const hour = number(policy, 'hour');
  return backupHours.includes(hour)
    ? undefined
    : unprocessable(`hour of a backup policy must be one of ${backupHours.join(', ')}, got ${hour}.`);
}

function keyFormat(request: Request): ReturnType<Rule> {
  const valid = /^(ssh-(rsa|ed25519|dss)|ecdsa-sha2-nistp\d+|sk-[a-z0-9@.-]+) [A-Za-z0-9+/=]+( .*)?$/s.test(
    text(request.next, 'public_key').trim(),
  );
  return changes(request, 'public_key') && !valid
    ? unprocessable('Key invalid, key should be of the format `type key [comment]`.')
    : undefined;
}

function keyTaken(request: Request): ReturnType<Rule> {
  const mine = fingerprint(text(request.next, 'public_key'));
  return others(request).some((other) => text(other, 'fingerprint') === mine)
    ? unprocessable('SSH Key is already in use on your account.')
    : undefined;
}

/** Source: digitalocean/openapi 2026-08-07, volumes: 1 GiB to 16 TiB. */
function volumeSize({ next }: Request): ReturnType<Rule> {
  const size = number(next, 'size');
  return size > 16_384 ? unprocessable(`size must be between 1 and 16384 GiB, got ${size}.`) : undefined;
}

/** An assignment and the `droplet_id` of a reserved IP are the same to the API: a droplet has one address. */
function oneAddress(request: Request): ReturnType<Rule> {
  const droplet = idText(request.next, 'droplet_id');
  if (droplet === '' || droplet === '0') return undefined;
  const address = text(request.next, 'ip_address') || request.id;
  const holders = [
    ...objectsOf(request.account, 'digitalocean_reserved_ip'),
    ...objectsOf(request.account, 'digitalocean_reserved_ip_assignment'),
  ];
  const taken = holders.find((holder) => idText(holder, 'droplet_id') === droplet && text(holder, 'ip_address') !== address);
  return taken === undefined
    ? undefined
    : unprocessable(`Droplet ${droplet} already has the reserved IP ${text(taken, 'ip_address')}: a Droplet can have one.`);
}

function addressOfRegion({ next, account }: Request): ReturnType<Rule> {
  const address = text(objectOf(account, 'digitalocean_reserved_ip', text(next, 'ip_address')), 'region');
  const droplet = text(objectOf(account, 'digitalocean_droplet', idText(next, 'droplet_id')), 'region');
  return address === droplet
    ? undefined
    : unprocessable(`The reserved IP is in ${address}, and the Droplet is in ${droplet}: both must be in the same region.`);
}
