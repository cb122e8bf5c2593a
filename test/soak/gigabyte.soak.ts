import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { postgresMover } from '../../promotion/movers/postgres';
import { findProgram } from '../../promotion/postgres/programs';
import { openSession } from '../../promotion/postgres/session';
import { run, WRITERS } from '../../promotion/rehearse/clusters';
import { REHEARSAL_SCHEMA, rehearsalData } from '../../promotion/rehearse/schema';
import { freePort, initialise, installations, own, type Server, startServer } from '../../promotion/rehearse/servers';
import { longestSilence } from '../../promotion/rehearse/silence';
import { startWriters } from '../../promotion/rehearse/writer';
import { needs } from '../support/needs';
import { scratch } from '../support/scratch';

/** Rows that make a database of a gigabyte: SOAK_ROWS=20000 npm run soak -- gigabyte */
const ROWS = Number(process.env['SOAK_ROWS'] ?? 2_600_000);

/** What copying, indexing and catching up may take against pgcopydb. */
const LIMIT = 1.15;

/** Of the installed client, which reads no newer server. */
const MAJOR = Number(/(\d+)/.exec(spawnSync(findProgram('pg_dump') ?? 'pg_dump', ['--version'], { encoding: 'utf8' }).stdout ?? '')?.[1]);

const servers: Server[] = [];

afterAll(() => Promise.all(servers.map((server) => server.kill())));

/** Of one major for all three. */
async function serve(folder: string, name: string, fill?: string): Promise<Server> {
  const installation = installations().find(({ major }) => major === MAJOR);
  if (installation === undefined) throw new Error(`no PostgreSQL ${MAJOR} beside its client`);
  await initialise(installation, join(folder, name));
  const server = await startServer(installation, join(folder, name), await freePort());
  servers.push(server);
  await run({ settings: { ...server.settings, database: 'postgres' } }, 'create database app');
  await run(server, fill ?? 'create role app login; create role app_owner nologin');
  return server;
}

const uri = ({ settings: { host, port } }: Server): string => `postgres://postgres@${host}:${port}/app`;

/** Detached: on a failure pgcopydb ends its whole process group. */
async function shell(command: string, folder: string): Promise<number> {
  const began = performance.now();
  await new Promise<void>((resolve, reject) => {
    const child = spawn('bash', ['-o', 'pipefail', '-c', command], { cwd: folder, detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
    let text = '';
    child.stderr.on('data', (chunk: Buffer) => (text = (text + chunk.toString()).slice(-2000)));
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`${command}: ${code} ${text}`))));
  });
  return (performance.now() - began) / 1000;
}

needs('pg_dump', 'pgcopydb')(
  `a database of ${ROWS} rows, written all the while, beside pgcopydb and pg_dump | pg_restore`,
  async () => {
    const folder = scratch('terrace-gigabyte-');
    chmodSync(folder, 0o755);
    own(folder);
    const source = await serve(folder, 'source', `set search_path = public; ${REHEARSAL_SCHEMA}${rehearsalData(ROWS, WRITERS)}`);
    const session = await openSession(source.settings);
    const bytes = Number(await session.value('select pg_database_size(current_database())::float8'));
    session.close();
    const { host, port } = source.settings;
    const writers = startWriters(
      () => ({ host, port }),
      Array.from({ length: WRITERS }, () => 0),
      20,
    );
    const seconds: Record<string, number> = {};
    const spans: Record<string, { from: number; to: number }> = {};
    const against = async (name: string, act: (target: Server) => Promise<number>): Promise<void> => {
      const target = await serve(folder, name, name === 'terrace' ? 'select 1' : undefined);
      const from = performance.now();
      seconds[name] = await act(target);
      spans[name] = { from, to: performance.now() };
      await target.kill();
      rmSync(join(folder, name), { recursive: true, force: true });
    };
    await against('terrace', async (target) => {
      const mover = postgresMover({
        id: 'gigabyte',
        source: source.settings,
        targets: [target.settings],
        appRoles: ['app'],
        route: { kind: 'none' },
        journal: join(folder, 'journal.jsonl'),
      });
      const began = performance.now();
      await mover.copy();
      await mover.catchUp();
      const took = (performance.now() - began) / 1000;
      await mover.cleanUp();
      return took;
    });
    await against('pgcopydb', (target) =>
      shell(
        `pgcopydb clone --source '${uri(source)}' --target '${uri(target)}' --dir ${join(folder, 'copydb')} --table-jobs 2 --index-jobs 2 --no-owner`,
        folder,
      ),
    );
    await against('dump', (target) => shell(`pg_dump -Fc -Z0 '${uri(source)}' | pg_restore --no-owner -d '${uri(target)}'`, folder));
    const { acknowledged, errors, moments } = await writers.stop();
    const silence = longestSilence(moments, spans['terrace'] ?? { from: 0, to: 0 });
    const ratio = (other: string): number => Math.round(((seconds['terrace'] ?? 0) / (seconds[other] ?? 1)) * 100) / 100;
    console.log(
      JSON.stringify({
        postgresql: MAJOR,
        bytes,
        writes: acknowledged.reduce((sum, count) => sum + count, 0),
        longestSilenceMs: silence,
        errors: Object.fromEntries(errors),
        seconds,
        toPgcopydb: ratio('pgcopydb'),
        toDump: ratio('dump'),
      }),
    );
    // The app is never held back: what it waits for is the machine.
    expect(silence).toBeLessThan(5000);
    expect(ratio('pgcopydb')).toBeLessThanOrEqual(LIMIT);
  },
  3_600_000,
);
