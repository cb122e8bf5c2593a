import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadEnvironment } from '../environments';
import type { Environment } from '../environments/schema';
import { synthesize, type SynthesizedStack } from '../stacks/synthesize';
import { packageFile } from '../terraform/package-root';

/** Environments of every tier and platform that there is: `digitalocean-tier3`. */
export const examples: readonly string[] = readdirSync(packageFile('environments', 'examples'))
  .map((file) => file.replace('.yaml', ''))
  .sort();

/** An example as its file has it. */
export function exampleEnvironment(name: string): Environment {
  return loadEnvironment(`environments/examples/${name}.yaml`, { cwd: packageFile('.') }).environment;
}

/** An example as a person would keep it: protected, its state in a bucket, alerts with an address. */
export function kept(environment: Environment): Environment {
  const { disposable: _disposable, ...others } = environment;
  return {
    ...others,
    state: { backend: 's3', bucket: 'example-state', region: 'eu-central-1', key: `${environment.name}.tfstate` },
    alerts: { emails: ['ops@example.com'] },
  };
}

/** Every stack that an environment is deployed as. Nothing of it stays on the disk. */
export function stacksOf(environment: Environment): readonly Pick<SynthesizedStack, 'id' | 'json'>[] {
  const project = mkdtempSync(join(tmpdir(), 'terrace-example-'));
  try {
    const { recorded } = synthesize(environment, { project, recordedOnly: true });
    return [recorded, ...recorded.layers].map(({ id, json }) => ({ id, json }));
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
}
