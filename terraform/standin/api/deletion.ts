import { objectsOf } from '../store';
import { blocks, list, text, type ValueMap } from '../values';
import type { Refusal, Request, Rule } from './refusal';
import { counted } from '../../../values/counted';
import { scalarText } from '../../../values/scalar-text';

/** What the API will not delete, and why. By type without `digitalocean_`; everything else goes. */
export const deletionRules: Readonly<Record<string, readonly Rule[]>> = {
  spaces_bucket: [notEmpty],
  vpc: [hasMembers],
  certificate: [inUse],
  volume: [attached],
};

function notEmpty({ next, account }: Request): Refusal | undefined {
  const name = text(next, 'name');
  const held = objectsOf(account, 'digitalocean_spaces_bucket_object').filter((object) => text(object, 'bucket') === name);
  const count = held.length + (account.contents[name] ?? []).length;
  if (count === 0 || next['force_destroy'] === true) return undefined;
  return { status: 409, message: `BucketNotEmpty: "${name}" holds ${counted(count, 'object')}, and force_destroy is not set.` };
}

const MEMBERS = ['droplet', 'droplet_autoscale', 'database_cluster', 'database_replica', 'loadbalancer', 'kubernetes_cluster'];

function hasMembers({ account, id }: Request): Refusal | undefined {
  const inside = (object: ValueMap): boolean =>
    [object, ...blocks(object, 'droplet_template')].some(
      (part) => text(part, 'vpc_uuid') === id || text(part, 'private_network_uuid') === id,
    );
  const member = MEMBERS.flatMap((type) => objectsOf(account, `digitalocean_${type}`)).find(inside);
  return member && { status: 403, message: `Can not delete VPC with members: "${text(member, 'name')}" is in it.` };
}

function inUse({ account, next }: Request): Refusal | undefined {
  const name = text(next, 'name');
  const names = (object: ValueMap): boolean => text(object, 'certificate_name') === name;
  const balancer = objectsOf(account, 'digitalocean_loadbalancer').some((object) =>
    [...blocks(object, 'forwarding_rule'), ...blocks(object, 'domains')].some(names),
  );
  const cdn = objectsOf(account, 'digitalocean_cdn').some(names);
  return balancer || cdn ? { status: 403, message: 'Make sure the certificate is not in use before deleting it' } : undefined;
}

function attached({ next }: Request): Refusal | undefined {
  const droplet = list(next, 'droplet_ids')[0];
  return droplet === undefined
    ? undefined
    : { status: 409, message: `volume "${text(next, 'name')}" is attached to Droplet ${scalarText(droplet)}.` };
}
