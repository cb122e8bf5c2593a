import { awsRegion } from '../../catalog/aws';
import type { ComponentOf } from '../../components/component';
import { leastPods, type ServiceNeeds } from '../../components/services';
import { AppPods, type WayOut } from '../../constructs/kubernetes/app';
import type { Entrance } from '../../constructs/kubernetes/entrance';
import { type ModelServer, modelPort } from '../../constructs/kubernetes/model-server';
import type { Observability } from '../../constructs/kubernetes/observability';
import { poolerPort } from '../../constructs/kubernetes/pooler';
import { type Quota, Space } from '../../constructs/kubernetes/space';
import { connect, hostIn, type Workload } from '../../constructs/kubernetes/workload';
import { literals, type Literal } from '../../constructs/template';
import { asUpperSnake } from '../../environments/grammar/names';
import { addressSetting } from '../../environments/vocabulary';
import { component } from '../platforms/naming';
import { databaseOf } from './database';
import type { DatabaseForPods } from './database-for-pods';
import { endpointsOf, fetchedSecretOf, isFetched } from './endpoints';
import { engineCloud, type Filling, isHome, reachesSql } from './filling';
import { appSecret, registry } from './secret-inputs';

/** Namespace of the app and the services beside it. */
const namespace = 'app';

/** What stands in the cluster around them. */
export interface Around {
  readonly entrance: Entrance;
  readonly watch: Observability;
  readonly inference: ModelServer | undefined;
}

/** A part of the product: the app, or a service beside it. */
interface Part extends ServiceNeeds {
  /** Name in its namespace. */
  readonly name: string;
  /** What ends the ids of its constructs. @default - it is the app */
  readonly mark?: string;
  readonly image: string;
  readonly port: number;
  readonly healthPath: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
  /** Services that it calls. */
  readonly calls: readonly string[];
  /** Path below which the domain's requests go to it. @default - only pods reach it */
  readonly public?: string | undefined;
}

/** The app first, then the services in the order of the file. */
function partsOf({ environment: { app, services = {} } }: Filling, { id, count, vcpus, memoryGib }: ComponentOf<'app-servers'>): Part[] {
  const pods = 'fixed' in count ? { min: count.fixed, max: count.fixed } : count;
  return [
    { ...app, name: id, pods, vcpus, memoryGib, calls: Object.keys(services), public: '/' },
    ...Object.entries(services).map(([name, service]) => ({ ...service, name, mark: `service_${name}` })),
  ];
}

/** Runs the app and the services beside it: in one namespace, all made alike, and each reached by those alone that call it. */
export function runProduct(filling: Filling, app: ComponentOf<'app-servers'>, around: Around): void {
  const { stack, cluster, id } = filling;
  const parts = partsOf(filling, app);
  const space = new Space(stack, id(app.id, 'space'), { cluster, name: namespace, security: 'baseline', quota: quotaOf(parts) });
  const database = databaseOf(filling, space);
  const made = parts.map((part) => ({ ...part, workload: run(filling, app.id, part, { ...around, space, parts, database }) }));
  const [own, ...services] = made;
  if (own === undefined) return;
  const paths = services.flatMap((each) => (each.public === undefined ? [] : [{ path: each.public, workload: each.workload }]));
  around.entrance.lead(stack, id(app.id, 'route'), own.workload, paths);
  for (const { mark, workload, calls } of made) {
    const way = (to: string): string => id(app.id, [...(mark === undefined ? [] : [mark]), `to_${to}`].join('_'));
    if (mark !== undefined && database?.pooler !== undefined) connect(stack, way('pooler'), workload, database.pooler.workload);
    if (around.inference !== undefined) connect(stack, way('inference'), workload, around.inference.workload);
    for (const called of services.filter(({ name }) => calls.includes(name)))
      connect(stack, way(`service_${called.name}`), workload, called.workload);
  }
}

/** Twice the pods may be there while one release takes the place of another, and the poolers. */
function quotaOf(parts: readonly Part[]): Quota {
  const all = (each: (part: Part) => number): number => Math.ceil(parts.reduce((sum, part) => sum + 2 * part.pods.max * each(part), 0));
  return { pods: all(() => 1) + 10, cpu: all(({ vcpus }) => vcpus) + 4, memoryGib: all(({ memoryGib }) => memoryGib) + 4 };
}

/** What all parts have in common. */
interface Shared extends Around {
  readonly space: Space;
  readonly parts: readonly Part[];
  readonly database: DatabaseForPods | undefined;
}

function run(filling: Filling, appId: string, part: Part, shared: Shared): Workload {
  const { stack, share, role } = filling;
  const { space, database, entrance, watch } = shared;
  const { name, mark, image, port, healthPath, vcpus, memoryGib, pods } = part;
  const { workload } = new AppPods(stack, filling.id(appId, mark), {
    space,
    name,
    image,
    port,
    healthPath,
    // Together the clusters run what the tier or the file names; each may grow to all of it, because another may be lost.
    pods: { min: leastPods(pods.min, share.of), max: pods.max },
    cpu: vcpus,
    memoryGib,
    environment: environmentOf(filling, part, shared),
    secrets: [...(database?.secrets ?? []), ...(isFetched(filling) && part.secrets.length > 0 ? [fetchedSecretOf(name)] : [])],
    ...(database?.account === undefined ? {} : { account: database.account }),
    ...(database?.identity === undefined ? {} : { identity: database.identity }),
    ...registry(filling),
    ...(part.public === undefined ? {} : { entrance: entrance.namespace }),
    collector: watch.namespace,
    // Of the services each comes to the pooler by a way of its own.
    uses: database?.pooler === undefined || mark !== undefined ? [] : [{ name: database.pooler.workload.name, port: poolerPort }],
    waysOut: waysOut(filling),
    ...(role === 'waits' ? { awaited: false } : {}),
  });
  for (const each of database?.after ?? []) workload.after(each);
  return workload;
}

/** They call services on the internet, the cache wherever the platform put it, and brokers in the home network. */
function waysOut(filling: Filling): WayOut[] {
  const { home, tier, sql, site, environment } = filling;
  const atHome = (kind: 'cache' | 'event-stream'): boolean => isHome(filling) && component(tier, kind) !== undefined;
  // What another cloud asks of a pod, its own cluster has put into a file.
  const identified = site.cloud === engineCloud(tier) || atHome('event-stream');
  return [
    { id: 'internet', port: '443' },
    ...(atHome('cache') ? [{ id: 'cache', port: home.cache().port }] : []),
    ...(reachesSql(filling) ? [{ id: 'database', port: sql.distributedSql().port }] : []),
    ...(atHome('event-stream') ? [{ id: 'events', port: home.eventStream().port, ...homeNetwork(environment) }] : []),
    ...(identified ? waysToIdentity(filling) : []),
  ];
}

/** The range of the home network, where it is ours to choose. */
function homeNetwork({ platform, region }: Filling['environment']): Pick<WayOut, 'cidr'> {
  return platform === 'aws' ? { cidr: awsRegion(region).network } : {};
}

/** Whoever gives the pod the identity that it shows to a database or a broker. */
function waysToIdentity({ cluster: { flavour } }: Filling): WayOut[] {
  return flavour.identity === undefined ? [] : [{ id: 'identity', ...flavour.identity }];
}

/** The same names as on servers, and where the services are that it calls. */
function environmentOf(
  filling: Filling,
  part: Part,
  { space, parts, database, watch, inference }: Shared,
): Record<string, string | Literal> {
  const { port, settings, secrets, calls } = part;
  const given = (isFetched(filling) ? [] : secrets).map((name) => [name, appSecret(filling.stack, name)] as const);
  const called = parts.filter(({ name, mark }) => mark !== undefined && calls.includes(name));
  const addresses = called.map(
    (each) => [addressSetting(asUpperSnake(each.name)), `http://${hostIn(space, each.name)}:${each.port}`] as const,
  );
  return {
    PORT: `${port}`,
    OTEL_EXPORTER_OTLP_ENDPOINT: watch.endpoint,
    ...literals(settings),
    ...Object.fromEntries(given),
    ...(inference === undefined ? {} : { INFERENCE_URL: `http://${inference.workload.host}:${modelPort}/v1` }),
    ...endpointsOf(filling),
    ...database?.environment,
    ...Object.fromEntries(addresses),
  };
}
