import { existsSync, statSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { download, type Patience } from '../../../cli/prices/fetch/download';
import { scratch } from '../../support/scratch';
import { priceServer } from './server';

async function fetched(
  answer: (response: ServerResponse) => void,
  patience: Patience,
): Promise<{ why: string; asked: number; bytes: number }> {
  const server = await priceServer({ '/list': (_, response) => answer(response) });
  const file = join(scratch(), 'list.json');
  const why = await download(`${server.url}/list`, {}, file, { wait: () => Promise.resolve(), ...patience }).then(
    () => 'done',
    (error: unknown) => (error as Error).message,
  );
  return { why, asked: server.seen.length, bytes: existsSync(file) ? statSync(file).size : 0 };
}

test('an answer that drips is given up after the whole time, and not asked for again', async () => {
  let dripping: NodeJS.Timeout | undefined;
  const drip = (response: ServerResponse): void => {
    response.writeHead(200);
    dripping = setInterval(() => response.write(' '), 20);
  };
  const outcome = await fetched(drip, { idle: 1000, whole: 1500 });
  clearInterval(dripping);
  expect(outcome).toMatchObject({ why: expect.stringContaining('it was not done after 1.5 seconds') as string, asked: 1 });
});

test('an answer that never begins is given up after the whole time', async () => {
  expect(await fetched(() => undefined, { idle: 5000, whole: 1500 })).toMatchObject({
    why: expect.stringContaining('it was not done after 1.5 seconds') as string,
    asked: 1,
  });
});

test('an answer that is too large once it is unpacked fills no disk, and is not asked for again', async () => {
  const bomb = (response: ServerResponse): void =>
    void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(32 * 2 ** 20)));
  const outcome = await fetched(bomb, { mostBytes: 2 ** 20 });
  expect(outcome).toMatchObject({ why: expect.stringContaining('it has more than 1 MiB') as string, asked: 1 });
  expect(outcome.bytes).toBeLessThanOrEqual(2 ** 20);
});

test('one that is just small enough arrives', async () => {
  expect(await fetched((response) => void response.writeHead(200).end(Buffer.alloc(1000)), { mostBytes: 1000 })).toEqual({
    why: 'done',
    asked: 1,
    bytes: 1000,
  });
});
