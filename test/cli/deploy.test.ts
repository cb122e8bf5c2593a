import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addressesInState, plansIn, runs } from '../terraform/stack';
import { HandMade, handMade, lockedStack, Outcome, type } from './desk';

const single = (resources?: Parameters<typeof lockedStack>[0]['resources'], project?: string): HandMade =>
  handMade({
    ...(project === undefined ? {} : { project }),
    stacks: { tier3: lockedStack({ tier: 'tier3', ...(resources === undefined ? {} : { resources }) }) },
  });

const state = (made: HandMade): string => readFileSync(join(made.project, 'production.tfstate'), 'utf8');

async function deployed(made: HandMade): Promise<Outcome> {
  const outcome = await type(['deploy', 'tier3', '--auto-approve'], made.open);
  expect(outcome).toMatchObject({ code: 0 });
  return outcome;
}

describe('terrace deploy', () => {
  test('shows the plan, applies it, and leaves no plan file', async () => {
    const made = single();
    const outcome = await deployed(made);
    expect(outcome.out).toBe(
      'Plan: 2 to create.\n\n2 created\n  +   terraform_data.app\n  +   terraform_data.recorded_tier\nproduction is deployed at tier3.\n',
    );
    expect(outcome.err).toBe(
      'Preparing Terraform ...\nPlanning ...\nApplying ...\nApply complete! Resources: 2 added, 0 changed, 0 destroyed.\n',
    );
    expect(addressesInState(made.directories['tier3'] ?? '', 'production.tfstate')).toEqual([
      'terraform_data.app',
      'terraform_data.recorded_tier',
    ]);
    expect(plansIn(made.directories['tier3'] ?? '')).toEqual([]);
  });

  test('a second time: no changes, nothing asked, nothing applied', async () => {
    const made = single();
    await deployed(made);
    const before = state(made);
    const outcome = await type(['deploy', 'tier3'], made.open);
    expect(outcome).toMatchObject({ code: 0, out: 'No changes. What runs is what the configuration says.\n', asked: [] });
    expect(state(made)).toBe(before);
  });

  test.each([['deploy', '--auto-approve'], ['destroy', '--auto-approve'], ['diff']])(
    '%s: refuses when another command synthesized over the stack meanwhile',
    async (command, ...options) => {
      const made = single();
      await deployed(made);
      const before = state(made);
      const outcome = await type([command, 'tier3', ...options], async () => {
        const project = await made.open(undefined, undefined as never);
        handMade({
          project: made.project,
          stacks: { tier3: lockedStack({ tier: 'tier3', disposable: true, resources: { of: { input: 'another environment' } } }) },
        });
        return project;
      });
      expect(outcome).toMatchObject({ code: 1, out: '' });
      expect(outcome.err).toContain(
        'Error: Nothing was changed: while production was being planned, another command synthesized over the stack tier3',
      );
      expect(state(made)).toBe(before);
      expect(plansIn(made.directories['tier3'] ?? '')).toEqual([]);
    },
  );

  test('asks a person, and only "yes" is a yes', async () => {
    const made = single();
    const no = await type(['deploy', 'tier3'], made.open, { terminal: true, answers: ['y'] });
    expect(no).toMatchObject({ code: 1, asked: ['Apply this to production? Only "yes" is taken: '] });
    expect(no.err).toContain('Error: Not confirmed. Nothing was changed.\n');
    expect(existsSync(join(made.project, 'production.tfstate'))).toBe(false);
    expect(await type(['deploy', 'tier3'], made.open, { terminal: true, answers: ['yes'] })).toMatchObject({ code: 0 });
    expect(existsSync(join(made.project, 'production.tfstate'))).toBe(true);
  });

  test('without a terminal: shows the plan, refuses, and says what to pass', async () => {
    const made = single();
    const outcome = await type(['deploy', 'tier3'], made.open);
    expect(outcome.code).toBe(1);
    expect(outcome.out).toContain('Plan: 2 to create.');
    expect(outcome.err).toContain(
      'Error: Nothing was changed: this is not a terminal, so nobody can confirm. To apply without asking, pass --auto-approve:\n' +
        '  terrace deploy tier3 --auto-approve\n' +
        'To review first and apply exactly what was reviewed:\n' +
        '  terrace diff tier3 --out tier3.tfplan\n' +
        '  terrace deploy tier3 --plan tier3.tfplan --auto-approve\n',
    );
    expect(existsSync(join(made.project, 'production.tfstate'))).toBe(false);
    expect(plansIn(made.directories['tier3'] ?? '')).toEqual([]);
  });

  test('what it says to type means the environment that was named', async () => {
    const { err } = await type(['deploy', 'tier3', '-e', 'environments/a b.yaml'], single().open);
    expect(err).toContain("\n  terrace deploy tier3 --auto-approve -e 'environments/a b.yaml'\n");
    expect(err).toContain("\n  terrace diff tier3 --out tier3.tfplan -e 'environments/a b.yaml'\n");
  });

  test('what is lost stands first in the plan', async () => {
    const made = single({ app: { triggers_replace: 1 }, gone: {}, kept: { input: 1 } });
    await deployed(made);
    const next = single({ app: { triggers_replace: 2 }, kept: { input: 2 }, more: {} }, made.project);
    const outcome = await type(['diff', 'tier3'], next.open);
    expect(outcome.out).toBe(
      'Plan: 1 to create, 1 to update, 1 to replace, 1 to destroy.\n\n' +
        '1 destroyed\n  -   terraform_data.gone\n\n' +
        '1 replaced\n  -/+ terraform_data.app  (because of triggers_replace)\n\n' +
        '1 updated in place\n  ~   terraform_data.kept\n\n' +
        '1 created\n  +   terraform_data.more\n',
    );
  });

  test('an apply that fails midway: exit 1, what was made is in the state, the reason is printed', async () => {
    const made = single({ app: {}, broken: { depends_on: ['terraform_data.app'], ...runs('exit 3') } });
    const outcome = await type(['deploy', 'tier3', '--auto-approve'], made.open);
    expect(outcome.code).toBe(1);
    expect(outcome.err).toContain(
      "Error: terraform apply failed:\n  terraform_data.broken  local-exec provisioner error: Error running command 'exit 3': exit status 3. Output:\n",
    );
    expect(outcome.out).not.toContain('is deployed');
    expect(addressesInState(made.directories['tier3'] ?? '', 'production.tfstate')).toContain('terraform_data.app');
  });

  test('a missing secret stops before anything, and says how to give it', async () => {
    const made = handMade({
      stacks: {
        tier3: lockedStack({
          tier: 'tier3',
          resources: { app: { input: '${var.session_key}' } },
          more: { variable: { session_key: { type: 'string', sensitive: true, nullable: false } } },
        }),
      },
    });
    const outcome = await type(['deploy', 'tier3', '--auto-approve'], made.open);
    expect(outcome.code).toBe(1);
    expect(outcome.err).toContain(
      'Error: Nothing was changed: a secret is missing. Secrets are never in a file; give them in the environment of this command:\n  export TF_VAR_session_key=...\n',
    );
    expect(outcome.err).toContain('No value for required variable');
    expect(await type(['deploy', 'tier3', '--auto-approve'], made.open, { env: { TF_VAR_session_key: 'x' } })).toMatchObject({ code: 0 });
  });

  test('warnings of the synthesis go to standard error', async () => {
    const made = handMade({
      stacks: { tier3: lockedStack({ tier: 'tier3' }) },
      warnings: ['the image has no version.'],
      leftOut: ['tier5 is left out'],
    });
    const outcome = await type(['deploy', 'tier3', '--auto-approve', '--json'], made.open);
    expect(outcome.err).toBe(
      'warning: the image has no version.\nPreparing Terraform ...\nPlanning ...\nApplying ...\nApply complete! Resources: 2 added, 0 changed, 0 destroyed.\n',
    );
    expect((JSON.parse(outcome.out) as { warnings: readonly string[] }).warnings).toEqual(['the image has no version.']);
  });
});

describe('a reviewed plan', () => {
  test('is applied exactly as it was reviewed, and cannot be applied twice', async () => {
    const made = single();
    const desk = { cwd: made.project };
    const reviewed = await type(['diff', 'tier3', '--out', 'review.tfplan'], made.open, desk);
    expect(reviewed.out).toContain('To apply exactly this:  terrace deploy tier3 --plan review.tfplan\n');
    const copy = readFileSync(join(made.project, 'review.tfplan'));
    expect(await type(['deploy', 'tier3', '--plan', 'review.tfplan', '--auto-approve'], made.open, desk)).toMatchObject({ code: 0 });
    expect(existsSync(join(made.project, 'review.tfplan'))).toBe(false);

    writeFileSync(join(made.project, 'review.tfplan'), copy);
    const again = await type(['deploy', 'tier3', '--plan', 'review.tfplan', '--auto-approve'], made.open, desk);
    expect(again.code).toBe(1);
    expect(again.err).toContain(
      'Error: Nothing was changed: something was deployed after this plan was made. Make a new one: terrace diff tier3\n',
    );
  });

  test('of another configuration is refused: it would change what it was made for', async () => {
    const made = single();
    await type(['diff', 'tier3', '--out', 'review.tfplan'], made.open, { cwd: made.project });
    const other = single({ app: { input: 'v2' } }, made.project);
    const outcome = await type(['deploy', 'tier3', '--plan', 'review.tfplan', '--auto-approve'], other.open, { cwd: made.project });
    expect(outcome).toMatchObject({
      code: 2,
      err: expect.stringContaining(
        'Error: Nothing was changed: review.tfplan was not made from what production at tier3 is here and now',
      ) as string,
    });
    expect(existsSync(join(made.project, 'production.tfstate'))).toBe(false);
  });

  test('that is not there, or is no plan', async () => {
    const made = single();
    expect(await type(['deploy', 'tier3', '--plan', 'none.tfplan'], made.open)).toMatchObject({
      code: 2,
      err: 'Error: There is no plan file none.tfplan. Make one: terrace diff TIER --out none.tfplan\n',
    });
    writeFileSync(join(made.project, 'text.tfplan'), 'hello');
    expect(await type(['deploy', 'tier3', '--plan', 'text.tfplan'], made.open, { cwd: made.project })).toMatchObject({ code: 2 });
  });
});

describe('--json is one document and nothing else', () => {
  test('deploy, diff, destroy', async () => {
    const made = handMade({ disposable: true, stacks: { tier3: lockedStack({ tier: 'tier3', disposable: true }) } });
    const counts = { create: 0, update: 0, replace: 0, destroy: 0, forget: 0, move: 0, import: 0, unknown: 0 };
    const common = { environment: 'production', tier: 'tier3', platform: 'digitalocean', outputs: [], warnings: [] };
    const changes = (action: string): unknown =>
      ['app', 'recorded_tier'].map((name) => ({
        address: `terraform_data.${name}`,
        type: 'terraform_data',
        action,
        because: [],
        imported: false,
      }));

    const planned = await type(['diff', 'tier3', '--json'], made.open);
    expect(JSON.parse(planned.out)).toEqual({
      ...common,
      command: 'diff',
      changed: true,
      applied: false,
      counts: { ...counts, create: 2 },
      changes: changes('create'),
    });
    const applied = await type(['deploy', 'tier3', '--auto-approve', '--json'], made.open);
    expect(JSON.parse(applied.out)).toEqual({
      ...common,
      command: 'deploy',
      changed: true,
      applied: true,
      counts: { ...counts, create: 2 },
      changes: changes('create'),
    });
    const same = await type(['deploy', 'tier3', '--auto-approve', '--json'], made.open);
    expect(JSON.parse(same.out)).toEqual({ ...common, command: 'deploy', changed: false, applied: false, counts, changes: [] });
    const gone = await type(['destroy', 'tier3', '--auto-approve', '--json'], made.open);
    expect(JSON.parse(gone.out)).toEqual({
      ...common,
      command: 'destroy',
      changed: true,
      applied: true,
      counts: { ...counts, destroy: 2 },
      changes: changes('destroy'),
    });
  });

  test('a failure is a document too', async () => {
    const made = single({ app: runs('exit 3') });
    const outcome = await type(['deploy', 'tier3', '--auto-approve', '--json'], made.open);
    expect(outcome.code).toBe(1);
    expect(JSON.parse(outcome.out)).toEqual({
      error: {
        code: 'TERRAFORM_FAILED',
        message: 'terraform apply failed:',
        problems: [
          {
            code: 'TERRAFORM_DIAGNOSTIC',
            message: "local-exec provisioner error: Error running command 'exit 3': exit status 3. Output:",
            where: 'terraform_data.app',
          },
        ],
      },
    });
  });
});

describe('terrace diff', () => {
  test('--detailed-exitcode: 2 with changes, 0 without, 1 for every failure', async () => {
    const made = single();
    expect(await type(['diff', 'tier3'], made.open)).toMatchObject({ code: 0 });
    expect(await type(['diff', 'tier3', '--detailed-exitcode'], made.open)).toMatchObject({ code: 2 });
    await deployed(made);
    expect(await type(['diff', 'tier3', '--detailed-exitcode'], made.open)).toMatchObject({ code: 0 });
    expect(await type(['diff', 'tier9', '--detailed-exitcode'], made.open)).toMatchObject({ code: 1 });
    expect(await type(['diff', 'tier9'], made.open)).toMatchObject({ code: 2 });
  });

  test('changes no state and leaves no plan behind', async () => {
    const made = single();
    await type(['diff', 'tier3'], made.open);
    expect(existsSync(join(made.project, 'production.tfstate'))).toBe(false);
    expect(plansIn(made.directories['tier3'] ?? '')).toEqual([]);
  });
});
