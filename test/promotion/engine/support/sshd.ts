import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../../../promotion/rehearse/servers';
import { pause } from '../../../../promotion/postgres/session';

/** How servers are spoken to. */
export interface Reached {
  readonly program: string;
  readonly user: string;
  readonly options: readonly string[];
  readonly stop: () => void;
}

/** A real sshd on loopback for each server, with keys of their own, and what the real ssh must be told to reach them by their names. */
export async function startSshd(folder: string, servers: Readonly<Record<string, Readonly<Record<string, string>>>>): Promise<Reached> {
  mkdirSync(folder, { mode: 0o700 });
  // As root it gives its rights up here; nobody else may make the folder, or needs it.
  if (userInfo().uid === 0) mkdirSync('/run/sshd', { recursive: true });
  for (const name of ['host', 'client']) execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, name)]);
  writeFileSync(join(folder, 'authorized'), readFileSync(join(folder, 'client.pub')));
  const started = await Promise.all(Object.entries(servers).map(([host, names]) => start(folder, host, names)));
  const key = readFileSync(join(folder, 'host.pub'), 'utf8').split(' ').slice(0, 2).join(' ');
  writeFileSync(join(folder, 'known'), started.map(({ host }) => `${host} ${key}\n`).join(''));
  writeFileSync(
    join(folder, 'config'),
    [
      ...started.map(({ host, port }) => `Host ${host}\n  HostName 127.0.0.1\n  HostKeyAlias ${host}\n  Port ${port}`),
      `Host *\n  IdentityFile ${join(folder, 'client')}\n  IdentitiesOnly yes\n  UserKnownHostsFile ${join(folder, 'known')}\n  GlobalKnownHostsFile none\n  StrictHostKeyChecking yes\n`,
    ].join('\n'),
  );
  return {
    program: 'ssh',
    user: userInfo().username,
    options: ['-F', join(folder, 'config')],
    stop: () => started.forEach(({ stop }) => stop()),
  };
}

async function start(folder: string, host: string, names: Readonly<Record<string, string>>) {
  const port = await freePort();
  const file = join(folder, `${host}.conf`);
  const lines = [
    'ListenAddress 127.0.0.1',
    `Port ${port}`,
    `HostKey ${join(folder, 'host')}`,
    `AuthorizedKeysFile ${join(folder, 'authorized')}`,
    `PidFile none`,
    'StrictModes no',
    'UsePAM no',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'PermitRootLogin prohibit-password',
    // What the person who runs the tests has in a .bashrc is none of the server's.
    `SetEnv ${Object.entries({ HOME: folder, ...names })
      .map(([name, value]) => `"${name}=${value}"`)
      .join(' ')}`,
  ];
  writeFileSync(file, `${lines.join('\n')}\n`);
  chmodSync(file, 0o600);
  const child = spawn(execFileSync('which', ['sshd'], { encoding: 'utf8' }).trim(), ['-D', '-e', '-f', file], { stdio: 'ignore' });
  child.on('error', () => undefined);
  for (const end = Date.now() + 10_000; !(await answers(port)); await pause(30))
    if (child.exitCode !== null || Date.now() > end) throw new Error(`sshd does not answer: ${file}`);
  return { host, port, stop: () => [...childrenOf(child.pid ?? 0), child.pid ?? 0].forEach((pid) => process.kill(pid, 'SIGKILL')) };
}

/** Those that serve a connection each, in sessions of their own: ssh keeps one open for two minutes. */
function childrenOf(parent: number): readonly number[] {
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid))
    .filter((pid) => {
      try {
        return (
          readFileSync(join('/proc', pid, 'stat'), 'utf8')
            .split(') ')
            .at(-1)
            ?.split(' ')[1] === String(parent)
        );
      } catch {
        return false;
      }
    })
    .map(Number);
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    }).once('error', () => resolve(false));
  });
}
