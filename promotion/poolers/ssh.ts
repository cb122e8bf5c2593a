import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { programFailed } from '../engine/errors';
import { otherSide, type SideName, type SshRoute, type SshServer } from '../engine/settings';
import { bounded } from '../postgres/session';
import { temporary } from '../temporary';
import { messageOf } from '../../values/errors';
import type { Route } from './types';

/** Milliseconds for one round over SSH, a new connection among them. */
const ROUND = 15_000;

/** Milliseconds in which a server has to answer before poolers are paused: more than the 5 s that a connection may take. */
const ANSWER = 6000;

/** Milliseconds for a pause over a connection that is there: more than the 3 s that transactions under way may take. */
const HELD = 5000;

/** Seconds after which a server whose engine says nothing more lets its pooler go on by itself. That moves no authority: the fence holds. */
const GRACE = 30;

/**
 * Leads every app server's PgBouncer through its own `terrace-pooler`, over SSH. What a server had in its pooler's folder is kept there before
 * the first change, so that it is led back to exactly that.
 */
export function sshPoolers(route: SshRoute): Route {
  const [shell, places] = [shellOf(route), placesOf(route)];
  const round = async (script: (server: SshServer) => string, servers = route.servers, limit = ROUND): Promise<Failed> => {
    const results = await Promise.allSettled(servers.map((server) => shell(server, script(server), limit)));
    return results.flatMap((result, index) =>
      result.status === 'fulfilled' ? [] : [[servers[index] as SshServer, messageOf(result.reason)] as const],
    );
  };
  return {
    pause: async () => {
      // A server that hangs is known before the others are held back, and their connections are there when they are.
      const silent = await round(() => 'true\n', route.servers, ANSWER);
      const answering = route.servers.filter((server) => silent.every(([each]) => each !== server));
      return told([...silent, ...(await round(() => `${places}${PAUSE}`, answering, HELD))]);
    },
    point: async (side) => told(await round((server) => `${places}${lead(server, side)}${RESUME}`)),
    points: async () => {
      const both = route.servers.filter(({ files }) => files !== undefined);
      const found = await Promise.all(
        both.map((server) =>
          shell(server, `${places}${TELL}`, ROUND).then(
            (said) => ledTo(server, said),
            () => undefined,
          ),
        ),
      );
      return found.length > 0 && found.every((side) => side === found[0]) ? found[0] : undefined;
    },
  };
}

/** Servers that did not do what they were told, and why. */
type Failed = readonly (readonly [server: SshServer, why: string])[];

function told(failed: Failed): readonly string[] {
  return failed.map(([{ name }, why]) => `${name}: ${why}`);
}

/** Where a server keeps its release's files, and ours. */
const placesOf = ({ id }: SshRoute): string => `set -eu
root=$(printenv TERRACE_ROOT || true)
live=$root/var/lib/terrace/live/pooler
kept=$root/var/lib/terrace/promotion/${id}
mkdir -p "$kept"
chmod 700 "$kept"
`;

/** Transactions under way may end; then statements wait. A server that hears nothing more goes on by itself. */
const PAUSE = `token=$(date +%s)-$$
echo "$token" >"$kept/paused"
setsid sh -c 'sleep ${GRACE}; if [ "$(cat "$1/paused" 2>/dev/null)" = "$2" ]; then rm -f "$1/paused"; terrace-pooler resume; fi' sh "$kept" "$token" >/dev/null 2>&1 </dev/null &
timeout 3 terrace-pooler pause || true
`;

const RESUME = `terrace-pooler reload
rm -f "$kept/paused"
terrace-pooler resume || true
`;

/** What its upstream is: its own, as it was kept; and whether it is held back. */
const TELL = `if [ -e "$kept/paused" ]; then echo paused; exit 0; fi
if [ ! -e "$kept/own/upstream.ini" ] || cmp -s "$live/upstream.ini" "$kept/own/upstream.ini"; then echo own; exit 0; fi
sha256sum <"$live/upstream.ini" | cut -c 1-64
`;

function lead({ own, files }: SshServer, side: SideName): string {
  if (side === own)
    return `if [ -d "$kept/own" ]; then for path in "$kept"/own/*; do cp -p "$path" "$live/.terrace.new"; mv "$live/.terrace.new" "$live/$(basename "$path")"; done; fi\n`;
  if (files === undefined) return '';
  const keep = `if [ ! -d "$kept/own" ]; then rm -rf "$kept/own.new"; cp -a "$live" "$kept/own.new"; mv "$kept/own.new" "$kept/own"; fi\n`;
  return `${keep}${Object.entries(files)
    .map(
      ([name, text]) =>
        `base64 -d >"$live/.terrace.new" <<'END'\n${Buffer.from(text).toString('base64')}\nEND\nchmod 0644 "$live/.terrace.new"\nmv "$live/.terrace.new" "$live/${name}"\n`,
    )
    .join('')}`;
}

function ledTo({ own, files }: SshServer, told: string): SideName | undefined {
  if (told === 'own') return own;
  return files !== undefined &&
    told ===
      createHash('sha256')
        .update(files['upstream.ini'] ?? '')
        .digest('hex')
    ? otherSide(own)
    : undefined;
}

/** Scripts go in by standard input: they hold passwords, and command lines are public on a machine. One connection to a server serves them all. */
function shellOf({ program, user, options, servers }: SshRoute): (server: SshServer, script: string, limit: number) => Promise<string> {
  const sockets = program === 'ssh' ? temporary() : undefined;
  const shared = (server: SshServer): readonly string[] =>
    sockets === undefined
      ? []
      : ['ControlMaster=auto', 'ControlPersist=120', `ControlPath=${join(sockets, String(servers.indexOf(server)))}`];
  return (server, script, limit) => {
    const { host } = server;
    const given = ['BatchMode=yes', 'ConnectTimeout=5', ...shared(server)].flatMap((option) => ['-o', option]);
    const child = spawn(program, [...given, ...options, `${user}@${host}`, 'sh', '-s'], { stdio: ['pipe', 'pipe', 'pipe'] });
    let [out, err] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    child.stdin.on('error', () => undefined);
    child.stdin.end(script);
    const ended = new Promise<string>((resolve, reject) => {
      child.once('error', (error) => reject(programFailed(program, error.message)));
      child.once('close', (code) =>
        code === 0 ? resolve(out.trim()) : reject(programFailed(program, `${host}: ${err.trim().slice(-300)}`)),
      );
    });
    return bounded(ended, limit, `${program} ${host}`, () => child.kill('SIGKILL'));
  };
}
