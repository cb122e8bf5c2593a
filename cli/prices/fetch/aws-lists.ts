import type { JsonValue } from '../../../analysis/graph';
import { scalarText } from '../../../values/scalar-text';

/** One of AWS's price lists, and what the book calls what is in it. */
export interface AwsList {
  /** The offer's name in the address. */
  readonly offer: string;
  /** Ways to commit for a year that the book keeps, in the words of `wayOf`. */
  readonly commitments: readonly string[];
  /** What the book calls a product; undefined for one that it does not keep. */
  readonly nameOf: (product: JsonValue) => string | undefined;
  /** Service and SKU of a row; undefined for a way to buy that the book does not keep. */
  readonly row: (name: string, way: string) => { readonly service: string; readonly sku: string } | undefined;
}

const commitments = ['standard-1yr-no-upfront', 'standard-1yr-partial-upfront', 'standard-1yr-all-upfront'];

/** Linux on shared hardware, without a licence or a capacity reservation: what an instance costs that nobody asked anything special of. */
const plainLinux: Readonly<Record<string, string>> = {
  operatingSystem: 'Linux',
  tenancy: 'Shared',
  preInstalledSw: 'NA',
  capacitystatus: 'Used',
  licenseModel: 'No License required',
};

const ec2: AwsList = {
  offer: 'AmazonEC2',
  commitments,
  nameOf: (product) => {
    const attributes = attributesOf(product);
    const plain = Object.entries(plainLinux).every(([name, value]) => attributes[name] === value);
    return plain && inRegion(attributes) ? textOf(attributes['instanceType']) : undefined;
  },
  row: (name, way) => (way === 'list' ? { service: 'ec2', sku: name } : { service: 'ec2-reserved', sku: `${name}/${way}` }),
};

const engines: Readonly<Record<string, string>> = { PostgreSQL: 'rds-postgresql', MySQL: 'rds-mysql', MariaDB: 'rds-mariadb' };
const deployments: Readonly<Record<string, string>> = { 'Single-AZ': 'single-az', 'Multi-AZ': 'multi-az' };

const rds: AwsList = {
  offer: 'AmazonRDS',
  commitments,
  nameOf: (product) => {
    const attributes = attributesOf(product);
    const engine = engines[scalarText(attributes['databaseEngine'])];
    const deployment = deployments[scalarText(attributes['deploymentOption'])];
    const type = textOf(attributes['instanceType']);
    const extended = scalarText(attributes['usagetype']).includes('ExtendedSupport');
    return engine === undefined || deployment === undefined || type === undefined || extended || !inRegion(attributes)
      ? undefined
      : `${engine} ${type}/${deployment}`;
  },
  row: (name, way) => {
    const [service = '', sku = ''] = name.split(' ');
    const [type, deployment] = sku.split('/');
    if (way === 'list') return { service, sku };
    // The book keeps reservations of one zone; two of them serve a Multi-AZ instance.
    return deployment === 'single-az'
      ? { service: 'rds-reserved', sku: `${type}/${service.replace('rds-', '')}/${way.replace('standard-', '')}` }
      : undefined;
  },
};

/** The lists that are refreshed. */
export const awsLists: readonly AwsList[] = [ec2, rds];

type Attributes = Readonly<Record<string, JsonValue>>;

function attributesOf(product: JsonValue): Attributes {
  const attributes = typeof product === 'object' && product !== null && 'attributes' in product ? product['attributes'] : undefined;
  return typeof attributes === 'object' && attributes !== null && !Array.isArray(attributes) ? (attributes as Attributes) : {};
}

/** Local zones and outposts stand in the list of their region, at other prices. */
function inRegion(attributes: Attributes): boolean {
  return attributes['locationType'] === undefined || attributes['locationType'] === 'AWS Region';
}

function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && /^[\w.-]{1,60}$/.test(value) ? value : undefined;
}
