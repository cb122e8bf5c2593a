import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** `test` where Terraform can install the real provider; elsewhere a skipped test, which the closing line counts by name. */
export function needsProvider(): (name: string, work: () => Promise<void>) => void {
  if (obtainable()) return test;
  return (name) => test['skip'](`${name} (skipped: provider not obtainable)`, () => undefined);
}

/** Whether `terraform init` gets it: from the registry, or from a mirror that the machine is set up with. */
function obtainable(): boolean {
  const room = mkdtempSync(join(tmpdir(), 'terrace-provider-'));
  try {
    writeFileSync(
      join(room, 'main.tf.json'),
      JSON.stringify({ terraform: { required_providers: { digitalocean: { source: 'digitalocean/digitalocean', version: '2.71.0' } } } }),
    );
    return (
      spawnSync('terraform', ['init', '-input=false'], {
        cwd: room,
        env: { ...process.env, CHECKPOINT_DISABLE: '1' },
        stdio: 'ignore',
        timeout: 120_000,
      }).status === 0
    );
  } finally {
    rmSync(room, { recursive: true, force: true });
  }
}
