import { mkdtempSync, chmodSync, rmSync, writeFileSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PromotionSettings, RouteSettings, SideName } from '../engine/settings';
import { epochOf } from '../postgres/facts';
import { openSession, pause, type ServerSettings, type Session } from '../postgres/session';
import { BUCKETS } from '../postgres/shards';
import { closeTwins, differing, openTwins } from '../postgres/verify';
import { findProgram } from '../postgres/programs';
import { runEngine } from './engine-process';
import { type Killed, type PlannedKill, planKills } from './kills';
import { type Phases, turnsOf } from './phases';
import { findPooler, startPooler } from './pooler';
import { REHEARSAL_SHARD_KEYS, rehearsalSchemaText, SHARD_IDENTITIES } from './schema';
import { type Cluster, type Clusters, makeCluster, makeClusters, run, WRITERS } from './clusters';
import { copyCluster, freePort, own, type Server, startServer } from './servers';
import { stall } from './stall';
import { type Strikes, strikesOf } from './strikes';
import { longestSilence, median, random, type Stretch } from './silence';
import { watchSides } from './watch';
import { type Endpoint, type Ledger, startWriters, tally, type Writers } from './writer';
import { openAfter } from '../engine/work';

export interface RehearsalOptions {
  /** Rows of generated data. */
  readonly rows: number;
  /** How many times it cuts over; between two cutovers it rolls back. */
  readonly cutovers: number;
  /** How many times the engine or a server is to be killed. */
  readonly kills: number;
  /** Decides every random choice. */
  readonly seed: number;
  /** Kills in the place of random ones. @default drawn by the seed */
  readonly planned?: readonly PlannedKill[];
  /** Servers that the data moves to; more than one are shards. @default 1 */
  readonly shards?: number;
  /** Terraform's part, entered between the changes of sides. @default the move of the data alone */
  readonly phases?: Phases;
  readonly progress?: (line: string) => void;
  /** Whether the app goes through PgBouncer. @default where it is installed */
  readonly pooler?: boolean;
  /** Clusters that were made before, which are copied. @default new ones */
  readonly clusters?: Clusters;
  /** What tests change. */
  readonly trial?: Trial;
}

export interface Servers {
  readonly source: Server;
  /** The first of the targets. */
  readonly target: Server;
  readonly targets: readonly Server[];
}

/** How a test makes a rehearsal go wrong. */
export interface Trial {
  /** Another program in the place of the engine, and what it is told. */
  readonly engine?: { readonly program: string; readonly env: NodeJS.ProcessEnv };
  /** Milliseconds for which the worker that applies changes is stopped at the start of each change of sides: a quick machine would hide what a slow one shows. */
  readonly stallMs?: number;
  /** How often an engine is started for one change of sides. */
  readonly attempts?: number;
  readonly settings?: Partial<PromotionSettings>;
  /** Done before each phase: 0 is the copy, 1 the first cutover. */
  readonly before?: (phase: number, servers: Servers, settings: PromotionSettings) => Promise<void>;
}

/** What a rehearsal measured; the contract of `terrace promote rehearse --json`. */
export interface RehearsalReport {
  readonly rows: number;
  readonly acknowledged: number;
  readonly lost: number;
  readonly duplicated: number;
  /** The writers' longest silence for each change of sides, crashes of the engine included; milliseconds. */
  readonly pauseMs: { readonly median: number; readonly worst: number };
  /** The longest silence around the kill of a server; 0 where none was killed. */
  readonly outageMs: number;
  readonly copySeconds: number;
  /** Kills that met somebody while the engine was at work; what could not be struck is not counted. */
  readonly kills: number;
  /** Who they met. */
  readonly killed: Killed;
  readonly ended: 'promoted' | 'rolled-back';
  readonly seed: number;
}

export interface Rehearsed {
  readonly report: RehearsalReport;
  /** Everything that went wrong, one sentence each; empty when nothing did. */
  readonly wrong: readonly string[];
  readonly facts: {
    readonly source: number;
    readonly target: number;
    readonly pooler: boolean;
    readonly pauses: readonly number[];
    readonly writesPerSecond: number;
    readonly errors: number;
  };
}

/** Transactions a second of each writer. */
const RATE = 40;

/** The whole promotion on real servers of this machine, with a live writer. Everything it starts ends with it. */
export async function rehearse(options: RehearsalOptions): Promise<Rehearsed> {
  const folder = mkdtempSync(join(tmpdir(), 'terrace-rehearsal-'));
  chmodSync(folder, 0o755);
  own(folder);
  const endings: (() => unknown)[] = [];
  const end = async (): Promise<void> => {
    for (const stop of endings.splice(0).toReversed()) await stop();
    rmSync(folder, { recursive: true, force: true });
  };
  const interrupted = (): void => void end().finally(() => process.exit(130));
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  try {
    return await stage(options, folder, endings);
  } finally {
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
    await end();
  }
}

async function stage(options: RehearsalOptions, folder: string, endings: (() => unknown)[]): Promise<Rehearsed> {
  const say = options.progress ?? (() => undefined);
  const clusters = options.clusters ?? (await makeClusters(folder, options.rows));
  const count = options.shards ?? 1;
  const further = Array.from({ length: count - 1 }, (_, index) => join(folder, `target${index + 2}`));
  const [source, ...targets] = await Promise.all([
    serve(clusters.source, join(folder, 'source'), endings),
    serve(clusters.target, join(folder, 'target'), endings),
    ...further.map(async (data) => serve(await makeCluster(clusters.target.installation, data), data, endings)),
  ]);
  const servers: Servers = { source, targets, target: targets[0] as Server };
  if (count > 1) await run(source, `set search_path = public; ${SHARD_IDENTITIES}`);
  const majors = { source: clusters.source.installation.major, target: clusters.target.installation.major };
  say(`PostgreSQL ${majors.source} to ${majors.target}; ${options.rows} rows; seed ${options.seed}`);
  const way = await route(folder, source.settings, endings, count === 1 && (options.pooler ?? true));
  const settings: PromotionSettings = {
    id: 'rehearsal',
    source: source.settings,
    targets: targets.map((target) => target.settings),
    ...(count > 1 ? { shardKeys: REHEARSAL_SHARD_KEYS } : {}),
    appRoles: ['app'],
    route: way.route,
    journal: join(folder, 'journal.jsonl'),
    ...(findProgram('pg_dump') === undefined ? { schema: rehearsalSchemaText() } : {}),
    ...options.trial?.settings,
  };
  const file = join(folder, 'settings.json');
  writeFileSync(file, JSON.stringify(settings));
  const watch = watchSides(source.settings, settings.targets);
  endings.push(() => watch.stop());
  const writers = startWriters(way.endpoint, await bucketsOfWriters(source), RATE);
  endings.push(() => writers.stop());
  const course = await play(options, servers, settings, file, writers, say);
  const ledger = await writers.stop();
  const both = await watch.stop();
  const judged = await judge(options, settings, ledger, course, both, { ...majors, pooler: way.route.kind === 'pgbouncer' });
  if (judged.wrong.length === 0 && judged.report.ended === 'promoted') await turnsOf(options.phases).end();
  return judged;
}

/** Which bucket the server puts each writer's rows into. */
async function bucketsOfWriters({ settings }: Server): Promise<readonly number[]> {
  const session = await openSession(settings);
  const rows = await session
    .rows(`select (hashint8extended(w, 0) & ${BUCKETS - 1})::int as bucket from generate_series(0, ${WRITERS - 1}) w order by w`)
    .finally(session.close);
  return rows.map(({ bucket }) => Number(bucket));
}

async function serve({ installation, data: template }: Cluster, data: string, endings: (() => unknown)[]): Promise<Server> {
  if (template !== data) await copyCluster(template, data);
  const server = await startServer(installation, data, await freePort());
  endings.push(() => server.kill());
  return server;
}

interface Way {
  readonly route: RouteSettings;
  readonly endpoint: Endpoint;
}

/** Through a pooler where PgBouncer is installed; else the app reads its endpoint from a file. */
async function route(folder: string, { host, port, database }: ServerSettings, endings: (() => unknown)[], pooled: boolean): Promise<Way> {
  const program = pooled ? findPooler() : undefined;
  if (program === undefined) {
    const file = join(folder, 'endpoint.json');
    writeFileSync(file, JSON.stringify({ host, port, database }));
    return { route: { kind: 'file', file }, endpoint: () => JSON.parse(readFileSync(file, 'utf8')) as ReturnType<Endpoint> };
  }
  const pooler = await startPooler(program, join(folder, 'pooler'), { host, port });
  endings.push(pooler.stop);
  return { route: { kind: 'pgbouncer', poolers: [pooler.settings] }, endpoint: () => pooler.settings.console };
}

/** What happened, by the clock. */
interface Course {
  readonly changes: readonly Stretch[];
  readonly outages: readonly Stretch[];
  readonly copySeconds: number;
  readonly killed: Killed;
  readonly failed: readonly string[];
}

/** Milliseconds between two changes of sides, in which the app works on. */
const SOAK = 400;

/** How often an engine may be started for one change of sides. */
const ATTEMPTS = 40;

async function play(
  options: RehearsalOptions,
  servers: Servers,
  settings: PromotionSettings,
  file: string,
  writers: Writers,
  say: (line: string) => void,
): Promise<Course> {
  const goals = Array.from({ length: options.cutovers * 2 - 1 }, (_, index): SideName => (index % 2 === 0 ? 'target' : 'source'));
  const planned = options.planned ?? planKills(options.kills, goals.length + 1, random(options.seed));
  const strikes = strikesOf(planned, { journal: settings.journal, source: servers.source, targets: servers.targets, say });
  const [changes, failed, { outages }]: [Stretch[], string[], Strikes] = [[], [], strikes];
  const phase = async (index: number, goal: object): Promise<boolean> => {
    await options.trial?.before?.(index, servers, settings);
    if (index > 0 && options.trial?.stallMs !== undefined) void stall(servers, options.trial.stallMs, settings.journal);
    for (let attempt = 0; attempt < (options.trial?.attempts ?? ATTEMPTS); attempt += 1) {
      const engine = runEngine(file, goal, options.trial?.engine);
      const struck = strikes.during(engine, index);
      const { code, last } = await engine.ended;
      await struck;
      if (code === 0 || code === 10) return true;
      if (code !== null && code !== 30) {
        failed.push(`the engine ended with ${code}: ${last}`);
        return false;
      }
      if (attempt > 20) say(`attempt ${attempt + 1}: ${last}`);
    }
    failed.push('the engine did not come to an end');
    return false;
  };
  const turns = turnsOf(options.phases);
  await turns.begin();
  const begun = performance.now();
  let going = await phase(0, { open: 'target', untilReady: true });
  const copySeconds = (performance.now() - begun) / 1000;
  for (const [index, open] of goals.entries()) {
    if (!going) break;
    await pause(SOAK);
    await turns.before(open);
    const from = performance.now();
    going = await phase(index + 1, { open });
    await nextWrite(writers);
    changes.push({ from, to: performance.now() });
    say(
      `${open === 'target' ? 'cut over' : 'rolled back'}: ${longestSilence(writers.ledger().moments, changes.at(-1) as Stretch, outages)} ms without a write`,
    );
    if (going) await turns.after(open);
  }
  await pause(SOAK);
  return { changes, outages, copySeconds, killed: strikes.killed(), failed };
}

/** Waits for an acknowledgement, at most ten seconds. */
async function nextWrite(writers: Writers): Promise<void> {
  const seen = writers.ledger().moments.length;
  for (const end = Date.now() + 10_000; writers.ledger().moments.length === seen && Date.now() < end;) await pause(10);
}

type Kind = Pick<Rehearsed['facts'], 'source' | 'target' | 'pooler'>;

async function judge(
  options: RehearsalOptions,
  settings: PromotionSettings,
  ledger: Ledger,
  course: Course,
  both: number,
  kind: Kind,
): Promise<Rehearsed> {
  const sessions = {
    source: [await openSession(settings.source)],
    target: await Promise.all(settings.targets.map((server) => openSession(server))),
  };
  try {
    const open = openAfter(await epochOf(sessions));
    const here = await tally(sessions[open], ledger);
    const there = course.failed.length > 0 || open === undefined ? undefined : await otherSide(sessions, open, ledger, settings);
    const pauses = course.changes.map((change) => longestSilence(ledger.moments, change, course.outages));
    const spanned = ((ledger.moments.at(-1) ?? 0) - (ledger.moments[0] ?? 0)) / 1000;
    const report: RehearsalReport = {
      rows: options.rows,
      acknowledged: ledger.acknowledged.reduce((total, count) => total + count, 0),
      lost: here.lost,
      duplicated: here.duplicated,
      pauseMs: { median: median(pauses), worst: Math.max(0, ...pauses) },
      outageMs: Math.max(0, ...course.outages.map((outage) => longestSilence(ledger.moments, outage))),
      copySeconds: Math.round(course.copySeconds * 100) / 100,
      kills: Object.values(course.killed).reduce((total, count) => total + count, 0),
      killed: course.killed,
      ended: open === 'target' ? 'promoted' : 'rolled-back',
      seed: options.seed,
    };
    const wrong = [...course.failed, ...here.wrong, ...(there ?? []), ...(both > 0 ? [`both sides were open, seen ${both} times`] : [])];
    const errors = [...ledger.errors.values()].reduce((total, count) => total + count, 0);
    return { report, wrong, facts: { ...kind, pauses, writesPerSecond: Math.round(report.acknowledged / Math.max(1, spanned)), errors } };
  } finally {
    for (const session of [...sessions.source, ...sessions.target]) session.close();
  }
}

/** The side that is not open has everything too, or there would be no way back: nothing is written any more, so that both come to hold the same. */
async function otherSide(
  sessions: Readonly<Record<SideName, readonly Session[]>>,
  open: SideName,
  ledger: Ledger,
  { shardKeys = {} }: PromotionSettings,
): Promise<readonly string[]> {
  const other = sessions[open === 'target' ? 'source' : 'target'];
  const twins = await openTwins(sessions.source, sessions.target, false);
  try {
    for (const end = Date.now() + 30_000; ; await pause(100)) {
      const wrong = (await tally(other, { ...ledger, conflicts: 0 })).wrong.map((text) => `on the side that is not open: ${text}`);
      // A write that was under way when the last server was killed may be on its way to the other side.
      const found =
        wrong.length > 0
          ? wrong
          : (await differing(twins, (table) => shardKeys[table] !== undefined)).map((text) => `at the end the sides differ: ${text}`);
      if (found.length === 0 || Date.now() > end) return found;
    }
  } finally {
    closeTwins(twins);
  }
}
