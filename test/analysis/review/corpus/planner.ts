import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CdkTfJson, JsonObject } from '../../../../analysis/graph';
import { startStandin, type Standin } from '../../../../terraform/standin/server';
import { scratch } from '../../../support/scratch';

/** What real Terraform said of an edit: its plan as JSON, or why it made none. */
export type Planned = { readonly plan: unknown; readonly text: string } | { readonly refused: string };

/** Real Terraform on the stand-in, with each base applied once. */
export interface Planner {
  /** @param worker from 0 on, below `workers`: one of them plans at a time @default 0 */
  plan(base: string, json: CdkTfJson, worker?: number): Promise<Planned>;
  stop(): Promise<void>;
}

/** A base that is applied: its folder, and the account that it lies in. */
interface Applied {
  readonly folder: string;
  readonly standin: Standin;
}

/** How many plans run side by side: Terraform waits for the disk as long as for the processor. */
export const workers = 2;

/** Applies each base in an account of its own and gives what plans edits of them, in `workers` folders for each. */
export async function planner(bases: Readonly<Record<string, CdkTfJson>>): Promise<Planner> {
  const room = scratch('terrace-corpus-');
  const made: Record<string, Applied> = {};
  const stop = async (): Promise<void> => void (await Promise.all(Object.values(made).map(({ standin }) => standin.stop())));
  try {
    for (const [name, json] of Object.entries(bases)) {
      const one = { folder: join(room, name), standin: await startStandin({ state: join(room, `${name}.json`) }) };
      made[name] = one;
      await applied(one.folder, json, one.standin);
      for (let worker = 0; worker < workers; worker += 1) cpSync(one.folder, `${one.folder}-${worker}`, { recursive: true });
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    plan: (base, json, worker = 0) => {
      const one = made[base];
      if (one === undefined) throw new Error(`no base ${base}`);
      return planned(`${one.folder}-${worker}`, json, one.standin);
    },
    stop,
  };
}

/** The configuration as Terraform plans it: with a state of its own, and without prevent_destroy, which would refuse what is to be seen. */
function plannable(json: CdkTfJson): CdkTfJson {
  const resource = Object.fromEntries(Object.entries(json['resource'] as JsonObject).map(([type, group]) => [type, Object.fromEntries(Object.entries(group as JsonObject).map(([name, body]) => [name, withoutRefusal(body as JsonObject)]))]).filter(([, group]) => Object.keys(group as object).length > 0));
  return { ...json, resource, terraform: { ...(json['terraform'] as JsonObject), backend: { local: { path: 'base.tfstate' } } } };
}

function withoutRefusal(body: JsonObject): JsonObject {
  const lifecycle = body['lifecycle'];
  if (typeof lifecycle !== 'object' || lifecycle === null || Array.isArray(lifecycle)) return body;
  return { ...body, lifecycle: { ...(lifecycle as JsonObject), prevent_destroy: false } };
}

async function applied(folder: string, json: CdkTfJson, standin: Standin): Promise<void> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'main.tf.json'), JSON.stringify(plannable(json)));
  await must(folder, standin, 'init', '-input=false', '-no-color');
  await must(folder, standin, 'apply', '-auto-approve', '-input=false', '-no-color');
}

/** A folder is initialized once, with the base; only the configuration changes. */
async function planned(folder: string, json: CdkTfJson, standin: Standin): Promise<Planned> {
  writeFileSync(join(folder, 'main.tf.json'), JSON.stringify(plannable(json)));
  const made = await terraform(folder, standin, 'plan', '-refresh=false', '-lock=false', '-input=false', '-no-color', '-out=tfplan');
  if (made.code !== 0) return { refused: errorsIn(made.out) };
  return { plan: JSON.parse((await must(folder, standin, 'show', '-json', 'tfplan')).trim()) as unknown, text: made.out };
}

/** What went wrong, without the configuration that Terraform quotes. */
function errorsIn(out: string): string {
  const from = out.indexOf('Error:');
  return out.slice(Math.max(from, 0)).split('\n').filter((line) => line.length < 400).join('\n').slice(0, 1000);
}

async function must(folder: string, standin: Standin, ...args: readonly string[]): Promise<string> {
  const { code, out } = await terraform(folder, standin, ...args);
  if (code !== 0) throw new Error(`terraform ${args.join(' ')}: ${errorsIn(out)}`);
  return out;
}

function terraform(folder: string, standin: Standin, ...args: readonly string[]): Promise<{ readonly code: number; readonly out: string }> {
  const env = { PATH: process.env['PATH'], HOME: folder, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1', TF_CLI_CONFIG_FILE: '/dev/null', TF_REATTACH_PROVIDERS: standin.reattach, DIGITALOCEAN_TOKEN: 'none', SPACES_ACCESS_KEY_ID: 'none', SPACES_SECRET_ACCESS_KEY: 'none', TF_VAR_secret_session_key: 'a-secret' };
  return new Promise((done) => {
    execFile('terraform', [...args], { cwd: folder, env, maxBuffer: 1 << 28 }, (error, stdout, stderr) => done({ code: error === null ? 0 : 1, out: args[0] === 'show' ? stdout : stdout + stderr }));
  });
}
