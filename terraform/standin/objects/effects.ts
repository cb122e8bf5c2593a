import { objectOf, withObject, withoutObject, type Account } from '../store';
import { list, number, text, type ValueMap } from '../values';
import { texts } from './computed';
import { short } from './identity';

const DROPLET = 'digitalocean_droplet';
const VOLUME = 'digitalocean_volume';

/** Types that vanish with another object, and the attribute that names it. */
const PARTS: Readonly<Record<string, readonly (readonly [type: string, attribute: string])[]>> = {
  database_cluster: ['db', 'user', 'replica', 'connection_pool', 'firewall', 'kafka_topic', 'postgresql_config', 'valkey_config'].map(
    (part) => [`digitalocean_database_${part}`, 'cluster_id'],
  ),
  domain: [['digitalocean_record', 'domain']],
  spaces_bucket: ['object', 'policy', 'cors_configuration'].map((part) => [`digitalocean_spaces_bucket_${part}`, 'bucket']),
  uptime_check: [['digitalocean_uptime_alert', 'check_id']],
};

/** What else changes in the account when an object is made or changed. */
export function afterWrite(account: Account, type: string, id: string, values: ValueMap): Account {
  if (short(type) === 'volume_attachment') return attach(account, text(values, 'volume_id'), String(number(values, 'droplet_id')));
  if (short(type) === 'droplet') return texts(values, 'volume_ids').reduce((next, volume) => attach(next, volume, id), account);
  return account;
}

/** What else changes in the account when an object is deleted. */
export function afterDelete(account: Account, type: string, id: string, values: ValueMap): Account {
  const kind = short(type);
  const parted = (PARTS[kind] ?? []).reduce(
    (next, [part, attribute]) => withoutParts(next, part, attribute, kind === 'spaces_bucket' ? text(values, 'name') : id),
    account,
  );
  if (kind === 'volume_attachment') return detach(parted, text(values, 'volume_id'), String(number(values, 'droplet_id')));
  if (kind === 'droplet') return Object.keys(parted.objects[VOLUME] ?? {}).reduce((next, volume) => detach(next, volume, id), parted);
  return kind === 'spaces_bucket' ? emptied(parted, text(values, 'name')) : parted;
}

function withoutParts(account: Account, type: string, attribute: string, whole: string): Account {
  const parts = Object.entries(account.objects[type] ?? {}).filter(([, object]) => text(object, attribute) === whole);
  return parts.reduce((next, [id]) => withoutObject(next, type, id), account);
}

function emptied(account: Account, bucket: string): Account {
  const { [bucket]: _, ...contents } = account.contents;
  return { ...account, contents };
}

function attach(account: Account, volume: string, droplet: string): Account {
  const linked = change(account, VOLUME, volume, 'droplet_ids', (ids) => [...without(ids, droplet), Number(droplet)]);
  return change(linked, DROPLET, droplet, 'volume_ids', (ids) => [...without(ids, volume), volume]);
}

function detach(account: Account, volume: string, droplet: string): Account {
  const unlinked = change(account, VOLUME, volume, 'droplet_ids', (ids) => without(ids, droplet));
  return change(unlinked, DROPLET, droplet, 'volume_ids', (ids) => without(ids, volume));
}

type Ids = readonly (string | number)[];

function change(account: Account, type: string, id: string, attribute: string, edit: (ids: Ids) => Ids): Account {
  const object = objectOf(account, type, id);
  return object === undefined ? account : withObject(account, type, id, { ...object, [attribute]: edit(list(object, attribute) as Ids) });
}

function without(ids: Ids, id: string): Ids {
  return ids.filter((other) => String(other) !== id);
}
