import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sandboxFile, startStandin } from './server';
import { Store } from './store';

/** What a Terraform process needs in order to work on a sandbox. */
export interface Sandbox {
  /** Variables to add to the environment of `terraform`, `cdktf` or `npm run`. */
  readonly environment: Readonly<Record<string, string>>;
  /** The file with the objects. */
  readonly state: string;
  /** Ends the stand-in. Call it when Terraform has ended, whatever came of it. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts a sandbox: the stand-in in this process, its objects in a file below a directory. Any number of Terraform runs
 * may follow one another, or run side by side, until it is stopped.
 * @param directory - of the project
 * @param named - the file. @default TERRACE_SANDBOX_STATE, else `<directory>/.terrace/sandbox.json`
 */
export async function sandboxEnvironment(directory: string, named = process.env['TERRACE_SANDBOX_STATE']): Promise<Sandbox> {
  const standin = await startStandin({ state: named === undefined || named === '' ? join(directory, '.terrace', 'sandbox.json') : named });
  return { environment: variables(standin.reattach, standin.state), state: standin.state, stop: standin.stop };
}

function variables(reattach: string, state: string): Readonly<Record<string, string>> {
  return {
    TF_REATTACH_PROVIDERS: reattach,
    TERRACE_SANDBOX_STATE: state,
    // Nothing leaves the machine, and no credential of a real account is looked at.
    CHECKPOINT_DISABLE: '1',
    DIGITALOCEAN_TOKEN: 'sandbox',
    SPACES_ACCESS_KEY_ID: 'sandbox',
    SPACES_SECRET_ACCESS_KEY: 'sandbox',
    // cdktf-cli shares one plugin cache with real providers, and would mix them up.
    CDKTF_DISABLE_PLUGIN_CACHE_ENV: '1',
  };
}

/** One object of a sandbox, for a list. */
export interface SandboxObject {
  readonly type: string;
  readonly id: string;
  /** Its name where it has one, else its id. */
  readonly name: string;
}

/** What a sandbox holds, in the order of types and ids. Empty where there is no file. */
export function sandboxObjects(state?: string): readonly SandboxObject[] {
  const file = sandboxFile(state);
  if (!existsSync(file)) return [];
  const { objects } = new Store(file).read();
  return Object.keys(objects)
    .sort()
    .flatMap((type) => Object.entries(objects[type] ?? {}).map(([id, object]) => ({ type, id, name: nameOf(object, id) })));
}

function nameOf(object: Readonly<Record<string, unknown>>, id: string): string {
  const name = object['name'];
  return typeof name === 'string' && name !== '' ? name : id;
}
