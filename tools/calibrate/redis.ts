import { connect } from 'node:net';
import type { Measurement } from '../../analysis/capacity/calibration';
import { type Grid, middle } from './postgres';
import { paced } from './processor';
import { findProgram, output, pinned, serve, stop, until } from './programs';

const port = '54332';
const requests = 50_000;

/** Redis or Valkey by its own benchmark: gets of small values. @returns undefined where it is not installed */
export async function measureRedis({ cores, connections, runs }: Grid): Promise<readonly Measurement[] | undefined> {
  const server = findProgram('valkey-server') ?? findProgram('redis-server');
  const client = findProgram('valkey-benchmark') ?? findProgram('redis-benchmark');
  if (server === undefined || client === undefined) return undefined;
  const all: Measurement[] = [];
  for (const count of cores) {
    const running = serve(...pair(pinned(count, server, ['--port', port, '--save', '', '--bind', '127.0.0.1'])));
    try {
      await until(() => answers(Number(port)));
      for (const each of connections) {
        const rates: number[] = [];
        for (let run = 0; run < runs; run += 1)
          rates.push(
            await paced([running.pid ?? 0], Math.min(count, each), async () => {
              await output(...pair(pinned(count, client, ['-p', port, '-t', 'get', '-n', String(requests), '-c', String(each), '-q'])));
              return requests;
            }),
          );
        all.push({ subject: 'Redis, gets', cores: count, connections: each, perSecond: middle(rates) });
      }
    } finally {
      await stop(running, 'SIGTERM');
    }
  }
  return all;
}

/** Whether somebody listens. Not asked with the benchmark itself, which never ends where it has fewer requests than connections. */
function answers(at: number): Promise<void> {
  return new Promise((done, fail) => {
    const socket = connect(at, '127.0.0.1', () => {
      socket.destroy();
      done();
    });
    socket.once('error', fail);
  });
}

function pair([command, args]: readonly [string, readonly string[]]): [string, readonly string[]] {
  return [command, args];
}
