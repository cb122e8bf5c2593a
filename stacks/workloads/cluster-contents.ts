import type { Construct } from 'constructs';
import { awsRegion } from '../../catalog/aws';
import { checkModelFits } from '../../catalog/models';
import type { ComponentOf } from '../../components/component';
import { AppPods, type WayOut } from '../../constructs/kubernetes/app';
import { Cluster } from '../../constructs/kubernetes/cluster';
import { Entrance } from '../../constructs/kubernetes/entrance';
import { ModelServer, modelPort } from '../../constructs/kubernetes/model-server';
import { Observability } from '../../constructs/kubernetes/observability';
import { poolerPort } from '../../constructs/kubernetes/pooler';
import { podsIn, Space } from '../../constructs/kubernetes/space';
import { storageClass } from '../../constructs/kubernetes/storage';
import { literals, terraformJson, type Literal } from '../../constructs/template';
import { component } from '../platforms/naming';
import { secretVariable } from '../platforms/secret-variable';
import type { TierStack } from '../tier-stack';
import { databaseOf } from './database';
import type { DatabaseForPods } from './database-for-pods';
import { endpointsOf } from './endpoints';
import { type ClusterPlan, type Filling, isHome, reachesSql } from './filling';
import { addMissingParts } from './missing-parts';
import { runPipeline } from './pipeline';
import { servingOf } from './serving';

/** Namespaces. */
const names = {
  app: 'app',
  entrance: 'entrance',
  monitoring: 'monitoring',
  inference: 'inference',
} as const;

/** Puts everything into one cluster that a tier runs in it. */
export function buildCluster(plan: ClusterPlan): void {
  const { stack, tier, site, state, environment } = plan;
  const id = (name: string, part?: string): string => [name, site.region, ...(part === undefined ? [] : [part])].join('_');
  const clusterId = component(tier, 'kubernetes-cluster')?.id ?? 'cluster';
  const cluster = new Cluster(stack, id(clusterId), { access: state.cluster(site.region), cloud: site.cloud, alias: site.region });
  const filling: Filling = { ...plan, cluster, id, storage: storageClass(stack, id(clusterId, 'storage'), cluster) };
  addMissingParts(filling, clusterId);
  const watch = observe(filling);
  const inference = serveModel(filling);
  const entrance = new Entrance(stack, id(component(tier, 'global-load-balancer')?.id ?? 'load-balancer'), {
    cluster,
    name: names.entrance,
    domain: environment.domain,
    ...(cluster.flavour.entrance.type === 'LoadBalancer' ? { address: state.address(site.region) } : {}),
  });
  const app = component(tier, 'app-servers');
  if (app !== undefined) runApp(filling, app, { entrance, watch, inference });
  runPipeline(filling, registry(filling));
}

function observe({ stack, cluster, tier, id, storage }: Filling): Observability {
  const monitoring = component(tier, 'monitoring');
  return new Observability(stack, id(monitoring?.id ?? 'monitoring'), {
    cluster,
    name: names.monitoring,
    storageClass: storage,
    metricDays: 15,
    logDays: 14,
    thresholdPercent: monitoring?.thresholdPercent ?? 75,
  });
}

/** Requests that a model server answers at a time, and tokens of context of each. */
const parallel = 4;
const contextTokens = 4096;

function serveModel(filling: Filling): ModelServer | undefined {
  const { stack, cluster, tier, id, storage } = filling;
  const pool = component(tier, 'gpu-pool');
  const serving = pool === undefined ? undefined : servingOf(pool, filling);
  const [model] = pool?.models ?? [];
  if (pool === undefined || model === undefined || serving === undefined) return undefined;
  const { pods, cpus } = serving;
  const { file } = checkModelFits(model, pool.gpuMemoryGb, { contextTokens: parallel * contextTokens });
  const weightsGib = Math.ceil(file.bytes / 2 ** 30);
  const space = new Space(stack, id(pool.id, 'space'), {
    cluster,
    name: names.inference,
    security: 'restricted',
    quota: {
      pods: 2 * pods,
      cpu: 2 * (cpus ?? 2) * pods,
      memoryGib: 2 * pods * memoryFor(weightsGib),
      ...(cpus === undefined ? { gpus: pods } : {}),
    },
  });
  const url = `https://huggingface.co/${file.repository}/resolve/main/${file.name}`;
  return new ModelServer(stack, id(pool.id), {
    space,
    name: names.inference,
    model: { url, file: file.name, ...(file.sha256 === undefined ? {} : { sha256: file.sha256 }) },
    pods,
    ...(cpus === undefined ? {} : { cpus }),
    memoryGib: memoryFor(weightsGib),
    parallel,
    contextTokens,
    // Room for the next model beside this one.
    cacheGib: Math.max(20, 3 * weightsGib),
    storageClass: storage,
  });
}

/** Main memory of a model server in GiB: the file passes through it on its way to the GPU. */
function memoryFor(weightsGib: number): number {
  return weightsGib + 4;
}

interface Around {
  readonly entrance: Entrance;
  readonly watch: Observability;
  readonly inference: ModelServer | undefined;
}

function runApp(filling: Filling, app: ComponentOf<'app-servers'>, { entrance, watch, inference }: Around): void {
  const { stack, environment, cluster, id, share, role } = filling;
  const most = 'fixed' in app.count ? app.count.fixed : app.count.max;
  const least = 'fixed' in app.count ? app.count.fixed : app.count.min;
  // Twice the pods may be there while one release takes the place of another, and the poolers.
  const space = new Space(stack, id(app.id, 'space'), {
    cluster,
    name: names.app,
    security: 'baseline',
    quota: { pods: 2 * most + 10, cpu: 2 * most * app.vcpus + 4, memoryGib: 2 * most * app.memoryGib + 4 },
  });
  const database = isHome(filling) || reachesSql(filling) ? databaseOf(filling, space) : undefined;
  const { image, port, healthPath } = environment.app;
  const pods = new AppPods(stack, id(app.id), {
    space,
    name: app.id,
    image,
    port,
    healthPath,
    // Together the clusters run what the tier names; each may grow to all of it, because another may be lost.
    pods: { min: Math.max(2, Math.ceil(least / share.of)), max: most },
    cpu: app.vcpus,
    memoryGib: app.memoryGib,
    environment: environmentOf(filling, database, watch, inference),
    secrets: database?.secrets ?? [],
    ...(database?.account === undefined ? {} : { account: database.account }),
    ...registry(filling),
    entrance: entrance.namespace,
    collector: watch.namespace,
    uses: database?.pooler === undefined ? [] : [{ name: database.pooler.workload.name, port: poolerPort }],
    waysOut: waysOut(filling),
    ...(role === 'waits' ? { awaited: false } : {}),
  });
  for (const each of database?.after ?? []) pods.workload.after(each);
  entrance.lead(stack, id(app.id, 'route'), pods.workload);
  if (inference !== undefined) connect(stack, id(app.id, 'to_inference'), pods, inference);
}

function connect(scope: Construct, id: string, { workload }: AppPods, { workload: model }: ModelServer): void {
  model.space.admit(scope, `${id}_in`, model.name, modelPort, [podsIn(workload.space.name, workload.name)]);
  workload.space.release(scope, id, workload.name, [
    { to: [podsIn(model.space.name, model.name)], ports: [{ port: `${modelPort}`, protocol: 'TCP' }] },
  ]);
}

/** The app calls services on the internet, the cache wherever the platform put it, and brokers in the home network. */
function waysOut(filling: Filling): WayOut[] {
  const { home, tier, sql, environment } = filling;
  const atHome = (kind: 'cache' | 'event-stream'): boolean => isHome(filling) && component(tier, kind) !== undefined;
  const identified = reachesSql(filling) || atHome('event-stream');
  return [
    { id: 'internet', port: '443' },
    ...(atHome('cache') ? [{ id: 'cache', port: home.cache().port }] : []),
    ...(reachesSql(filling) ? [{ id: 'database', port: sql.distributedSql().port }] : []),
    ...(atHome('event-stream') ? [{ id: 'events', port: home.eventStream().port, cidr: awsRegion(environment.region).network }] : []),
    ...(identified ? waysToIdentity(filling) : []),
  ];
}

/** Whoever gives the pod the identity that it shows to a database or a broker. */
function waysToIdentity({ cluster: { flavour } }: Filling): WayOut[] {
  return flavour.identity === undefined ? [] : [{ id: 'identity', ...flavour.identity }];
}

/** The same names as on servers. */
function environmentOf(
  filling: Filling,
  database: DatabaseForPods | undefined,
  watch: Observability,
  inference: ModelServer | undefined,
): Record<string, string | Literal> {
  const { stack, environment } = filling;
  const { port, settings, secrets, secretsFrom } = environment.app;
  // No network leads a second cloud to the manager of the first.
  const fetched = secretsFrom === 'manager' && isHome(filling);
  const given = (fetched ? [] : secrets).map((name) => [name, appSecret(stack, name)] as const);
  return {
    PORT: `${port}`,
    OTEL_EXPORTER_OTLP_ENDPOINT: watch.endpoint,
    ...literals(settings),
    ...Object.fromEntries(given),
    ...(inference === undefined ? {} : { INFERENCE_URL: `http://${inference.workload.host}:${modelPort}/v1` }),
    ...endpointsOf(filling),
    ...database?.environment,
  };
}

/** A variable stands once in a stack, however many clusters use it. */
function appSecret(stack: TierStack, name: string): string {
  return once(stack, `secret_${name.toLowerCase()}`, () =>
    secretVariable(stack, {
      id: `secret_${name.toLowerCase()}`,
      what: `the secret ${name}`,
      otherwise: `or take ${name} out of app.secrets`,
    }),
  );
}

const made = new WeakMap<TierStack, Map<string, string>>();

function once(stack: TierStack, id: string, make: () => string): string {
  const known = made.get(stack) ?? new Map<string, string>();
  made.set(stack, known);
  const value = known.get(id) ?? make();
  known.set(id, value);
  return value;
}

function registry({ stack, environment }: Filling): { readonly registry?: string } {
  const given = environment.app.registry;
  if (given === undefined) return {};
  const { server, username } = given;
  const password = once(stack, 'registry_password', () =>
    secretVariable(stack, {
      id: 'registry_password',
      what: `the password of ${username} at ${server}`,
      otherwise: 'or take app.registry out of the environment file',
    }),
  );
  return { registry: terraformJson({ auths: { [server]: { username, password } } }) };
}
