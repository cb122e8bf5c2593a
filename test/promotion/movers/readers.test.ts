import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { moverOf } from '../../../promotion/movers/mover-of';
import { move } from '../../../promotion/movers/move';
import { findProgram } from '../../../promotion/postgres/programs';
import { openSession } from '../../../promotion/postgres/session';
import type { Clusters } from '../../../promotion/rehearse/clusters';
import { findPooler, startPooler } from '../../../promotion/rehearse/pooler';
import { freePort, own, type Server, serverUser, startServer } from '../../../promotion/rehearse/servers';
import { type Pair, pairForEach } from '../engine/support/pair';
import { withServers } from '../engine/support/servers';

let clusters: Clusters;
let pair: Pair;
const started: Server[] = [];

afterEach(async () => {
  for (const server of started.splice(0)) await server.kill();
});

pairForEach((made, from) => ([pair, clusters] = [made, from]));

/** A real standby, made as a person makes one. */
async function standby(): Promise<Server> {
  const data = join(pair.folder, `standby${started.length}`);
  const { host, port } = pair.source.settings;
  execFileSync(
    findProgram('pg_basebackup') ?? '',
    [
      '-h',
      host,
      '-p',
      String(port),
      '-U',
      'postgres',
      '-D',
      data,
      '-R',
      '-C',
      '-S',
      `standby${started.length}`,
      '-X',
      'stream',
      '--checkpoint=fast',
      '--no-sync',
    ],
    { stdio: 'ignore' },
  );
  if (serverUser() !== undefined) execFileSync('chown', ['-R', `${serverUser()?.uid}:${serverUser()?.gid}`, data]);
  own(data);
  const server = await startServer(clusters.source.installation, data, await freePort());
  started.push(server);
  return server;
}

function endpoint(): { file: string; read: () => { port: number; shards?: { port: number }[] } } {
  const file = join(pair.folder, 'reads.json');
  writeFileSync(file, '{}');
  return { file, read: () => JSON.parse(readFileSync(file, 'utf8')) as { port: number; shards?: { port: number }[] } };
}

withServers('pg_basebackup')(
  'readers are read from once each streams and has what was written; going back leads reads to the writer',
  async () => {
    const [first, second] = [await standby(), await standby()];
    const reads = endpoint();
    const mover = moverOf({
      kind: 'readers',
      id: 'readers',
      source: pair.source.settings,
      targets: [first.settings, second.settings],
      route: { kind: 'file', file: reads.file },
      copySeconds: 30,
    });
    expect(await mover.preflight()).toEqual([]);
    expect(await move(mover, { open: 'target', untilReady: true })).toEqual({ open: 'source', waiting: true });
    expect(await mover.standing()).toMatchObject({ open: 'source', state: 'streaming' });
    await pair.sql('source', 'insert into public.carts values (5, 5)');
    expect(await move(mover, { open: 'target' })).toEqual({ open: 'target', waiting: false });
    const reader = await openSession(second.settings);
    expect(await reader.value('select count(*)::int from public.carts where writer = 5')).toBe(1);
    reader.close();
    expect(reads.read().shards?.map(({ port }) => port)).toEqual([first.settings.port, second.settings.port]);
    expect(await mover.standing()).toMatchObject({ open: 'target', state: 'read from', verified: true });
    expect(await move(mover, { open: 'source' })).toEqual({ open: 'source', waiting: false });
    expect(reads.read().port).toBe(pair.source.settings.port);
    expect(await pair.sql('source', `select count(*)::int from pg_namespace where nspname = 'terrace_promotion'`)).toBe(0);
  },
  120_000,
);

withServers('pg_basebackup')(
  'a reader that stands still is waited for, and never read from',
  async () => {
    const reader = await standby();
    const reads = endpoint();
    const mover = moverOf({
      kind: 'readers',
      id: 'readers',
      source: pair.source.settings,
      targets: [reader.settings],
      route: { kind: 'file', file: reads.file },
      copySeconds: 1,
    });
    await move(mover, { open: 'target', untilReady: true });
    const session = await openSession(reader.settings);
    await session.rows('select pg_wal_replay_pause()');
    await pair.sql('source', 'insert into public.carts values (5, 5)');
    await expect(move(mover, { open: 'target' })).rejects.toMatchObject({ code: 'PROMOTION_TOOK_TOO_LONG' });
    expect(await mover.standing()).toMatchObject({ open: 'source' });
    expect(reads.read()).toEqual({});
    await session.rows('select pg_wal_replay_resume()');
    session.close();
    expect(await move(mover, { open: 'target' })).toEqual({ open: 'target', waiting: false });
  },
  120_000,
);

withServers()(
  'what is no replica of this writer is refused, and so is a writer that is none',
  async () => {
    const from = (source: Server, target: Server) =>
      moverOf({ kind: 'readers', id: 'readers', source: source.settings, targets: [target.settings], route: { kind: 'none' } });
    const refusals = async (source: Server, target: Server): Promise<readonly string[]> =>
      (await from(source, target).preflight()).map(({ message }) => message);
    const at = ({ settings: { port } }: Server): string => `127.0.0.1:${port}`;
    expect(await refusals(pair.source, pair.target)).toEqual([
      `${at(pair.target)} is no replica: it takes writes. Make it one: a read replica of the provider, or pg_basebackup -R -C -S.`,
    ]);
    await expect(move(from(pair.source, pair.target), { open: 'target' })).rejects.toMatchObject({ code: 'PROMOTION_BLOCKED' });

    // A replica of nobody yet is one of another database: it calls itself by another name.
    await pair.target.kill();
    writeFileSync(join(pair.folder, 'target', 'standby.signal'), '');
    await pair.target.start();
    expect(await refusals(pair.source, pair.target)).toEqual([
      `${at(pair.target)} follows another database than ${at(pair.source)}. Give a replica of this writer.`,
    ]);
    expect((await from(pair.source, pair.target).preflight()).map(({ code }) => code)).toEqual(['PROMOTION_OTHER_READER']);
    const replica = from(pair.target, pair.source);
    expect((await replica.preflight()).map(({ code }) => code)).toEqual(['PROMOTION_READER_OF_READER', 'PROMOTION_NO_READER']);
    await expect(move(replica, { open: 'target' })).rejects.toMatchObject({ code: 'PROMOTION_BLOCKED' });
  },
  180_000,
);

withServers('pgbouncer')(
  'a pooler is put in between where it leads to the same database, and taken out again',
  async () => {
    const pooler = await startPooler(findPooler() ?? '', join(pair.folder, 'pooler'), pair.source.settings);
    try {
      const reads = endpoint();
      const { host, port } = pooler.settings.console;
      const settings = {
        kind: 'pooler',
        id: 'pooler',
        source: { ...pair.source.settings, user: 'app' },
        target: { host, port, database: 'app' },
        route: { kind: 'file', file: reads.file },
      } as const;
      const mover = moverOf(settings);
      expect(await move(mover, { open: 'target' })).toEqual({ open: 'target', waiting: false });
      expect(reads.read().port).toBe(port);
      expect(await move(mover, { open: 'source' })).toEqual({ open: 'source', waiting: false });
      expect(reads.read().port).toBe(pair.source.settings.port);
      expect(
        (await moverOf({ ...settings, source: { ...pair.target.settings, user: 'postgres' } }).preflight()).map(({ code }) => code),
      ).toEqual(['PROMOTION_POOLER_ELSEWHERE']);
      expect(
        (await moverOf({ ...settings, target: { host, port: await freePort(), database: 'app' } }).preflight()).map(({ code }) => code),
      ).toEqual(['PROMOTION_POOLER_AWAY']);
      const away = moverOf({ ...settings, source: { ...settings.source, port: await freePort() } });
      expect(await away.preflight()).toEqual([
        expect.objectContaining({
          code: 'PROMOTION_POOLER_DATABASE',
          message: expect.stringContaining('The database cannot be reached: ') as string,
          remedy: "Give it as the app reaches it, with the app's role.",
        }),
      ]);
      await expect(move(away, { open: 'target' })).rejects.toMatchObject({ code: 'PROMOTION_BLOCKED' });
    } finally {
      pooler.stop();
    }
  },
  180_000,
);
