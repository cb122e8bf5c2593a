import { ChildProcess, spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFile } from '../../terraform/package-root';
import { Terraform } from '../../terraform/terraform';
import { processesIn, until } from '../support/processes';
import { addressesInState, dataStack, runs, writeStack } from './stack';

/** An apply that writes `begun` when its slow resource is being made, and has another one waiting behind it. */
function slowStack(): string {
  return writeStack(
    dataStack({
      first: {},
      slow: { depends_on: ['terraform_data.first'], ...runs('touch begun; exec sleep 20') },
      waiting: { depends_on: ['terraform_data.slow'] },
    }),
  );
}

describe('an interrupt during apply', () => {
  test('reaches Terraform once; what was begun is in the state; nothing is left running', async () => {
    const directory = slowStack();
    const counts: number[] = [];
    const terraform = await Terraform.in({ directory, listener: { interrupt: (count) => counts.push(count) } });
    await terraform.init();
    const applying = terraform.apply(await terraform.plan()).catch((error: unknown) => error);
    await until(() => existsSync(join(directory, 'begun')));
    // Three impatient interrupts, of which a plain Terraform would take the second as "give up the state".
    for (const _ of [1, 2, 3]) process.emit('SIGINT', 'SIGINT');
    expect(await applying).toMatchObject({
      code: 'TERRAFORM_INTERRUPTED',
      message:
        'Interrupted. Terraform has ended in order: what it had begun is in the state, the rest was not started. Run the same command again to continue.',
    });
    expect(counts).toEqual([1, 2, 3]);
    expect(addressesInState(directory)).toEqual(['terraform_data.first', 'terraform_data.slow']);
    await until(() => processesIn(directory).length === 0);
    expect(process.listenerCount('SIGINT')).toBe(0);

    // What was cut short is known as broken: the next plan makes it anew instead of trusting it.
    const again = await terraform.plan();
    expect(again.plan.changes.filter((each) => each.action !== 'none').map((each) => [each.address, each.action])).toEqual([
      ['terraform_data.slow', 'replace'],
      ['terraform_data.waiting', 'create'],
    ]);
    terraform.discard(again);
  });

  test('during a plan changes nothing', async () => {
    const directory = writeStack(dataStack({ one: {} }));
    const terraform = await Terraform.in({ directory });
    await terraform.init();
    const planning = terraform.plan().catch((error: unknown) => error);
    process.emit('SIGTERM', 'SIGTERM');
    expect(await planning).toMatchObject({
      code: 'TERRAFORM_INTERRUPTED',
      message: 'Interrupted during terraform plan. Nothing was changed.',
    });
    expect(existsSync(join(directory, '../../../state.tfstate'))).toBe(false);
  });
});

describe('when we are killed outright during apply', () => {
  test('Terraform is interrupted once, saves the state and ends', async () => {
    const directory = slowStack();
    const terraform = await Terraform.in({ directory });
    await terraform.init();
    const { file } = await terraform.plan();
    const parent = parentOf(directory, ['apply', '-json', '-input=false', file], terraform.binary.path);
    await until(() => existsSync(join(directory, 'begun')));
    parent.kill('SIGKILL');
    await until(() => processesIn(directory).length === 0);
    expect(addressesInState(directory)).toEqual(['terraform_data.first', 'terraform_data.slow']);
  });
});

/** A process that runs Terraform through the keeper, as we do, and reads its output. */
function parentOf(directory: string, args: readonly string[], terraform: string): ChildProcess {
  const script = join(directory, 'parent.cjs');
  writeFileSync(
    script,
    `const child = require('node:child_process').spawn(process.execPath, ${JSON.stringify([packageFile('terraform', 'keeper.cjs'), terraform, ...args])}, { cwd: ${JSON.stringify(directory)}, stdio: ['pipe', 'pipe', 'pipe'], detached: true });
     child.stdout.resume(); child.stderr.resume();`,
  );
  return spawn(process.execPath, [script], { stdio: 'ignore', cwd: '/' });
}
