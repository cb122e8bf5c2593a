import type { Environment } from '../../environments/schema';
import { exampleEnvironment, kept, stacksOf } from '../../tools/kept-examples';
import { samplePublicKey } from '../support/environments';
import { twoServices } from '../stacks/workloads/fixture';

/** What an environment file can make of an example, and the example does not show. */
export interface Variant {
  readonly name: string;
  readonly example: string;
  readonly own: Partial<Environment>;
  /** As its file has it, its data unprotected. @default false */
  readonly disposable?: boolean;
}

/** Doors for administrators, an image of one's own registry, and a budget. */
function opened(example: string): Partial<Environment> {
  const { app } = exampleEnvironment(example);
  return {
    access: { allowedCidrs: ['203.0.113.0/24'], sshKeys: { ann: samplePublicKey } },
    app: { ...app, registry: { server: 'ghcr.io', username: 'example' } },
    budget: { monthly: '1000' },
    tags: { team: 'growth' },
  };
}

/** Secrets that Terraform never sees. */
function managed(example: string): Partial<Environment> {
  return { app: { ...exampleEnvironment(example).app, secretsFrom: 'manager' } };
}

/** Services beside the app, one of which is given a secret of its. */
function divided(example: string): Partial<Environment> {
  const { app } = exampleEnvironment(example);
  return { app: { ...app, secrets: [...app.secrets, 'STRIPE_KEY'] }, services: twoServices };
}

const events = { brokers: 3, retentionHours: 72, topics: { orders: 12, 'orders.refunds': 3 } };

const cards = { spot: false, otherwise: 'refuse' } as const;

/** Every engine, every way to serve a model, every home that needs another provider's configuration, every layer. */
export const variants: readonly Variant[] = [
  { name: 'servers', example: 'aws-tier1', own: opened('aws-tier1') },
  { name: 'managed', example: 'aws-tier3', own: { ...managed('aws-tier3'), region: 'eu-west-1' } },
  {
    name: 'reserved',
    example: 'aws-tier4',
    own: { ...opened('aws-tier4'), gpu: { ...cards, sizes: ['g6.xlarge'], warm: 1, reservation: 'new' } },
  },
  { name: 'taken-back', example: 'aws-tier4', own: { gpu: { ...cards, spot: true } } },
  { name: 'without-cards', example: 'aws-tier4', own: { region: 'ap-southeast-1', gpu: { ...cards, otherwise: 'cpu' } } },
  {
    name: 'abroad',
    example: 'aws-tier5',
    own: {
      ...opened('aws-tier5'),
      region: 'eu-central-1',
      regions: ['us-east-1'],
      leavingRegions: ['us-west-2'],
      gpu: { ...cards, spot: true },
    },
  },
  { name: 'managed-pods', example: 'aws-tier5', own: managed('aws-tier5') },
  { name: 'shards', example: 'aws-tier6', own: { database: { engine: 'shards' } } },
  {
    name: 'citus',
    example: 'aws-tier6',
    own: {
      ...opened('aws-tier6'),
      database: { engine: 'citus' },
      gpu: { ...cards, google: { nodes: 2, spot: false, otherwise: 'refuse' } },
    },
  },
  {
    name: 'alloydb',
    example: 'aws-tier6',
    own: { database: { engine: 'alloydb' }, gpu: { ...cards, spot: true, google: { nodes: 1, spot: true, otherwise: 'refuse' } } },
  },
  { name: 'spanner', example: 'aws-tier6', own: { database: { engine: 'spanner' }, pipeline: { command: ['train'], spot: false } } },
  {
    name: 'one-cloud',
    example: 'aws-tier6',
    own: {
      placements: { cluster: ['aws'] },
      regions: ['us-west-2', 'eu-west-1'],
      gpu: { ...cards, otherwise: 'api' },
      ...managed('aws-tier6'),
    },
  },
  { name: 'thrown-away', example: 'aws-tier6', own: {}, disposable: true },
  { name: 'do-servers', example: 'digitalocean-tier3', own: opened('digitalocean-tier3') },
  { name: 'do-without-cards', example: 'digitalocean-tier4', own: { region: 'fra1', gpu: { ...cards, otherwise: 'cpu' } } },
  { name: 'do-by-api', example: 'digitalocean-tier4', own: { region: 'fra1', gpu: { ...cards, otherwise: 'api' } } },
  {
    name: 'do-half-sold',
    example: 'digitalocean-tier5',
    own: { ...opened('digitalocean-tier5'), regions: ['fra1'], gpu: { ...cards, otherwise: 'cpu' } },
  },
  { name: 'do-divided', example: 'digitalocean-tier5', own: divided('digitalocean-tier5') },
  { name: 'divided', example: 'aws-tier6', own: divided('aws-tier6') },
  { name: 'do-events', example: 'digitalocean-tier5', own: { events } },
  { name: 'events', example: 'aws-tier5', own: { events } },
  { name: 'do-thrown-away', example: 'digitalocean-tier5', own: {}, disposable: true },
];

/** Every stack of a variant, as Terraform reads it, by a name that tells both. */
export function variantConfigurations({
  name,
  example,
  own,
  disposable = false,
}: Variant): readonly (readonly [string, Readonly<Record<string, unknown>>])[] {
  const environment = { ...exampleEnvironment(example), ...own };
  return stacksOf(disposable ? environment : kept(environment)).map(({ id, json }) => [`${name}-${id}`, json]);
}
