import { identifier, literal, openSession, type Session } from './session';

/** One setting that a server gives to sessions of a role, of a database, or of both. */
interface Setting {
  /** Undefined where it is of the database, whoever comes. */
  readonly role: string | undefined;
  /** Whether it is of this database alone. */
  readonly here: boolean;
  readonly name: string;
  readonly value: string;
}

/**
 * Carries what `alter role ... set` and `alter database ... set` have left on the old side: without its search path an app finds no table. What the new
 * side has of its own stays.
 * @param roles that were carried
 * @returns what the new side does not take, one sentence each
 */
export async function copySettings(source: Session, target: Session, roles: ReadonlySet<string>): Promise<readonly string[]> {
  const present = new Set((await settings(target)).map(keyOf));
  const wanted = (await settings(source)).filter((each) => (each.role === undefined || roles.has(each.role)) && !present.has(keyOf(each)));
  if (wanted.length === 0) return [];
  // A session of its own, because a setting is tried by having it.
  const session = await openSession(target.server);
  const refused: string[] = [];
  try {
    for (const each of wanted)
      await give(session, each).catch((error: unknown) => refused.push(`${textOf(each)}: ${String((error as Error).message)}`));
  } finally {
    session.close();
  }
  return refused;
}

async function settings(session: Session): Promise<readonly Setting[]> {
  const rows = await session.rows(
    `select r.rolname as role, s.setdatabase <> 0 as here, split_part(c, '=', 1) as name, substr(c, strpos(c, '=') + 1) as value
    from pg_db_role_setting s left join pg_roles r on r.oid = s.setrole cross join unnest(s.setconfig) c
    where s.setdatabase in (0, (select oid from pg_database where datname = current_database())) and (s.setrole = 0 or r.rolname is not null) order by 1, 2, 3`,
  );
  return rows.map(({ role, here, name, value }) => ({
    role: typeof role === 'string' ? role : undefined,
    here: here === true,
    name: String(name),
    value: String(value),
  }));
}

function keyOf({ role, here, name }: Setting): string {
  return JSON.stringify([role, here, name]);
}

function textOf({ role, here, name, value }: Setting): string {
  return `${role === undefined ? 'the database' : `role ${role}`}${role !== undefined && here ? ' in the database' : ''}: ${name} = ${value}`;
}

/** As the server itself writes it, whatever kind of value it is; a role is not taken on to be given. */
async function give(session: Session, { role, here, name, value }: Setting): Promise<void> {
  const database = identifier(session.server.database);
  const whose = role === undefined ? `database ${database}` : `role ${identifier(role)}${here ? ` in database ${database}` : ''}`;
  await session.rows('rollback');
  await session.rows(
    name === 'role'
      ? `alter ${whose} set role = ${literal(value)}`
      : `begin; select set_config(${literal(name)}, ${literal(value)}, true); alter ${whose} set ${identifier(name)} from current; commit`,
  );
}
