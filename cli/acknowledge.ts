import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRecord } from '../values/record';
import { noChannelKeys, notAStatus, notRotating } from './acknowledge-errors';
import { printJson, renderWarnings } from './answer';
import { withFields } from './environment-text';
import { givenFile } from './given-file';
import type { Io } from './io';
import { allAtOnce } from './numbers';
import type { OpenProject, Project } from './project';
import type { Common } from './command';
import { columns } from './table';

export interface AcknowledgeFlags extends Common {
  readonly write?: boolean;
}

/** What one server answered. */
interface Answer {
  readonly server: string;
  /** Generation of the key that it reads with; `undefined` where the store refuses every key it holds. */
  readonly key: number | undefined;
}

/** How a server of the environment stands towards the newest key. */
interface Standing {
  readonly server: string;
  readonly state: 'acknowledged' | 'reads with another key' | 'every key is refused' | 'no answer';
  readonly key: number | null;
}

/**
 * Says which servers read with the newest key of the channel, from what `terrace-status --json` printed on each. With `--write`, and only
 * when all of them do, the environment file retires the older key.
 * @returns 0 when every server has acknowledged, else 1
 */
export async function acknowledgeCommand(files: readonly string[], options: AcknowledgeFlags, io: Io, open: OpenProject): Promise<number> {
  const answers = allAtOnce(...files.map((file) => () => answerIn(file, givenFile('status', file, io))));
  const project = await open(options.environment, io);
  const newest = newestKey(project);
  const standings = serversOf(project).map((server) => standing(server, answers, newest));
  const all = standings.every(({ state }) => state === 'acknowledged');
  const written =
    all && options.write === true
      ? write(
          project,
          newest,
          standings.map(({ server }) => server),
        )
      : undefined;
  print({ project, newest, standings, all, written, strangers: strangers(answers, standings) }, options, io);
  return all ? 0 : 1;
}

function answerIn(file: string, text: string): Answer {
  const status = parsed(text);
  const channel = isRecord(status) ? status['channelKey'] : undefined;
  if (!isRecord(status) || typeof status['server'] !== 'string' || !isRecord(channel)) throw notAStatus(file);
  return { server: status['server'], key: typeof channel['inUse'] === 'number' ? channel['inUse'] : undefined };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The key that is to stay. @throws `CLI_NOT_ROTATING` when there is no older one to retire */
function newestKey({ environment, file }: Project): number {
  if (environment.channelKeys.length < 2) throw notRotating(file, environment.channelKeys[0] ?? 1);
  return Math.max(...environment.channelKeys);
}

/** Names of the servers that read from the channel, as the stack records them. @throws `CLI_NO_CHANNEL_KEYS` */
function serversOf({ recorded, environment }: Project): string[] {
  const records = inside(recorded.json, ['resource', 'terraform_data', 'recorded_channel_keys', 'input']);
  if (!Array.isArray(records)) throw noChannelKeys(environment.name, environment.platform);
  return records.map(String);
}

function inside(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (isRecord(inner) ? inner[key] : undefined), value);
}

/** The last answer of a server counts. */
function standing(server: string, answers: readonly Answer[], newest: number): Standing {
  const answer = answers.findLast((each) => each.server === server);
  if (answer === undefined) return { server, state: 'no answer', key: null };
  if (answer.key === undefined) return { server, state: 'every key is refused', key: null };
  return { server, state: answer.key >= newest ? 'acknowledged' : 'reads with another key', key: answer.key };
}

function strangers(answers: readonly Answer[], standings: readonly Standing[]): string[] {
  const known = standings.map(({ server }) => server);
  return [...new Set(answers.map(({ server }) => server))].filter((server) => !known.includes(server));
}

function write({ folder, file }: Project, newest: number, servers: readonly string[]): string {
  const path = join(folder, file);
  const fields = { channelKeys: `[${newest}]`, channelAcknowledged: `{ key: ${newest}, servers: [${servers.join(', ')}] }` };
  writeFileSync(path, withFields(readFileSync(path, 'utf8'), fields));
  return file;
}

interface Outcome {
  readonly project: Project;
  readonly newest: number;
  readonly standings: readonly Standing[];
  readonly all: boolean;
  readonly written: string | undefined;
  readonly strangers: readonly string[];
}

function print({ project, newest, standings, all, written, strangers: unknown }: Outcome, options: AcknowledgeFlags, io: Io): void {
  const warnings = [
    ...project.warnings,
    ...unknown.map((server) => `${server} is no server of ${project.environment.name}; its answer does not count.`),
  ];
  if (options.json === true)
    return printJson(
      { environment: project.environment.name, newest, servers: standings, acknowledged: all, written: written ?? null, warnings },
      io,
    );
  renderWarnings(warnings, io);
  const rows = standings.map(({ server, state, key }) => [server, state, key === null ? '' : `key ${key}`]);
  io.out(`${columns(rows, []).join('\n')}\n\n${next(project, newest, all, written)}\n`);
}

function next({ environment, file, typed }: Project, newest: number, all: boolean, written: string | undefined): string {
  if (written !== undefined) return `Written: ${written} keeps key ${newest} alone. Deploy it: ${typed('deploy', environment.tier)}`;
  if (all) return `Every server reads with key ${newest}. To retire the older one, run this again with --write.`;
  return `The older key stays. Nothing was written to ${file}. What to do for a server that is left behind: docs/releases.md.`;
}
