import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { TerraformEvent } from '../../terraform/events';
import { addresses } from '../../terraform/plan';
import { Terraform } from '../../terraform/terraform';
import { scratch } from '../support/scratch';
import { addressesInState, dataStack, plansIn, runs, writeStack } from './stack';

async function planned(directory: string): Promise<{ terraform: Terraform; saved: Awaited<ReturnType<Terraform['plan']>> }> {
  const terraform = await Terraform.in({ directory });
  await terraform.init();
  return { terraform, saved: await terraform.plan() };
}

describe('the way from a stack to a state', () => {
  test('init, plan, apply of that very plan, no change, destroy', async () => {
    const directory = writeStack(dataStack({ one: { input: 'a' }, two: { input: '${terraform_data.one.output}' } }));
    const { terraform, saved } = await planned(directory);
    expect(addresses(saved.plan, 'create')).toEqual(['terraform_data.one', 'terraform_data.two']);
    expect(statSync(saved.file).mode & 0o777).toBe(0o600);
    await terraform.apply(saved);
    expect(existsSync(saved.file)).toBe(false);
    expect(addressesInState(directory)).toEqual(['terraform_data.one', 'terraform_data.two']);
    expect((await terraform.state()).resources.map((each) => [each.address, each.values['input']])).toEqual([
      ['terraform_data.one', 'a'],
      ['terraform_data.two', 'a'],
    ]);

    expect((await terraform.plan()).plan.applyable).toBe(false);
    const away = await terraform.plan({ destroy: true });
    expect(addresses(away.plan, 'destroy')).toEqual(['terraform_data.one', 'terraform_data.two']);
    await terraform.apply(away);
    expect(addressesInState(directory)).toEqual([]);
  });

  test('a replacement names the attribute that forces it', async () => {
    const project = scratch();
    const directory = writeStack(dataStack({ one: { triggers_replace: ['a'] }, gone: {}, kept: { input: 1 } }), { project });
    const first = await planned(directory);
    await first.terraform.apply(first.saved);
    writeStack(
      dataStack(
        { one: { triggers_replace: ['b'] }, moved: {}, kept: { input: 2 } },
        { moved: [{ from: 'terraform_data.gone', to: 'terraform_data.moved' }] },
      ),
      { project },
    );
    const { saved } = await planned(directory);
    expect(saved.plan.changes.map(({ address, action, movedFrom, because }) => ({ address, action, movedFrom, because }))).toEqual([
      { address: 'terraform_data.kept', action: 'update', movedFrom: undefined, because: [] },
      { address: 'terraform_data.moved', action: 'none', movedFrom: 'terraform_data.gone', because: [] },
      { address: 'terraform_data.one', action: 'replace', movedFrom: undefined, because: ['triggers_replace'] },
    ]);
  });

  test('what it does is told as it happens', async () => {
    const heard: TerraformEvent[] = [];
    const steps: string[] = [];
    const directory = writeStack(dataStack({ one: {} }));
    const terraform = await Terraform.in({
      directory,
      listener: { event: (event) => heard.push(event), step: (step) => steps.push(step) },
    });
    await terraform.init();
    await terraform.apply(await terraform.plan());
    expect(steps).toEqual(['init', 'plan', 'show', 'apply']);
    expect(heard.filter((event) => event.kind === 'planned' || event.kind === 'started' || event.kind === 'done')).toEqual([
      { kind: 'planned', address: 'terraform_data.one', action: 'create' },
      { kind: 'planned', address: 'terraform_data.one', action: 'create' },
      { kind: 'started', address: 'terraform_data.one', action: 'create', seconds: 0 },
      { kind: 'done', address: 'terraform_data.one', action: 'create', seconds: 0 },
    ]);
    expect(heard.filter((event) => event.kind === 'summary').map((event) => event.text)).toEqual([
      'Plan: 1 to add, 0 to change, 0 to destroy.',
      'Apply complete! Resources: 1 added, 0 changed, 0 destroyed.',
    ]);
  });

  test('the process gets our environment, TF_IN_AUTOMATION and no check for upgrades', async () => {
    const directory = writeStack(dataStack({ one: runs('echo "$OURS $TF_IN_AUTOMATION $CHECKPOINT_DISABLE" > seen.txt') }));
    const terraform = await Terraform.in({ directory, env: { ...process.env, OURS: 'ours', CHECKPOINT_DISABLE: undefined } });
    await terraform.init();
    await terraform.apply(await terraform.plan());
    expect(readFileSync(join(directory, 'seen.txt'), 'utf8')).toBe('ours 1 1\n');
  });
});

describe('the plan file of a command', () => {
  test('is its own, and those of processes that have gone are removed', async () => {
    const directory = writeStack(dataStack({ one: {} }));
    const terraform = await Terraform.in({ directory });
    await terraform.init();
    const gone = spawnSync(process.execPath, ['-e', '']).pid;
    for (const pid of [gone, process.ppid]) writeFileSync(join(directory, '.terraform', `terrace-${pid}.tfplan`), 'a plan');
    const saved = await terraform.plan();
    expect([...plansIn(directory)].sort()).toEqual([`terrace-${process.ppid}.tfplan`, `terrace-${process.pid}.tfplan`].sort());
    terraform.discard(saved);
    expect(plansIn(directory)).toEqual([`terrace-${process.ppid}.tfplan`]);
  });
});

describe('what Terraform says is wrong becomes our error', () => {
  test('a configuration that does not hold: validate', async () => {
    const directory = writeStack(dataStack({ one: { inptu: 1 } }));
    const terraform = await Terraform.in({ directory });
    await terraform.init();
    await expect(terraform.validate()).rejects.toMatchObject({
      code: 'TERRAFORM_FAILED',
      exitCode: 1,
      message: 'terraform validate failed:',
      problems: [
        {
          where: 'terraform_data.one',
          message: 'Extraneous JSON object property: No argument or block type is named "inptu". Did you mean "input"?',
        },
      ],
    });
  });

  test('a plan that fails names the resource, and leaves no state', async () => {
    const directory = writeStack(
      dataStack({
        one: {
          input: 'a',
          lifecycle: { precondition: [{ condition: '${terraform_data.two.input == "x"}', error_message: 'two is not x.' }] },
        },
        two: { input: 'b' },
      }),
    );
    await expect(planned(directory)).rejects.toMatchObject({
      message: 'terraform plan failed:',
      problems: [{ where: 'terraform_data.one', message: 'Resource precondition failed: two is not x.' }],
    });
    expect(existsSync(join(directory, '../../../state.tfstate'))).toBe(false);
  });

  test('a missing variable stops before anything', async () => {
    const directory = writeStack({
      ...dataStack({ one: { input: '${var.secret}' } }),
      variable: { secret: { type: 'string', sensitive: true, nullable: false } },
    });
    await expect(planned(directory)).rejects.toMatchObject({
      problems: [{ message: expect.stringMatching(/^No value for required variable: /) as string }],
    });
  });

  test('an apply that fails midway keeps what was made, in the state', async () => {
    const directory = writeStack(
      dataStack({ a: {}, b: { depends_on: ['terraform_data.a'], ...runs('exit 3') }, c: { depends_on: ['terraform_data.b'] } }),
    );
    const { terraform, saved } = await planned(directory);
    await expect(terraform.apply(saved)).rejects.toMatchObject({
      message: 'terraform apply failed:',
      problems: [
        { where: 'terraform_data.b', message: "local-exec provisioner error: Error running command 'exit 3': exit status 3. Output:" },
      ],
    });
    expect(addressesInState(directory)).toEqual(['terraform_data.a', 'terraform_data.b']);
    expect(existsSync(saved.file)).toBe(false);
  });

  test('a plan that has gone stale is not applied', async () => {
    const directory = writeStack(dataStack({ one: {} }));
    const { terraform, saved } = await planned(directory);
    await terraform.apply(await terraform.plan({ out: join(directory, 'other.tfplan') }));
    await expect(terraform.apply(saved)).rejects.toMatchObject({
      problems: [{ message: expect.stringMatching(/^Saved plan is stale: /) as string }],
    });
  });

  test('a backend that does not open: init', async () => {
    const directory = writeStack({ terraform: { backend: { nowhere: {} } } });
    const terraform = await Terraform.in({ directory });
    await expect(terraform.init()).rejects.toMatchObject({
      message: 'terraform init failed:',
      problems: [{ message: expect.stringContaining('nowhere') as string }],
    });
  });

  test('a folder that was not synthesized', async () => {
    const directory = scratch();
    await expect(Terraform.in({ directory })).rejects.toMatchObject({
      code: 'TERRAFORM_STACK_MISSING',
      message: `${directory} holds no cdk.tf.json. Run "terrace synth" first, in the folder that holds cdktf.json.`,
    });
  });
});

describe('a state that its backend did not take', () => {
  test('is never deployed over', async () => {
    const directory = writeStack(dataStack({ one: {} }));
    writeFileSync(join(directory, 'errored.tfstate'), '{}');
    await expect(Terraform.in({ directory })).rejects.toMatchObject({
      code: 'TERRAFORM_STATE_NOT_SAVED',
      message: expect.stringContaining('terraform state push errored.tfstate') as string,
    });
  });

  test('is reported when it happens, with what to do', async () => {
    const server = createServer((request, answer) => answer.writeHead(request.method === 'GET' ? 404 : 500).end());
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    try {
      const directory = writeStack({
        terraform: { backend: { http: { address: `http://127.0.0.1:${port}/state`, retry_max: 0 } } },
        resource: { terraform_data: { one: {} } },
      });
      const { terraform, saved } = await planned(directory);
      await expect(terraform.apply(saved)).rejects.toMatchObject({
        code: 'TERRAFORM_STATE_NOT_SAVED',
        message: expect.stringContaining(join(directory, 'errored.tfstate')) as string,
      });
    } finally {
      await new Promise((done) => server.close(done));
    }
  });
});
