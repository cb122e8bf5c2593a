import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { needs } from '../../support/needs';
import { scratch } from '../../support/scratch';

const CURL = join(__dirname, '../../../dist/promotion/objects/curl.js');

/** Bytes, more than sockets hold on the way. */
const LARGE = 32 * 1024 ** 2;

let server: Server;

afterEach(() => (server.closeAllConnections(), new Promise((done) => server.close(done))));

needs('curl')(
  'an upload ends with the engine that sends it, also where that is killed: its older bytes would go over newer ones',
  async () => {
    const file = join(scratch(), 'object');
    writeFileSync(file, Buffer.alloc(LARGE));
    let kill = (): void => undefined;
    const came = new Promise((resolve) => {
      // A store that reads slowly, so that the engine is killed in the midst of it.
      server = createServer((request, response) => {
        request.once('data', () => kill());
        request.on('data', () => (request.pause(), setTimeout(() => request.resume(), 5)));
        request.once('error', () => resolve('a part'));
        request.once('end', () => (response.end(), resolve('the whole')));
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const bucket = {
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      region: 'us-east-1',
      bucket: 'uploads',
      keyId: 'test',
      secretKey: 'test',
    };
    const request = { method: 'PUT', key: 'a', upload: file };
    const code = `require(${JSON.stringify(CURL)}).ask(${JSON.stringify(bucket)}, ${JSON.stringify(request)})`;
    const engine = spawn(process.execPath, ['-e', code], { env: { ...process.env, TMPDIR: scratch() }, stdio: 'ignore' });
    kill = () => engine.kill('SIGKILL');
    expect(await came).toBe('a part');
  },
  30_000,
);
