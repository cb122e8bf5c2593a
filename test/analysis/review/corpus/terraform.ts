import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CdkTfJson, JsonObject } from '../../../../analysis/graph';

/** What real Terraform said of an edit: its plan as JSON, or why it made none. */
export type Planned = { readonly plan: unknown; readonly text: string } | { readonly refused: string };

/** Real Terraform over bases that are there. */
export interface Planner {
  /** @param worker from 0 on, below `workers`: one of them plans at a time @default 0 */
  plan(base: string, json: CdkTfJson, worker?: number): Promise<Planned>;
  stop(): Promise<void>;
}

/** A folder, and what the programs that run there find in their environment. */
export interface Place {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
}

/** How many plans run side by side: Terraform waits for the disk as long as for the processor. */
export const workers = 2;

/** The state of a folder. */
const stateFile = 'base.tfstate';

/** Puts the configuration there, with a state where one is given, and makes the folder ready. */
export async function initialized({ folder, env }: Place, json: CdkTfJson, state?: object): Promise<void> {
  mkdirSync(folder, { recursive: true });
  put(folder, json);
  if (state !== undefined) writeFileSync(join(folder, stateFile), JSON.stringify(state));
  await must({ folder, env }, 'init', '-input=false', '-no-color');
}

/**
 * Plans over the state as it is, without asking the cloud. A folder is initialized once; only the configuration changes.
 * @param json @default - the configuration that is there
 */
export async function planned(place: Place, json?: CdkTfJson): Promise<Planned> {
  if (json !== undefined) put(place.folder, json);
  const made = await terraform(place, 'plan', '-refresh=false', '-lock=false', '-input=false', '-no-color', '-out=tfplan');
  if (made.code !== 0) return { refused: errorsIn(made.out) };
  return { plan: JSON.parse((await must(place, 'show', '-json', 'tfplan')).trim()) as unknown, text: made.out };
}

/** @throws Error with what Terraform said, where it fails */
export async function must(place: Place, ...args: readonly string[]): Promise<string> {
  const { code, out } = await terraform(place, ...args);
  if (code !== 0) throw new Error(`terraform ${args.join(' ')}: ${errorsIn(out)}`);
  return out;
}

function put(folder: string, json: CdkTfJson): void {
  const state = { backend: { local: { path: stateFile } } };
  writeFileSync(
    join(folder, 'main.tf.json'),
    JSON.stringify({ ...withoutRefusals(json), terraform: { ...(json['terraform'] as JsonObject), ...state } }),
  );
}

/** Without prevent_destroy, which would refuse what is to be seen. */
export function withoutRefusals(json: CdkTfJson): CdkTfJson {
  if (json['resource'] === undefined) return json;
  const resource = Object.fromEntries(
    Object.entries(json['resource'] as JsonObject)
      .map(([type, group]) => [
        type,
        Object.fromEntries(Object.entries(group as JsonObject).map(([name, body]) => [name, withoutRefusal(body as JsonObject)])),
      ])
      .filter(([, group]) => Object.keys(group as object).length > 0),
  );
  return { ...json, resource };
}

function withoutRefusal(body: JsonObject): JsonObject {
  const lifecycle = body['lifecycle'];
  if (typeof lifecycle !== 'object' || lifecycle === null || Array.isArray(lifecycle)) return body;
  return { ...body, lifecycle: { ...(lifecycle as JsonObject), prevent_destroy: false } };
}

/** What went wrong, without the configuration that Terraform quotes. */
function errorsIn(out: string): string {
  const from = out.indexOf('Error:');
  return out
    .slice(Math.max(from, 0))
    .split('\n')
    .filter((line) => line.length < 400)
    .join('\n')
    .slice(0, 1000);
}

function terraform({ folder, env }: Place, ...args: readonly string[]): Promise<{ readonly code: number; readonly out: string }> {
  const common = {
    PATH: process.env['PATH'],
    HOME: folder,
    CHECKPOINT_DISABLE: '1',
    TF_IN_AUTOMATION: '1',
    TF_CLI_CONFIG_FILE: '/dev/null',
  };
  return new Promise((done) => {
    execFile('terraform', [...args], { cwd: folder, env: { ...common, ...env }, maxBuffer: 1 << 28 }, (error, stdout, stderr) =>
      done({ code: error === null ? 0 : 1, out: args[0] === 'show' ? stdout : stdout + stderr }),
    );
  });
}
