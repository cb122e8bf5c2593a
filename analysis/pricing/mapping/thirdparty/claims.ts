import type { Decimal } from 'decimal.js';
import { isList, isObject, objectAt, textAt } from '../../../graph/json';
import type { JsonObject, JsonValue, ResourceGraph, ResourceNode } from '../../../graph/types';
import { decimal, one } from '../../decimal';
import { attributesOf, blocks, text, textOr } from '../read';
import { missing, type Part } from '../results';
import type { Product } from '../types';

/** Volumes that something in a cluster asks its cloud for. */
export interface Claim {
  /** Size of each, in GiB; undefined where it is not known. */
  readonly gib: Decimal | undefined;
  readonly count: Decimal;
  /** Name of their class, or the expression that it stands in. @default - the cluster's own default */
  readonly storageClass?: string | undefined;
}

/** GiB in one of each unit of Kubernetes's quantities. */
const units: Readonly<Record<string, Decimal>> = {
  Mi: one.div(1024),
  Gi: one,
  Ti: decimal(1024),
  M: decimal(1e6).div(2 ** 30),
  G: decimal(1e9).div(2 ** 30),
  T: decimal(1e12).div(2 ** 30),
};

/** `50Gi` in GiB; undefined where it is no such quantity. */
export function gibOf(quantity: string | undefined): Decimal | undefined {
  const [, number, unit] = /^(\d+(?:\.\d+)?)([MGT]i?)$/.exec(quantity ?? '') ?? [];
  const each = unit === undefined ? undefined : units[unit];
  return number === undefined || each === undefined ? undefined : decimal(number).times(each);
}

/** How many of a thing are made, in the words of charts and operators; each list is multiplied. */
const counters = [['replicas'], ['clusters', 'instancesPerCluster'], ['instances']] as const;

/** The claims in the values of a chart: a claim as Kubernetes has it, or `size` with a class, as most charts ask for it. */
export function claimsIn(value: JsonValue, count: Decimal = one): readonly Claim[] {
  if (isList(value)) return value.flatMap((member) => claimsIn(member, count));
  if (!isObject(value) || value['enabled'] === false) return [];
  const here = countIn(value) ?? count;
  const storageClass = textAt(value, 'storageClassName') ?? textAt(value, 'storageClass');
  const size = textAt(objectAt(objectAt(value, 'resources'), 'requests'), 'storage');
  if (size !== undefined) return [{ gib: gibOf(size), count: here, storageClass }];
  if (storageClass !== undefined && 'size' in value) return [{ gib: gibOf(textAt(value, 'size')), count: here, storageClass }];
  return Object.values(value).flatMap((member) => claimsIn(member, here));
}

function countIn(value: JsonObject): Decimal | undefined {
  const names = counters.find((each) => each.every((name) => typeof value[name] === 'number'));
  return names?.reduce((product, name) => product.times(value[name] as number), one);
}

/** Who makes volumes, and which of its products they are. */
interface Maker {
  readonly provider: string;
  readonly service: string;
  /** Its kind where a class names none. */
  readonly usual: string;
  readonly sku: (kind: string) => string;
  /** Whether one price holds in all regions. */
  readonly everywhere: boolean;
}

/** By the driver of a class. Defaults: aws-ebs-csi-driver docs/parameters.md, gcp-compute-persistent-disk-csi-driver README. */
const makers: Readonly<Record<string, Maker>> = {
  'ebs.csi.aws.com': { provider: 'aws', service: 'ebs', usual: 'gp3', sku: (kind) => `${kind}/storage`, everywhere: false },
  'pd.csi.storage.gke.io': { provider: 'google', service: 'persistent-disk', usual: 'pd-standard', sku: (kind) => kind, everywhere: false },
  'dobs.csi.digitalocean.com': {
    provider: 'digitalocean',
    service: 'volume',
    usual: 'block storage',
    sku: () => 'block-storage',
    everywhere: true,
  },
};

interface Kind {
  readonly driver: string;
  readonly type?: string;
}

/** Classes that clusters of a cloud come with. */
const standing: Readonly<Record<string, Kind>> = {
  'do-block-storage': { driver: 'dobs.csi.digitalocean.com' },
  'do-block-storage-retain': { driver: 'dobs.csi.digitalocean.com' },
  'do-block-storage-xfs': { driver: 'dobs.csi.digitalocean.com' },
  'do-block-storage-xfs-retain': { driver: 'dobs.csi.digitalocean.com' },
  'premium-rwo': { driver: 'pd.csi.storage.gke.io', type: 'pd-ssd' },
  'standard-rwo': { driver: 'pd.csi.storage.gke.io', type: 'pd-balanced' },
};

/** What a class makes: one that clusters come with, or one of the same configuration that names what makes it. */
function kindOf(storageClass: string, node: ResourceNode, graph: ResourceGraph): Kind | undefined {
  const made = graph
    .ofType('kubernetes_storage_class', 'kubernetes_storage_class_v1')
    .find((each) => storageClass.includes(`${each.address}.`) || (nameOf(each) === storageClass && aliasOf(each) === aliasOf(node)));
  if (made === undefined) return Object.hasOwn(standing, storageClass) ? standing[storageClass] : undefined;
  const block = attributesOf(made);
  const driver = text(block, 'storage_provisioner');
  const [parameters] = blocks(block, 'parameters');
  const type = parameters === undefined ? undefined : textOr(parameters, 'type', '');
  return driver === undefined ? undefined : { driver, ...(type === undefined || type === '' ? {} : { type }) };
}

function nameOf(node: ResourceNode): string | undefined {
  const [metadata] = blocks(attributesOf(node), 'metadata');
  return metadata === undefined ? undefined : text(metadata, 'name');
}

/** What ends a provider's name: in our own Terraform the region of the cluster that it speaks to. */
function aliasOf({ provider }: ResourceNode): string | undefined {
  return provider.split('.')[1];
}

const regionPattern = /^[a-z]{2,}(-[a-z]+)+-?\d+$/;

/** The volumes of a claim as what they are bought as, or why that is not known; their size stands in both. */
export function volumesOf({ gib, count, storageClass }: Claim, node: ResourceNode, graph: ResourceGraph): Part {
  const volumes = `${count.eq(1) ? 'volume' : `${count} volumes`}${gib === undefined ? '' : ` of ${gib.toDecimalPlaces(1)} GiB`}`;
  if (gib === undefined) return missing(volumes, 'the size that it asks for is not known before the apply');
  const kind = storageClass === undefined ? undefined : kindOf(storageClass, node, graph);
  const maker = kind === undefined || !Object.hasOwn(makers, kind.driver) ? undefined : makers[kind.driver];
  if (maker === undefined) return missing(volumes, ofNoKnownKind(storageClass));
  const region = maker.everywhere ? 'all' : aliasOf(node);
  if (region === undefined || (!maker.everywhere && !regionPattern.test(region)))
    return missing(
      volumes,
      `the region of its cluster is not known: the provider configuration "${node.provider}" is not called after one`,
    );
  const type = kind?.type ?? maker.usual;
  const product: Product = { provider: maker.provider, service: maker.service, sku: maker.sku(type), region };
  return { name: `${volumes}, ${type}`, unit: 'GB-month', quantity: gib.times(count), product, part: true };
}

/** Why a volume of a class cannot be priced. */
export function ofNoKnownKind(storageClass: string | undefined): string {
  return `the cluster makes a volume for it${storageClass === undefined ? '' : ` of the class "${storageClass}"`}, of a kind that this resource does not state`;
}
