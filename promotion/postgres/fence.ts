import { tookTooLong } from '../engine/errors';
import { counted } from '../../values/counted';
import { SCHEMA } from './facts';
import { waitingTransactions } from './leaving';
import { ENGINE_NAME, identifier, literal, pause, type Session, utc } from './session';

/** Which of the app's roles may log in on a server. */
export async function openRoles(session: Session, roles: readonly string[]): Promise<readonly string[]> {
  const rows = await session.rows('select rolname as name from pg_roles where rolcanlogin and rolname = any($1)', [roles]);
  return rows.map(({ name }) => String(name));
}

/** Nobody of the app may come in any more. Those who are in go on writing: this alone fences nothing. */
export async function shut(session: Session, roles: readonly string[]): Promise<void> {
  await session.rows(`begin; ${roles.map((role) => `alter role ${identifier(role)} nologin`).join('; ')}; commit`);
}

/** Ends the app's sessions until none is left, and goes no further where a transaction waits for its second half, which needs none. What they had committed is before every position that is read afterwards. */
export async function expel(session: Session, roles: readonly string[], milliseconds = 8000): Promise<void> {
  for (const end = performance.now() + milliseconds; ; await pause(3)) {
    const left = await session.value(`select count(pg_terminate_backend(pid))::int from pg_stat_activity where usename = any($1)`, [roles]);
    if (left === 0) break;
    if (performance.now() > end) throw tookTooLong(`ending ${String(left)} sessions of the app`, milliseconds);
  }
  const waiting = await waitingTransactions(session);
  if (waiting > 0)
    throw new Error(`${counted(waiting, 'prepared transaction')} would outlive the fence (select gid from pg_prepared_xacts).`);
}

/** The one commit point: in the same transaction the app may come in and the change of sides is recorded. */
export async function open(session: Session, roles: readonly string[], epoch: number): Promise<void> {
  const mark = `insert into ${SCHEMA}.facts values ('opened', ${literal(String(epoch))}), ('opened at', ${utc('clock_timestamp()')}) on conflict (name) do update set value = excluded.value`;
  await session.rows(`begin; ${roles.map((role) => `alter role ${identifier(role)} login`).join('; ')}; ${mark}; commit`);
}

/** Lets the app in again where it was. */
export async function reopen(session: Session, roles: readonly string[]): Promise<void> {
  await session.rows(`begin; ${roles.map((role) => `alter role ${identifier(role)} login`).join('; ')}; commit`);
}

/** Who holds the lock is the only engine: what another has begun here, it has left behind, and its server or its programs go on with it. */
export async function endDeadEngines(session: Session): Promise<void> {
  const others = `from pg_stat_activity where application_name ~ '^terrace promote ' and application_name <> $1 and datname = current_database()`;
  for (const end = performance.now() + 10_000; performance.now() < end; await pause(20))
    if ((await session.value(`select count(pg_terminate_backend(pid))::int ${others}`, [ENGINE_NAME])) === 0) return;
}
