import { mkdirSync, mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { blocked, contentsDiffer, dumpGivenUp, notYet, oneWay, unreachable } from '../engine/errors';
import { abandon, contract } from '../engine/ending';
import { type PromoteOptions, working } from '../engine/promote';
import { step } from '../engine/step';
import type { PromotionSettings } from '../engine/settings';
import { head, openAfter, switchTo, type Work } from '../engine/work';
import { database } from '../plan/constants';
import type { Blocker, Mover, MoveStanding } from '../types';
import { actions } from './actions';
import { differences, loginRoles, MOVED_EXTENSION, PROVIDER_SCHEMA, sequences, shape } from './catalog';
import { fence, giveUp, routed } from './change';
import { belongings, clearMade } from './clear';
import { epochOf, fact, makeFacts, SCHEMA, writeFact } from './facts';
import { open, openRoles } from './fence';
import { blocker } from './blocker';
import { cannotReplicate, client, common } from './preflight';
import { noteRefused } from './prepare';
import { findProgram, output, outputOf } from './programs';
import { appRoles } from './roles';
import { giveRights, isSuperuser, makeRoles, rightsOfOurs, strangers } from './schema';
import { openSession, type Session } from './session';
import { closeTwins, differing, openTwins } from './verify';

/** A database that is moved by dump: the same settings, and no shards. */
export interface DumpSettings extends PromotionSettings {
  /** Tables that are dumped and restored at once. @default the processors of this machine, 4 at most */
  readonly jobs?: number;
}

/** What a dump will take, before anybody has to wait for it. */
export interface DumpForecast {
  readonly bytes: number;
  /** Seconds for which nothing can be written; measured on two shared cores, where the new side is the limit. */
  readonly seconds: number;
  /** Why logical replication cannot do it; empty where it could. */
  readonly because: readonly string[];
}

/** The change that a dump makes: there is no other. */
const CHANGE = switchTo(1);

/**
 * Moves a database by `pg_dump` and `pg_restore`: what logical replication does not carry, too. Nothing is written from the fence until the new
 * side was compared and opened. Until then the way back is to let writes go again; afterwards there is none, for the old side does not follow.
 */
export function dumpMover(settings: DumpSettings, options: PromoteOptions = {}): Mover {
  const within = <T>(act: (work: Work) => Promise<T>): Promise<T> => working(settings, act, options);
  const epoch = (work: Work): Promise<number> => epochOf(work.sides);
  const forbids = (work: Work): Promise<readonly Blocker[]> => blockers(work, settings);
  return {
    id: settings.id,
    method: 'dump',
    preflight: () => working(settings, forbids, options, forbids),
    copy: () => working(settings, async (work) => ((await epoch(work)) === 0 ? tryOut(work, settings) : undefined), options, forbids),
    catchUp: async () => undefined,
    cutOver: () => within(async (work) => ((await epoch(work)) === 0 ? changeByDump(work, settings) : finish(work))),
    verify: () => within(async (work) => ((await epoch(work)) === 0 ? [] : await unverified(work))),
    reverse: () => within(reverse),
    cleanUp: () => within(async (work) => ((await epoch(work)) === 1 ? contract(work) : giveUpAll(work))),
    standing: () => standing(settings),
  };
}

async function blockers(work: Work, settings: DumpSettings): Promise<readonly Blocker[]> {
  const source = head(work, 'source');
  const found = await Promise.all([...common(work), client(source, 'pg_dump'), client(source, 'pg_restore'), roomHere(source, settings)]);
  const shards =
    work.sides.target.length > 1
      ? [
          blocker(
            'DUMP_SHARDS',
            `${work.sides.target.length} servers are given; a dump fills one.`,
            'Move by logical replication (kind: postgres), which splits rows over shards.',
          ),
        ]
      : [];
  return [...found.flat(), ...shards];
}

/** The dump lies beside the journal, uncompressed: it is read again at once. Each in a folder of its own, because the program of a dead engine may go on writing. */
function newFolder({ journal, id }: PromotionSettings): string {
  const [beside, name] = [dirname(journal), `${id}.dump-`];
  for (const old of readdirSync(beside).filter((each) => each.startsWith(name)))
    rmSync(join(beside, old), { recursive: true, force: true });
  return mkdtempSync(join(beside, name));
}

async function roomHere(source: Session, settings: PromotionSettings): Promise<readonly Blocker[]> {
  const folder = dirname(settings.journal);
  mkdirSync(folder, { recursive: true });
  const [size, { bavail, bsize }] = [await sizeOf(source), statfsSync(folder)];
  return bavail * bsize > size
    ? []
    : [blocker('DISK_HERE', `The dump may take ${size} bytes; ${folder} has ${bavail * bsize}.`, 'Put the journal onto a larger disk.')];
}

async function sizeOf(source: Session): Promise<number> {
  return Number(await source.value('select pg_database_size(current_database())::float8'));
}

/** How long nothing can be written, and why it has to be so. */
export async function forecast(work: Work): Promise<DumpForecast> {
  const bytes = await sizeOf(head(work, 'source'));
  const seconds = Math.ceil(
    (bytes / 1e9) * (database.dumpSecondsPerGb.value + database.hashSecondsPerGb.value) + database.dumpAnalyzeSeconds.value,
  );
  return { bytes, seconds, because: (await cannotReplicate(work)).map(({ message }) => message) };
}

/** Roles, extensions and the whole schema are made while the app writes on: what the new side refuses shows before anybody waits. */
async function tryOut(work: Work, settings: DumpSettings): Promise<void> {
  const found = await blockers(work, settings);
  if (found.length > 0) throw blocked(found);
  const [source, target, roles] = [head(work, 'source'), head(work, 'target'), await appRoles(work)];
  const told = await forecast(work);
  work.progress({
    step: 'forecast',
    what: `nothing can be written for about ${told.seconds} s${told.because.length === 0 ? '; logical replication could move this without that' : ''}`,
    ...told,
  });
  if ((await openRoles(source, roles)).length === 0 || (await fact(target, 'tried')) === 'yes') return;
  await step(work, 'prepared', () => noteBeginning(work, settings, roles));
  await step(work, 'tried', async () => {
    noteRefused(work, 'tried', await makeRoles(target, roles, source));
    // What an earlier try has left half done.
    await clearMade(target);
    await dumpAndRestore(work, settings, ['--schema-only'], Number.POSITIVE_INFINITY);
    await writeFact(target, 'tried', 'yes');
  });
}

async function noteBeginning({ sides }: Work, { id }: DumpSettings, roles: readonly string[]): Promise<void> {
  for (const session of [...sides.source, ...sides.target]) {
    await makeFacts(session);
    await writeFact(session, 'promotion', id);
  }
  for (const session of sides.source) await writeFact(session, 'roles', JSON.stringify(roles));
  for (const session of sides.target)
    if ((await fact(session, 'before')) === undefined) await writeFact(session, 'before', JSON.stringify(await belongings(session)));
}

/** How many times the forecast a window may take before writes are let go again. */
const OVERRUN = 4;

/** Fences, dumps, restores, compares, opens. What fails before the commit point lets writes go again where they were. */
async function changeByDump(work: Work, settings: DumpSettings): Promise<void> {
  const [roles, seconds] = [await appRoles(work), settings.windowSeconds ?? Math.max(600, (await forecast(work)).seconds * OVERRUN)];
  const end = performance.now() + seconds * 1000;
  let committing = false;
  if ((await fact(head(work, 'target'), 'tried')) !== 'yes') throw notYet('dump', 'the schema has not been tried on the new side');
  try {
    await step(work, 'emptied', () => clearMade(head(work, 'target')));
    await step(work, 'fenced', () => fence(work, CHANGE, roles, actions));
    await step(work, 'dumped and restored', () => dumpAndRestore(work, settings, [], end));
    await step(work, 'analyzed', () => head(work, 'target').rows('analyze', undefined, 3_600_000));
    const found = await step(work, 'compared', () => compared(work));
    if (found.length > 0) throw contentsDiffer(found);
    await step(work, 'verified', () => writeFact(head(work, 'target'), 'verified', String(CHANGE.epoch)));
    committing = true;
    await step(work, 'opened', () => open(head(work, 'target'), roles, CHANGE.epoch));
  } catch (error) {
    if (committing) throw error;
    await letGo(work, roles);
    throw dumpGivenUp(error, seconds);
  }
  await finish(work);
}

/** Where a server is away, the next try finds writes held back, and begins the window anew. @throws `PROMOTION_UNREACHABLE` */
async function letGo(work: Work, roles: readonly string[]): Promise<void> {
  for (const session of [head(work, 'source'), head(work, 'target')])
    await session.value('select 1').catch((error: unknown) => Promise.reject(unreachable(session.server, error)));
  await step(work, 'given-up', () => giveUp(work, CHANGE, roles));
}

async function dumpAndRestore(work: Work, settings: DumpSettings, only: readonly string[], end: number): Promise<void> {
  const [folder, jobs] = [newFolder(settings), String(settings.jobs ?? Math.min(4, availableParallelism()))];
  const left = (): number => Math.min(2_000_000_000, Math.max(1, end - performance.now()));
  try {
    await outputOf(
      settings.source,
      program('pg_dump'),
      [
        ...only,
        '--format=directory',
        `--file=${folder}`,
        '--compress=0',
        `--jobs=${jobs}`,
        '--no-publications',
        '--no-subscriptions',
        `--exclude-schema=${SCHEMA}`,
        `--exclude-schema=${PROVIDER_SCHEMA}`,
      ],
      left(),
    );
    work.reach('dumped');
    const [source, target] = [head(work, 'source'), head(work, 'target')];
    const away = await strangers(source, target);
    const list = join(folder, 'restore.list');
    const [kept, without] = restorable(await output(program('pg_restore'), ['--list', folder], left()), away, await given(source, target));
    if (only.length > 0) noteRefused(work, 'tried', without);
    const rights = await rightsIn(folder, kept, away, left());
    if (only.length > 0) noteRefused(work, 'tried', rights.refused);
    const owners = (await isSuperuser(target)) && !ownedBy(kept, away) ? [] : ['--no-owner'];
    const restore = async (lines: string): Promise<void> => {
      writeFileSync(list, lines);
      const options = [`--use-list=${list}`, `--jobs=${jobs}`, '--exit-on-error', '--no-tablespaces', ...owners];
      await outputOf(target.server, program('pg_restore'), [...only, ...options, folder], left());
    };
    await restore(rights.first);
    if (rights.between !== '') await giveRights(target, rights.between);
    if (rights.last !== '') await restore(rights.last);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function program(name: string): string {
  return findProgram(name) ?? name;
}

/**
 * A dump's list without what only the owner of a system object may say, without what the new side has of itself, and without what is given beforehand for
 * objects that strangers will make.
 * @returns the list, and of the last each line
 */
function restorable(list: string, away: ReadonlySet<string>, there: ReadonlySet<string>): readonly [kept: string, left: readonly string[]] {
  const lines = list
    .split('\n')
    .filter((line) => !/^\d+; \d+ \d+ (COMMENT - (EXTENSION|SCHEMA public)|SCHEMA - public) /.test(line))
    .filter((line) => !there.has(/^\d+; \d+ \d+ ((?:EXTENSION|SCHEMA) - .*) \S*$/.exec(line)?.[1] ?? ''));
  const isStrangers = (line: string): boolean => away.has(/^\d+; \d+ \d+ DEFAULT ACL .* (\S+)$/.exec(line)?.[1] ?? '');
  return [
    lines.filter((line) => !isStrangers(line)).join('\n'),
    lines.filter(isStrangers).map((line) => line.replace(/^\d+; \d+ \d+ /, '')),
  ];
}

const RIGHTS = /^\d+; \d+ \d+ (?:DEFAULT )?ACL /;
/** What needs those rights, and is restored after them. */
const AFTER_RIGHTS = /^\d+; \d+ \d+ (?:MATERIALIZED VIEW DATA|EVENT TRIGGER) /;

/**
 * A list by what comes before and after rights, where some of them are strangers': all rights of an object are one line, of which the new side would take none.
 * @returns the rights that are left as SQL, and each that is not
 */
async function rightsIn(folder: string, kept: string, away: ReadonlySet<string>, limit: number) {
  const lines = kept.split('\n');
  const whole = { first: kept, between: '', last: '', refused: [] as readonly string[] };
  if (!lines.some((line) => RIGHTS.test(line))) return whole;
  const list = join(folder, 'rights.list');
  writeFileSync(list, lines.filter((line) => RIGHTS.test(line)).join('\n'));
  const sql = await output(program('pg_restore'), ['--file=-', `--use-list=${list}`, folder], limit);
  const between = rightsOfOurs(sql, away);
  if (between === sql) return whole;
  const [left, last] = [new Set(between.split('\n')), lines.filter((line) => AFTER_RIGHTS.test(line)).join('\n')];
  return {
    first: lines.filter((line) => !RIGHTS.test(line) && !AFTER_RIGHTS.test(line)).join('\n'),
    between,
    last,
    refused: sql.split('\n').filter((line) => /GRANT|REVOKE/.test(line) && !left.has(line)),
  };
}

/** Whether a list names something that belongs to one of them: its last word is the owner. */
function ownedBy(list: string, names: ReadonlySet<string>): boolean {
  return list.split('\n').some((line) => names.has(/^\d+; .* (\S+)$/.exec(line)?.[1] ?? ''));
}

/** As a list names them: extensions that every database of the old side's provider has of its own, and schemas that stand, because what they hold was not taken away with an earlier try. */
async function given(source: Session, target: Session): Promise<ReadonlySet<string>> {
  const extensions = await source.rows(`select 'EXTENSION - ' || e.extname as label from pg_extension e where not (${MOVED_EXTENSION})`);
  const schemas = await target.rows(`select 'SCHEMA - ' || nspname as label from pg_namespace`);
  return new Set([...extensions, ...schemas].map(({ label }) => String(label)));
}

/** Everything that a dump carries, while nobody writes on either side. */
async function compared(work: Work): Promise<readonly string[]> {
  const [source, target] = [head(work, 'source'), head(work, 'target')];
  const twins = await openTwins([source], [target]);
  const rows = await differing(twins, () => false).finally(() => closeTwins(twins));
  const [here, there] = await Promise.all([shape(source), shape(target)]);
  const [counted, counting] = await Promise.all([beside(source), beside(target)]);
  return [...differences(here, there), ...rows, ...differences(counted, counting)];
}

/** What no comparison of tables sees: large objects, unlogged tables, sequences. */
async function beside(session: Session): Promise<readonly string[]> {
  const [large] = await session.rows(
    `select count(*)::text as count, coalesce(sum(hashtextextended(oid::text || md5(lo_get(oid)), 0)::numeric), 0)::text as sum from pg_largeobject_metadata`,
    undefined,
    3_600_000,
  );
  const unlogged = await session.rows(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and c.relpersistence = 'u' and n.nspname <> '${SCHEMA}' order by 1`,
  );
  const counts = await Promise.all(
    unlogged.map(
      async ({ name }) =>
        `${String(name)}: ${String(await session.value(`select count(*)::text from ${String(name)}`, undefined, 3_600_000))} rows`,
    ),
  );
  const numbers = (await sequences(session)).map(({ name, value, given }) => `${name} ${given ? 'gave' : 'gives'} ${value}`);
  return [`large objects: ${String(large?.['count'])}, sum ${String(large?.['sum'])}`, ...counts, ...numbers];
}

/** After the commit point: the app is led to the new side. */
async function finish(work: Work): Promise<void> {
  const [target, epoch] = [head(work, 'target'), String(CHANGE.epoch)];
  if ((await fact(target, 'routed')) === epoch) return;
  await step(work, 'routed', async () => {
    await routed(work, CHANGE);
    await writeFact(target, 'routed', epoch);
  });
}

async function unverified(work: Work): Promise<readonly string[]> {
  return (await fact(head(work, 'target'), 'verified')) === String(CHANGE.epoch) ? [] : ['the sides were never compared'];
}

async function reverse(work: Work): Promise<void> {
  if (openAfter(await epochOf(work.sides)) === 'target')
    throw oneWay(
      'the old side has stood still since the dump, and what was written since is only on the new one.',
      'Going back is a move of its own: empty the old database, and promote with the two exchanged, under another id.',
    );
  const roles = await appRoles(work);
  if ((await fact(head(work, 'source'), 'roles')) !== undefined) await step(work, 'given-up', () => giveUp(work, CHANGE, roles));
}

/** Before the commit point: writes go on where they were, and nothing of ours stays. */
async function giveUpAll(work: Work): Promise<void> {
  await reverse(work);
  await abandon(work);
}

async function standing(settings: PromotionSettings): Promise<MoveStanding> {
  const [source, target] = await Promise.all([openSession(settings.source), openSession(settings.targets[0] ?? settings.source)]);
  try {
    const epoch = await epochOf({ source: [source], target: [target] });
    const told = await fact(source, 'roles');
    const roles = told === undefined ? (settings.appRoles ?? (await loginRoles(source))) : (JSON.parse(told) as readonly string[]);
    const held = epoch === 0 && told !== undefined && (await openRoles(source, roles)).length === 0;
    const verified = (await fact(target, 'verified')) === String(epoch) && epoch > 0;
    const after = (await fact(target, 'routed')) === String(epoch) ? 'verified' : 'opened';
    const state = held ? 'fenced' : epoch > 0 ? after : (await fact(target, 'tried')) === 'yes' ? 'tried' : 'not begun';
    return {
      open: openAfter(epoch),
      state,
      verified,
      reversible:
        epoch === 0
          ? { yes: true, because: 'writes belong to the old side' }
          : { yes: false, because: 'the old side has stood still since the dump' },
    };
  } finally {
    for (const session of [source, target]) session.close();
  }
}
