import type { TerraformResource } from 'cdktf';
import { awsRegions } from '../../catalog/aws';
import { serverSoftware } from '../../catalog/capacity';
import { Citus, citusDatabase, citusOwner } from '../../constructs/kubernetes/citus';
import { databaseNodePort } from '../../constructs/kubernetes/flavour';
import { poolerFiles, PoolerPods, urlAt, type Pool } from '../../constructs/kubernetes/pooler';
import type { SecretManager } from '../../constructs/kubernetes/secret-manager';
import { podsIn, type Space } from '../../constructs/kubernetes/space';
import type { ComponentOf } from '../../components/component';
import { poolersOf } from './connections';
import type { DatabaseForPods, FetchedTexts } from './database-for-pods';
import { ownSecrets } from './endpoints';
import { managerOf } from './fetched';
import type { Filling } from './filling';
import { component } from '../platforms/naming';

type Database = ComponentOf<'distributed-database'>;

/** Namespace of the database. */
const name = 'database';

/** Name of the poolers for other regions, and of what they call the database. */
const pooler = 'pooler';
const pooled = 'app';

/** What clients of the poolers show: made from the owner's password, so that nobody has to keep another. */
const client = '{{ printf "%s" .database | sha256sum }}';

/** Connections that each pooler keeps open to the pooler of the coordinator. An assumption, like those of shards. */
const poolSize = 20;

/** How the app in a cluster at home reaches Citus, which stands in the first of them. */
export function citusOf(filling: Filling, database: Database, space: Space, others: FetchedTexts): DatabaseForPods | undefined {
  const manager = managerOf(filling, filling.id(database.id, 'secrets'));
  if (manager === undefined) return undefined;
  const reach: Reach = { filling, database, space, others, manager };
  return filling.share.index === 0 ? standing(reach) : afar(reach);
}

interface Reach {
  readonly filling: Filling;
  readonly database: Database;
  readonly space: Space;
  /** What the app is told beside the database. */
  readonly others: FetchedTexts;
  readonly manager: SecretManager;
}

/** Citus itself, and what the app beside it is told. */
function standing({ filling, database, space, others, manager }: Reach): DatabaseForPods | undefined {
  const { stack, cluster, state, environment, tier, share } = filling;
  const size = database.offers.citus;
  if (size === undefined) return undefined;
  const built = new Citus(stack, filling.id(database.id), {
    ...size,
    cluster,
    name,
    backupsKept: component(tier, 'backup')?.retentionDays ?? 7,
    backups: state.databaseBackups(),
    manager,
    secrets: { password: state.secret('database'), backupKey: state.secret('database_backups') },
    disposable: environment.disposable !== undefined,
  });
  const url = `postgresql://${citusOwner}:{{ .database | urlquery }}@${built.host}:${built.port}/${citusDatabase}`;
  const told = tell({ filling, database, space, others, manager }, url, share.atHome > 1 ? built : undefined);
  letOut({ filling, database, space }, { to: [podsIn(built.space.name)] });
  return { ...told, after: [...told.after, built.objects.release.resource] };
}

/** Poolers in the first cluster take what comes from the clusters of other regions, by a private balancer and a port of every node. */
function lend({ filling, database, space }: Reach, { port }: Citus, after: TerraformResource): void {
  const { stack, environment } = filling;
  const range = awsRegions().find(({ slug }) => slug === environment.region)?.network;
  if (range === undefined) return;
  const poolers = new PoolerPods(stack, filling.id(database.id, 'for_regions'), {
    space,
    name: pooler,
    pods: poolersOf(filling.tier),
    secret: { name: `${pooler}-configuration` },
    databasePorts: [`${port}`],
    onNodes: { port: databaseNodePort, range },
  });
  // Pods wait for a secret that they mount, and a deployment for its pods.
  poolers.workload.after(after);
}

/** What the app in another region is told: the way to these poolers. */
function afar(reach: Reach): DatabaseForPods {
  const { filling, database, space } = reach;
  letOut({ filling, database, space }, { ports: [{ port: '5432', protocol: 'TCP' }] });
  return tell(reach, urlAt(filling.home.databaseEntry(), pooled, client));
}

/** Lets the app and the services beside it out to the database. */
function letOut(
  { filling, database, space }: Pick<Reach, 'filling' | 'database' | 'space'>,
  way: Parameters<Space['release']>[3][number],
): void {
  const { stack, tier, environment } = filling;
  const app = component(tier, 'app-servers');
  const services = Object.keys(environment.services ?? {}).map((service) => [`from_service_${service}`, service] as const);
  for (const [id, workload] of [...(app === undefined ? [] : [['from_app', app.id] as const]), ...services])
    space.release(stack, filling.id(database.id, id), workload, [way]);
}

/** @param lent the database whose poolers' configuration is fetched too. @default - none */
function tell(reach: Reach, url: string, lent?: Citus): DatabaseForPods {
  const { filling, database, space, others, manager } = reach;
  const from = { ...others.from, database: filling.home.secret('database') };
  const told = { name: 'endpoints', namespace: space.name };
  const configuration = { name: `${pooler}-configuration`, namespace: space.name, from: { database: from.database } };
  const fetched = manager.fetch(filling.stack, filling.id(database.id, 'told'), space.name, [
    { ...told, from, texts: { ...others.texts, DATABASE_URL: url, TERRACE_DISTRIBUTED_SQL: url } },
    ...(lent === undefined ? [] : [{ ...configuration, texts: filesFor(lent) }]),
    ...ownSecrets(filling, space.name),
  ]);
  if (lent !== undefined) lend(reach, lent, fetched.release.resource);
  return { pooler: undefined, environment: {}, secrets: [told.name], after: [fetched.release.resource] };
}

function filesFor({ host, port }: Citus): Readonly<Record<string, string>> {
  const password = `{{ .database | replace "'" "''" }}`;
  const pool: Pool = { poolSize, clients: serverSoftware.poolerClients.value, tls: 'prefer' };
  return poolerFiles([{ name: pooled, host, port: `${port}`, database: citusDatabase, user: citusOwner, password }], pool, client);
}
