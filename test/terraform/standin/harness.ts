import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Resources } from './fixture';

/** What a terraform command left. */
export interface Ran {
  readonly code: number;
  readonly out: string;
}

/** One planned change. */
export interface Change {
  readonly address: string;
  readonly type: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Record<string, unknown> | null;
    readonly after: Record<string, unknown> | null;
    readonly after_unknown: Record<string, unknown>;
    readonly replace_paths?: readonly (readonly (string | number)[])[];
  };
}

/** A folder with a configuration on the stand-in. */
export class Workspace {
  constructor(
    readonly folder: string,
    readonly environment: Readonly<Record<string, string>>,
  ) {
    mkdirSync(folder, { recursive: true });
  }

  /** Replaces the configuration. */
  write(resources: Resources, more: Record<string, unknown> = {}): this {
    const document = {
      terraform: { required_providers: { digitalocean: { source: 'digitalocean/digitalocean', version: '2.71.0' } } },
      provider: { digitalocean: [{ token: 'none', spaces_access_id: 'none', spaces_secret_key: 'none' }] },
      resource: resources,
      ...more,
    };
    writeFileSync(join(this.folder, 'main.tf.json'), JSON.stringify(document, null, 1));
    return this;
  }

  run(...args: readonly string[]): Promise<Ran> {
    const environment = {
      PATH: process.env['PATH'] ?? '',
      HOME: this.folder,
      CHECKPOINT_DISABLE: '1',
      TF_IN_AUTOMATION: '1',
      ...this.environment,
    };
    return new Promise((done) => {
      execFile('terraform', [...args], { cwd: this.folder, env: environment, maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
        done({ code: error === null ? 0 : Number(error.code), out: stdout + stderr });
      });
    });
  }

  /** Runs what must succeed. */
  async must(...args: readonly string[]): Promise<string> {
    const { code, out } = await this.run(...args);
    if (code !== 0) throw new Error(`terraform ${args.join(' ')} ended with ${code}:\n${out}`);
    return out;
  }

  async init(): Promise<this> {
    await this.must('init', '-no-color', '-input=false');
    return this;
  }

  async apply(...more: readonly string[]): Promise<string> {
    return this.must('apply', '-auto-approve', '-no-color', '-input=false', ...more);
  }

  /** Everything the plan says about resources, no-ops left out. */
  async changes(...more: readonly string[]): Promise<readonly Change[]> {
    await this.must('plan', '-out=tfplan', '-no-color', '-input=false', ...more);
    const plan = JSON.parse(await this.must('show', '-json', 'tfplan')) as { resource_changes?: readonly Change[] };
    return (plan.resource_changes ?? []).filter(({ change }) => change.actions[0] !== 'no-op');
  }

  /** What the plan will do, by address. */
  async actions(...more: readonly string[]): Promise<Record<string, string>> {
    return Object.fromEntries((await this.changes(...more)).map(({ address, change }) => [address, change.actions.join('-')]));
  }
}
