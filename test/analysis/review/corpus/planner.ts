import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type { CdkTfJson } from '../../../../analysis/graph';
import { startStandin, type Standin } from '../../../../terraform/standin/server';
import { scratch } from '../../../support/scratch';
import { initialized, must, type Place, planned, type Planner, workers } from './terraform';

/** A base that is applied: its folder, and the account that it lies in. */
interface Applied extends Place {
  readonly standin: Standin;
}

/** Applies each base in an account of its own and gives what plans edits of them, in `workers` folders for each. */
export async function planner(bases: Readonly<Record<string, CdkTfJson>>): Promise<Planner> {
  const room = scratch('terrace-corpus-');
  const made: Record<string, Applied> = {};
  const stop = async (): Promise<void> => void (await Promise.all(Object.values(made).map(({ standin }) => standin.stop())));
  try {
    for (const [name, json] of Object.entries(bases)) {
      const standin = await startStandin({ state: join(room, `${name}.json`) });
      const one = { folder: join(room, name), standin, env: environment(standin) };
      made[name] = one;
      await initialized(one, json);
      await must(one, 'apply', '-auto-approve', '-input=false', '-no-color');
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
      return planned({ folder: `${one.folder}-${worker}`, env: one.env }, json);
    },
    stop,
  };
}

function environment({ reattach }: Standin): NodeJS.ProcessEnv {
  return {
    TF_REATTACH_PROVIDERS: reattach,
    DIGITALOCEAN_TOKEN: 'none',
    SPACES_ACCESS_KEY_ID: 'none',
    SPACES_SECRET_ACCESS_KEY: 'none',
    TF_VAR_secret_session_key: 'a-secret',
  };
}
