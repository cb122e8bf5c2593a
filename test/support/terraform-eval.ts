import { spawnSync } from 'node:child_process';
import { App, LocalBackend, TerraformOutput, TerraformStack } from 'cdktf';
import { join } from 'node:path';
import { scratch } from './scratch';

/** What real Terraform makes of texts that stand in synthesized JSON: applies a stack of outputs and reads them back. */
export function evaluated(
  build: (stack: TerraformStack) => Readonly<Record<string, string>>,
  variables: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const outdir = scratch();
  const app = new App({ outdir });
  const stack = new TerraformStack(app, 'texts');
  new LocalBackend(stack, { path: 'texts.tfstate' });
  for (const [name, value] of Object.entries(build(stack))) new TerraformOutput(stack, name, { value, staticId: true, sensitive: true });
  app.synth();
  const cwd = join(outdir, 'stacks', 'texts');
  const given = Object.fromEntries(Object.entries(variables).map(([name, value]) => [`TF_VAR_${name}`, value]));
  const env = { ...process.env, ...given, CHECKPOINT_DISABLE: '1', TF_CLI_CONFIG_FILE: '/dev/null' };
  const terraform = (...args: string[]): string => {
    const { status, stdout, stderr } = spawnSync('terraform', args, { cwd, env, encoding: 'utf8' });
    if (status !== 0) throw new Error(`terraform ${args[0]}: ${stderr.slice(0, 2000)}`);
    return stdout;
  };
  terraform('init', '-no-color');
  terraform('apply', '-auto-approve', '-no-color');
  const outputs = JSON.parse(terraform('output', '-json')) as Record<string, { value: string }>;
  return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
}
