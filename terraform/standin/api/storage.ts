import { texts } from '../objects/computed';
import { objectOf, objectsOf } from '../store';
import { blocks, text, type ValueMap } from '../values';
import { changes, exists, others, unprocessable, type Refusal, type Request, type Rule } from './refusal';

/** Rules for buckets and what goes with them, and for what watches. */
export const storageRules: Readonly<Record<string, readonly Rule[]>> = {
  spaces_bucket: [bucketName, bucketTaken, bucketAcl, spacesRegion],
  spaces_bucket_object: [bucketOfRegion],
  spaces_bucket_policy: [bucketOfRegion],
  spaces_bucket_cors_configuration: [bucketOfRegion],
  spaces_key: [grants],
  uptime_check: [checkRegions],
  uptime_alert: [exists('check_id', 'digitalocean_uptime_check', 'The uptime check')],
  monitor_alert: [watchedEntities],
};

/** Source: the S3 rules for bucket names, which Spaces follows. */
function bucketName({ next }: Request): ReturnType<Rule> {
  const name = text(next, 'name');
  return /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(name)
    ? undefined
    : { status: 400, message: `InvalidBucketName: "${name}" must be 3 to 63 lowercase letters, digits and hyphens.` };
}

/** Names are shared by all accounts; the file can only know this one's. */
function bucketTaken(request: Request): ReturnType<Rule> {
  const name = text(request.next, 'name');
  const taken = changes(request, 'name') && others(request).some((other) => text(other, 'name') === name);
  return taken ? { status: 409, message: `BucketAlreadyExists: "${name}"` } : undefined;
}

function bucketAcl({ next }: Request): ReturnType<Rule> {
  const acl = text(next, 'acl');
  return ['', 'private', 'public-read'].includes(acl)
    ? undefined
    : { status: 400, message: `InvalidArgument: acl "${acl}" must be private or public-read.` };
}

function spacesRegion({ next, facts }: Request): ReturnType<Rule> {
  const region = text(next, 'region');
  return facts.spacesRegions.includes(region) ? undefined : unprocessable(`Spaces is not available in region "${region}".`);
}

function bucketOfRegion({ next, account }: Request): ReturnType<Rule> {
  const name = text(next, 'bucket');
  const bucket = objectOf(account, 'digitalocean_spaces_bucket', name);
  const there = bucket !== undefined && text(bucket, 'region') === text(next, 'region').toLowerCase();
  return there ? undefined : noSuchBucket(name, bucket);
}

function noSuchBucket(name: string, bucket: ValueMap | undefined): Refusal {
  return { status: 404, message: `NoSuchBucket: "${name}"${bucket === undefined ? '' : ` is in ${text(bucket, 'region')}`}.` };
}

function grants({ next, account }: Request): ReturnType<Rule> {
  for (const grant of blocks(next, 'grant')) {
    const [bucket, permission] = [text(grant, 'bucket'), text(grant, 'permission')];
    if (!['read', 'readwrite', 'fullaccess'].includes(permission))
      return { status: 400, message: `permission "${permission}" must be read, readwrite or fullaccess.` };
    if ((bucket === '') !== (permission === 'fullaccess'))
      return { status: 400, message: 'a grant names a bucket, or is fullaccess to all of them.' };
    if (bucket !== '' && objectOf(account, 'digitalocean_spaces_bucket', bucket) === undefined)
      return { status: 400, message: `bucket "${bucket}" was not found.` };
  }
  return undefined;
}

/** Source: digitalocean/openapi 2026-08-07, uptime checks. */
const CHECK_REGIONS = ['us_east', 'us_west', 'eu_west', 'se_asia'];

function checkRegions({ next }: Request): ReturnType<Rule> {
  const wrong = texts(next, 'regions').find((region) => !CHECK_REGIONS.includes(region));
  return wrong === undefined
    ? undefined
    : unprocessable(`region "${wrong}" of an uptime check must be one of ${CHECK_REGIONS.join(', ')}.`);
}

/** Of which type an alert's entities are, by the beginning of its kind (API, Create Alert Policy). */
const watchable = [
  { kind: 'v1/insights/droplet/', type: 'digitalocean_droplet', what: 'a Droplet' },
  { kind: 'v1/insights/lbaas/', type: 'digitalocean_loadbalancer', what: 'a load balancer' },
  { kind: 'v1/dbaas/alerts/', type: 'digitalocean_database_cluster', what: 'a database cluster' },
];

function watchedEntities({ next, account }: Request): ReturnType<Rule> {
  const watched = watchable.find(({ kind }) => text(next, 'type').startsWith(kind));
  if (watched === undefined) return undefined;
  const known = objectsOf(account, watched.type).map((object) => text(object, 'id'));
  const absent = texts(next, 'entities').find((id) => !known.includes(id));
  return absent === undefined ? undefined : unprocessable(`entity "${absent}" is not ${watched.what} of this account.`);
}
