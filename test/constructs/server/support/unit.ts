import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { parse } from 'yaml';

import { bootstrap } from '../../../../constructs/server';
import type { ChannelKey, Distribution, JsonObject, ReleaseInput } from '../../../../constructs/server';
import { serverFile } from '../../../../constructs/server/text';
import { needs } from '../../../support/needs';
import { scratch } from '../../../support/scratch';
import type { Store } from './store';

/** A test that runs the server's own programs. */
export const withTools = needs('bash', 'curl', 'jq', 'python3', 'flock', 'openssl');

/** A server's unit in a folder of its own, with a stand-in for Docker. */
export interface Unit {
  readonly root: string;
  readonly address: string;
  /** One round of terrace-pull. */
  round(options?: How): Promise<Round>;
  /** Rounds until the wanted release is in place or given up. */
  settle(): Promise<void>;
  status(): Record<string, unknown> & { state: string; healthy: boolean; release: string | null; wanted: string };
  path(relative: string): string;
  text(relative: string): string;
  events(): Event[];
  close(): Promise<void>;
}

export interface How {
  readonly args?: string[];
  readonly input?: string;
  /** Cut off before (`3`) or after (`3+`) that call of docker. */
  readonly cut?: string;
  /** Cut off after so many milliseconds. */
  readonly killAfter?: number;
}

export interface Round {
  readonly code: number | null;
  readonly stderr: string;
}

export interface Event {
  readonly at: number;
  readonly kind: 'down' | 'up';
  readonly image: string;
}

export const FIRST_KEY: ChannelKey = { generation: 1, accessKeyId: 'KEY1', secretKey: 'secret/of+key1' };
export const SECOND_KEY: ChannelKey = { generation: 2, accessKeyId: 'KEY2', secretKey: 'secret/of+key2' };

/** Port of every app in a test process; servers differ by their loopback address. Below the range from which the system gives ports away. */
export const PORT = 12_000 + (process.pid % 20_000);

export async function openUnit(store: Store, options: { server: string; address: string; distribution?: Distribution }): Promise<Unit> {
  const root = scratch('terrace-unit-');
  install(root, store, options);
  const app = await answering(root, options.address);
  const path = (relative: string): string => join(root, relative);
  const text = (relative: string): string => (existsSync(path(relative)) ? readFileSync(path(relative), 'utf8') : '');
  const round = (how: How = {}): Promise<Round> => run(root, options.address, how);
  const status = (): ReturnType<Unit['status']> => JSON.parse(text('var/lib/terrace/status.json'));
  return {
    root,
    address: options.address,
    path,
    text,
    round,
    status,
    settle: async () => {
      for (let rounds = 0; rounds < 6; rounds++) {
        await round();
        if (['applied', 'rolled-back'].includes(status().state)) return;
      }
    },
    events: () => text('docker/events').split('\n').filter(Boolean).map(event),
    close: () => new Promise((resolve) => (app.closeAllConnections(), app.close(() => resolve()))),
  };
}

/** Writes what cloud-init would write, and stand-ins for the programs that reach beyond the folder. */
function install(root: string, store: Store, { server, distribution = 'ubuntu' }: { server: string; distribution?: Distribution }): void {
  const channel = { endpoint: store.endpoint, region: 'fra1', bucket: 'config', object: 'releases/app.json', key: FIRST_KEY };
  const userData = parse(bootstrap({ server, group: 'app', channel, distribution })) as {
    write_files: { path: string; content: string; permissions: string }[];
  };
  for (const file of userData.write_files) put(root, file.path, file.content, Number.parseInt(file.permissions, 8));
  put(root, 'etc/ssh/terrace/keys', '', 0o644);
  mkdirSync(join(root, 'bin'));
  copyFileSync(join(__dirname, 'fake-docker.sh'), join(root, 'bin/docker'));
  chmodSync(join(root, 'bin/docker'), 0o755);
  // Like sshd where it reads the folder of further files: what stands first holds.
  put(
    root,
    'bin/sshd',
    `#!/bin/sh\n${log('sshd')}if [ "$1" = -T ]; then sed -n 's/^AuthorizedKeysFile/authorizedkeysfile/p' "$TERRACE_ROOT"/etc/ssh/sshd_config.d/*.conf; fi\n`,
    0o755,
  );
  for (const tool of ['mountpoint', 'resize2fs']) put(root, `bin/${tool}`, `#!/bin/sh\n${log(tool)}`, 0o755);
  const ssh = distribution === 'ubuntu' ? 'ssh.service' : 'sshd.service';
  put(root, 'bin/systemctl', `#!/bin/sh\nif [ "$1" = cat ]; then [ "$2" = ${ssh} ]; exit; fi\n${log('systemctl')}`, 0o755);
  if (distribution === 'amazon-linux') put(root, 'docker/without-compose', '', 0o644);
}

function log(tool: string): string {
  return `echo ${tool} "$@" >>"$TERRACE_ROOT/tools.log"\n`;
}

export function put(root: string, path: string, content: string, mode: number): void {
  const target = join(root, path);
  mkdirSync(join(target, '..'), { recursive: true });
  writeFileSync(target, content);
  chmodSync(target, mode);
}

async function answering(root: string, address: string): Promise<Server> {
  const server = createServer((_, response) => response.writeHead(existsSync(join(root, 'docker/serving')) ? 200 : 503).end());
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(PORT, address, resolve));
  return server;
}

function run(root: string, address: string, how: How): Promise<Round> {
  rmSync(join(root, 'docker/number'), { force: true });
  const env = {
    ...process.env,
    PATH: `${root}/bin:${process.env['PATH']}`,
    TERRACE_ROOT: root,
    TERRACE_LOOPBACK: address,
    TERRACE_PAUSE: '0.2',
    ...(how.cut !== undefined && { TERRACE_CUT: how.cut }),
  };
  const child = spawn(join(root, 'usr/local/sbin/terrace-pull'), how.args ?? [], {
    env,
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  child.stdin.end(how.input ?? '');
  // The whole group, as a machine that loses its power would.
  const timer = how.killAfter === undefined ? undefined : setTimeout(() => killGroup(child.pid), how.killAfter);
  return new Promise((resolve) =>
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code, stderr });
    }),
  );
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended by itself in the same moment.
  }
}

function event(line: string): Event {
  const [at = '', kind = '', image = ''] = line.split(' ');
  return { at: Number(BigInt(at) / 1000n) / 1000, kind: kind as Event['kind'], image };
}

/** A release of an app on one server; tests change what they are about. */
export function release(changes: Partial<ReleaseInput> = {}, image = 'app:1'): ReleaseInput {
  return {
    environment: 'test',
    group: 'app',
    servers: [{ name: 'app-1' }],
    app: { image, port: PORT, healthPath: '/healthz', settings: {}, secrets: {} },
    adminKeys: {},
    channelKeys: { newest: FIRST_KEY, valid: [1] },
    timing: { window: 300, healthLimit: 30 },
    ...changes,
  };
}

/** Runs render.py on a document and returns the folder it filled. */
export function rendered(document: JsonObject, root = scratch('terrace-render-')): string {
  put(root, 'release/document.json', JSON.stringify(document), 0o600);
  const files = document['files'] as unknown as Record<string, { content: string }>;
  for (const [path, { content }] of Object.entries(files)) put(root, `release/${path}`, content, 0o600);
  put(root, 'state/secrets/pooler', 'made-on-the-server\n', 0o600);
  put(root, 'render.py', serverFile('render.py'), 0o644);
  execFileSync('python3', [join(root, 'render.py'), join(root, 'release'), join(root, 'state'), root], { stdio: 'pipe' });
  return join(root, 'release/rendered');
}
