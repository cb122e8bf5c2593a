import type { Work } from '../engine/work';
import type { Blocker } from '../types';
import { blocker, type Side } from './blocker';
import { SYSTEM_ROLES, tables } from './catalog';
import { fact } from './facts';
import { appRoles } from './roles';
import { identifier, type Session } from './session';

/** Everybody who could write to the old side past the fence. */
export async function writers(source: Session, work: Work): Promise<readonly Blocker[]> {
  const roles = await appRoles(work);
  return (await Promise.all([others(source), holdable(source, roles), superusers(source), unheld(source, 'old', roles)])).flat();
}

/** What writes without logging in: taking logins away does not hold it back. */
async function others(source: Session): Promise<readonly Blocker[]> {
  const streams = await source.rows(
    `select subname as name from pg_subscription where subenabled and subname !~ '^terrace_to_' and subdbid = (select oid from pg_database where datname = current_database()) order by 1`,
  );
  const jobs =
    (await source.value(`select to_regclass('cron.job') is not null`)) === true
      ? Number(await source.value('select count(*)::int from cron.job where active').catch(() => 0))
      : 0;
  return [
    ...streams.map(({ name }) =>
      blocker(
        'OTHER_WRITERS',
        `The subscription ${String(name)} writes to the old side and cannot be held back.`,
        `alter subscription ${String(name)} disable, and subscribe anew on the new side afterwards.`,
      ),
    ),
    ...(jobs > 0
      ? [
          blocker(
            'OTHER_WRITERS',
            `${jobs} jobs of pg_cron may write to the old side and cannot be held back.`,
            'update cron.job set active = false, and schedule them on the new side afterwards.',
          ),
        ]
      : []),
  ];
}

/** Whether the app's roles can be held back. */
async function holdable(source: Session, roles: readonly string[]): Promise<readonly Blocker[]> {
  if (roles.length === 0)
    return [
      blocker(
        'NO_APP_ROLE',
        'No role of the app was found that could be held back.',
        'Let the app log in with a role of its own that is no superuser.',
      ),
    ];
  const rows = await source.rows(
    `select rolname as name, rolsuper as super, rolcreaterole as roles, rolname = current_user as own from pg_roles where rolname = any($1)`,
    [roles],
  );
  const missing = roles
    .filter((role) => !rows.some(({ name }) => name === role))
    .map((role) => blocker('APP_ROLE_MISSING', `There is no role ${role} on the old side.`, 'Name the roles with which the app logs in.'));
  const strong = rows.filter((row) => row['super'] === true || row['roles'] === true || row['own'] === true);
  return [
    ...missing,
    ...strong.map(({ name }) =>
      blocker(
        'APP_ROLE_STRONG',
        `${String(name)} is a superuser, may change roles, or is the engine's own role: it cannot be held back.`,
        'Let the app log in with a weaker role; what it makes may belong to an owner that cannot log in.',
      ),
    ),
  ];
}

/** A superuser who writes just now; none can be kept out. */
async function superusers(source: Session): Promise<readonly Blocker[]> {
  const free = await source.rows(
    `select distinct usename as name from pg_stat_activity a join pg_roles r on r.rolname = a.usename where r.rolsuper and a.datname = current_database() and a.backend_type = 'client backend' and a.application_name !~ '^terrace' and a.pid <> pg_backend_pid() and a.state like '%transaction%'`,
  );
  return free.map(({ name }) =>
    blocker(
      'SUPERUSER_WRITES',
      `${String(name)}, a superuser, is in a transaction on the old side and cannot be held back.`,
      'End that session, or let the app log in with a weaker role.',
    ),
  );
}

/**
 * Roles that may log in and write and that nobody has named: what they write after the fence is on that side alone. The one that a release makes for
 * moving is no app's. Once a promotion has begun, those that it holds back are settled.
 */
export async function unheld(session: Session, side: Side, roles: readonly string[]): Promise<readonly Blocker[]> {
  const names = (await tables(session)).map(({ name }) => name);
  const found = await session.rows(
    `select rolname as name from pg_roles where rolcanlogin and not rolsuper and rolname <> current_user and rolname <> 'terrace_mover' and rolname <> all($1) and rolname !~ '${SYSTEM_ROLES}'
      and has_database_privilege(oid, current_database(), 'connect')
      and exists (select from unnest($2::text[]) t (name) where has_table_privilege(pg_roles.oid, t.name::regclass, 'insert, update, delete, truncate')) order by 1`,
    [roles, names],
  );
  const begun = (await fact(session, 'promotion')) !== undefined;
  return found.map(({ name }) =>
    blocker(
      'ROLE_NOT_HELD',
      `${String(name)} may log in and write to the ${side} side, and is not among the roles that are held back (${roles.join(', ')}).`,
      `Take its login away (alter role ${identifier(String(name))} nologin), or ${begun ? 'give the move up and begin anew, with it named' : 'name it with them'} (appRoles).`,
    ),
  );
}
