import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Measurement } from '../../analysis/capacity/calibration';
import { type Grid, middle } from './postgres';
import { paced } from './processor';
import { output, pinned, stop } from './programs';

const port = 54_331;

/** A small HTTP server: what a runtime answers at most, before any work of an application. */
export async function measureHttp({ cores, connections, seconds, runs }: Grid): Promise<readonly Measurement[]> {
  const all: Measurement[] = [];
  for (const count of cores) {
    const server = await started(count);
    try {
      for (const each of connections) {
        const rates: number[] = [];
        for (let run = 0; run < runs; run += 1)
          rates.push(await paced([server.pid ?? 0], Math.min(count, each), async () => (await ask(count, each, seconds)) * seconds));
        all.push({ subject: 'HTTP server, empty answers', cores: count, connections: each, perSecond: middle(rates) });
      }
    } finally {
      await stop(server, 'SIGTERM');
    }
  }
  return all;
}

function started(cores: number): Promise<ChildProcess> {
  const [command, args] = pinned(cores, process.execPath, [...process.execArgv, join(__dirname, 'http-worker'), String(cores)]);
  const server = spawn(command, [...args], {
    env: { ...process.env, CALIBRATE_PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return new Promise((done, fail) => {
    server
      .once('message', () => done(server))
      .once('error', fail)
      .once('exit', (code) => fail(new Error(`the HTTP server ended with ${code}`)));
  });
}

async function ask(cores: number, connections: number, seconds: number): Promise<number> {
  const [command, args] = pinned(cores, process.execPath, [
    ...process.execArgv,
    join(__dirname, 'http-client'),
    String(port),
    String(connections),
    String(seconds),
  ]);
  return Number(await output(command, args));
}
