import type { Prerequisite } from '../types';
import { type DataMove, isDriven, isOnline } from './moves';

/** Whether the role is a member of one of these; names that a server does not know are passed over. */
const isMember = (...names: readonly string[]): string =>
  `exists (select from pg_roles r where r.rolname in (${names.map((name) => `'${name}'`).join(', ')}) and pg_has_role(current_user, r.oid, 'usage'))`;

/** What every move needs of a side, by name: a fence takes logins away and ends sessions. */
const holds: Readonly<Record<string, string>> = {
  roles: 'rolsuper or rolcreaterole',
  signals: `rolsuper or ${isMember('pg_signal_backend')}`,
};

/** What logical replication needs besides; of both sides, because the old one follows after the cutover. */
const streams: Readonly<Record<string, string>> = {
  changes: `current_setting('wal_level') = 'logical'`,
  replicates: `rolsuper or rolreplication or ${isMember('rds_replication')}`,
  subscribes: `rolsuper or ${isMember('pg_create_subscription', 'rds_superuser')} or to_regprocedure('aiven_extras.pg_create_subscription(text,text,text,text,boolean,boolean)') is not null`,
};

/** Asks a server what its role may: one row, in which all has to be true. Goes into a shell's double quotes. */
export function rightsSql(move: Pick<DataMove, 'method'>): string {
  const asked = { ...(isOnline(move) ? streams : {}), ...holds };
  const columns = Object.entries(asked).map(([name, condition]) => `${condition} as ${name}`);
  return `select ${columns.join(', ')} from pg_roles where rolname = current_user`;
}

const HOLDS = 'createrole and pg_signal_backend';

const remedies = {
  streams: `wal_level = logical (RDS: rds.logical_replication = 1 and a reboot); alter role ... replication, or grant rds_replication; grant pg_create_subscription (PostgreSQL 16) or rds_superuser, or create the extension aiven_extras (DigitalOcean); ${HOLDS}. Or move by dump.`,
  holds: `Grant it ${HOLDS}.`,
};

/** Rights that a managed service may withhold, to be looked up before anybody pays for a new side: the move itself asks it only once it stands. */
export function rights(move: DataMove): readonly Prerequisite[] {
  if (!isDriven(move)) return [];
  const { id } = move.change;
  const [what, remedy] = isOnline(move)
    ? ['may replicate, subscribe, and hold logins back', remedies.streams]
    : ['may hold logins back', remedies.holds];
  const side = (name: string, whose: string, server: string): Prerequisite => ({
    id: `${id}/rights-${name}`,
    what: `The role that moves the data ${what} on the ${name} side: every column says t${whose}.`,
    state: 'check',
    remedy,
    commands: [`psql "${server}" -c "${rightsSql(move)}"`],
  });
  return [
    side('old', ' (a database beside its app gets such a role from the promotion)', '$SOURCE'),
    side('new', '. Any other database of that provider, engine and version tells before this one is made, asked as its owner', '$TARGET'),
  ];
}
