import { Citus, citusDatabase, citusOwner } from '../../constructs/kubernetes/citus';
import { SecretManager } from '../../constructs/kubernetes/secret-manager';
import { podsIn, type Space } from '../../constructs/kubernetes/space';
import type { ComponentOf } from '../../components/component';
import type { DatabaseForPods, FetchedTexts } from './database-for-pods';
import type { Filling } from './filling';
import { component } from '../platforms/naming';

/** Namespace of the database. */
const name = 'database';

/** Citus in the first of the tier's clusters, and what the app there is told of it. Pods of other clusters do not reach it. */
export function citusOf(
  filling: Filling,
  database: ComponentOf<'distributed-database'>,
  space: Space,
  redis: FetchedTexts,
): DatabaseForPods | undefined {
  const { stack, cluster, state, environment, tier } = filling;
  const [size, { secrets }] = [database.offers.citus, cluster.flavour];
  if (size === undefined || secrets.kept === 'state') return undefined;
  const id = (part: string): string => filling.id(database.id, part);
  const manager = new SecretManager(stack, id('secrets'), {
    cluster,
    name: 'external-secrets',
    provider: secrets.provider(environment.region),
  });
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
  const told = { name: 'endpoints', namespace: space.name };
  const fetched = manager.fetch(stack, id('told'), space.name, [
    {
      ...told,
      from: { ...redis.from, database: state.secret('database') },
      texts: { ...redis.texts, DATABASE_URL: url, TERRACE_DISTRIBUTED_SQL: url },
    },
  ]);
  const app = component(tier, 'app-servers');
  if (app !== undefined) space.release(stack, id('from_app'), app.id, [{ to: [podsIn(built.space.name)] }]);
  return { pooler: undefined, environment: {}, secrets: [told.name], after: [fetched.release.resource, built.objects.release.resource] };
}
