import { rights, rightsSql } from '../../../promotion/plan/rights';
import type { DataMove } from '../../../promotion/plan/moves';
import { openSession } from '../../../promotion/postgres/session';
import { type Pair, pairForEach } from '../engine/support/pair';
import { withServers } from '../engine/support/servers';

const moving = (method: DataMove['method'], kind = 'database'): DataMove =>
  ({ method, gb: 1, shards: 1, change: { id: 'database', before: { kind: 'database' }, after: { kind } } }) as unknown as DataMove;

const member = (...names: readonly string[]): string =>
  `exists (select from pg_roles r where r.rolname in (${names.map((name) => `'${name}'`).join(', ')}) and pg_has_role(current_user, r.oid, 'usage'))`;
const streams = `current_setting('wal_level') = 'logical' as changes, rolsuper or rolreplication or ${member('rds_replication')} as replicates, rolsuper or ${member('pg_create_subscription', 'rds_superuser')} or to_regprocedure('aiven_extras.pg_create_subscription(text,text,text,text,boolean,boolean)') is not null as subscribes`;
const holds = `rolsuper or rolcreaterole as roles, rolsuper or ${member('pg_signal_backend')} as signals`;

test('what both sides must allow is named with the question that tells, before the new one is made', () => {
  const sql = `select ${streams}, ${holds} from pg_roles where rolname = current_user`;
  const remedy =
    'wal_level = logical (RDS: rds.logical_replication = 1 and a reboot); alter role ... replication, or grant rds_replication; grant pg_create_subscription (PostgreSQL 16) or rds_superuser, or create the extension aiven_extras (DigitalOcean); createrole and pg_signal_backend. Or move by dump.';
  expect(rights(moving('logical-replication'))).toEqual([
    {
      id: 'database/rights-old',
      what: 'The role that moves the data may replicate, subscribe, and hold logins back on the old side: every column says t (a database beside its app gets such a role from the promotion).',
      state: 'check',
      remedy,
      commands: [`psql "$SOURCE" -c "${sql}"`],
    },
    {
      id: 'database/rights-new',
      what: 'The role that moves the data may replicate, subscribe, and hold logins back on the new side: every column says t. Any other database of that provider, engine and version tells before this one is made, asked as its owner.',
      state: 'check',
      remedy,
      commands: [`psql "$TARGET" -c "${sql}"`],
    },
  ]);
  expect(rights(moving('dump')).map(({ commands, remedy: lacks }) => [commands, lacks])).toEqual(
    ['$SOURCE', '$TARGET'].map((server) => [
      [`psql "${server}" -c "select ${holds} from pg_roles where rolname = current_user"`],
      'Grant it createrole and pg_signal_backend.',
    ]),
  );
  // What a person dumps, a person may.
  expect(rights(moving('dump', 'distributed-database'))).toEqual([]);
});

describe('a server', () => {
  let pair: Pair;
  pairForEach((made) => (pair = made));

  withServers()('answers it as the engine would find it', async () => {
    await pair.sql('source', 'create role bare login; create role able login createrole replication; grant pg_signal_backend to able');
    const asked = async (user: string) => {
      const session = await openSession({ ...pair.source.settings, user });
      return await session.rows(rightsSql({ method: 'logical-replication' })).finally(session.close);
    };
    const all = { changes: true, replicates: true, subscribes: true, roles: true, signals: true };
    expect(await asked(pair.source.settings.user)).toEqual([all]);
    expect(await asked('bare')).toEqual([{ changes: true, replicates: false, subscribes: false, roles: false, signals: false }]);
    expect(await asked('able')).toEqual([{ ...all, subscribes: false }]);
  });
});
