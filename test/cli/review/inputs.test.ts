import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { reviewDocumentSchema, type ReviewDocument } from '../../../analysis/review/document/schema';
import { scratch } from '../../support/scratch';
import { type } from '../desk';

const nobody = () => Promise.reject(new Error('no environment is opened'));

/** A row of a plan: a database that is replaced, as Terraform 1.11 writes it. */
function row(provider: string, name = 'orders', more: object = {}): object {
  const address = `aws_db_instance.${name}`;
  return {
    address,
    mode: 'managed',
    type: 'aws_db_instance',
    name,
    provider_name: provider,
    change: {
      actions: ['delete', 'create'],
      before: { identifier: 'a' },
      after: { identifier: 'b' },
      after_unknown: { id: true },
      replace_paths: [['identifier']],
    },
    ...more,
  };
}

function plan(rows: readonly object[], more: object = {}): object {
  const planned = rows.map((one) => ({
    ...(one as { change: { after: object } }),
    change: undefined,
    values: (one as { change: { after: object } }).change.after,
  }));
  return {
    format_version: '1.2',
    terraform_version: '1.11.4',
    planned_values: { root_module: { resources: planned } },
    resource_changes: rows,
    ...more,
  };
}

const ofTerraform = 'registry.terraform.io/hashicorp/aws';
const ofTofu = 'registry.opentofu.org/hashicorp/aws';

/** A folder with these files. */
function folder(files: Readonly<Record<string, unknown>>): string {
  const room = scratch();
  for (const [name, json] of Object.entries(files)) {
    mkdirSync(dirname(join(room, name)), { recursive: true });
    writeFileSync(join(room, name), JSON.stringify(json));
  }
  return room;
}

async function reviewed(files: Readonly<Record<string, unknown>>, ...args: readonly string[]): Promise<ReviewDocument> {
  const { out } = await type(['review', ...args, '--json', '--today', '2026-11-21'], nobody, { cwd: folder(files) });
  return reviewDocumentSchema.parse(JSON.parse(out));
}

/** What the guard found to be replaced, as stack and address. */
function replaced({ findings }: ReviewDocument): readonly (readonly [string | null, string])[] {
  return findings.filter(({ id }) => id === 'guard/replaced').map(({ stack, address }) => [stack, address]);
}

async function refused(files: Readonly<Record<string, unknown>>, ...args: readonly string[]): Promise<readonly unknown[]> {
  const { code, out } = await type(['review', ...args, '--json'], nobody, { cwd: folder(files) });
  const { error } = JSON.parse(out) as { readonly error: { readonly code: string; readonly message: string } };
  return [code, error.code, error.message];
}

test('a plan of OpenTofu says the same as one of Terraform', async () => {
  const terraform = await reviewed({ 'plan.json': plan([row(ofTerraform)]) }, '--plan', 'plan.json');
  const tofu = await reviewed(
    { 'plan.json': plan([row(ofTofu)], { terraform_version: '1.10.6', timestamp: '2026-11-21T00:00:00Z', errored: false }) },
    '--plan',
    'plan.json',
  );
  expect(replaced(terraform)).toEqual([[null, 'aws_db_instance.orders']]);
  expect(tofu).toEqual(terraform);
});

test.each(['1.0', '1.1', '1.2', '1.9'])('format %s is read, and what it has more is left alone', async (format_version) => {
  const document = await reviewed(
    {
      'plan.json': plan([row(ofTerraform, 'orders', { something_new: { a: 1 } })], {
        format_version,
        action_invocations: [{ address: 'x' }],
        deferred_changes: [],
      }),
    },
    '--plan',
    'plan.json',
  );
  expect(replaced(document)).toEqual([[null, 'aws_db_instance.orders']]);
});

test('older and newer formats are refused with what helps', async () => {
  expect(await refused({ 'plan.json': plan([], { format_version: '0.1' }) }, '--plan', 'plan.json')).toEqual([
    1,
    'GRAPH_NEWER_FORMAT',
    expect.stringContaining('Write the plan with Terraform 1.0 or later'),
  ]);
  expect(await refused({ 'plan.json': plan([], { format_version: '2.0' }) }, '--plan', 'plan.json')).toEqual([
    1,
    'GRAPH_NEWER_FORMAT',
    expect.stringContaining('Update Terrace'),
  ]);
});

test('a plan that broke off in the middle of a number, a text or a list is refused, wherever it breaks', async () => {
  const whole = JSON.stringify(plan([row(ofTerraform)]));
  for (const length of [1, 20, 77, 300, whole.length - 1]) {
    const cwd = scratch();
    writeFileSync(join(cwd, 'plan.json'), whole.slice(0, length));
    const { code, out } = await type(['review', '--plan', 'plan.json', '--json'], nobody, { cwd });
    expect([length, code, (JSON.parse(out) as { error: { code: string } }).error.code]).toEqual([length, 1, 'CLI_JSON_BROKEN']);
  }
});

test('plans of Terragrunt, which all have one name, are told apart by their folders', async () => {
  const files = {
    'live/database/tfplan.json': plan([row(ofTerraform, 'orders')]),
    'live/cache/tfplan.json': plan([row(ofTofu, 'sessions')]),
  };
  const document = await reviewed(files, '--plan', 'live/database/tfplan.json', 'live/cache/tfplan.json');
  expect(document.stacks).toEqual([
    { name: 'database', planned: true },
    { name: 'cache', planned: true },
  ]);
  expect(new Set(replaced(document))).toEqual(
    new Set([
      ['database', 'aws_db_instance.orders'],
      ['cache', 'aws_db_instance.sessions'],
    ]),
  );
});

test('several stacks at once: each plan goes to the stack whose resources it names, and one that names none is reviewed by itself', async () => {
  const stack = (name: string) => ({ resource: { aws_db_instance: { [name]: { identifier: 'a' } } } });
  const files = {
    'base/stacks/one/cdk.tf.json': stack('orders'),
    'head/stacks/one/cdk.tf.json': stack('orders'),
    'base/stacks/two/cdk.tf.json': stack('carts'),
    'head/stacks/two/cdk.tf.json': stack('carts'),
    'second.json': plan([row(ofTerraform, 'carts')]),
    'other.json': plan([row(ofTerraform, 'elsewhere')]),
  };
  const document = await reviewed(files, '--base', 'base', '--head', 'head', '--plan', 'second.json', 'other.json');
  expect(document.stacks).toEqual([
    { name: 'one', planned: false },
    { name: 'two', planned: true },
    { name: 'other', planned: true },
  ]);
  expect(new Set(replaced(document))).toEqual(
    new Set([
      ['two', 'aws_db_instance.carts'],
      ['other', 'aws_db_instance.elsewhere'],
    ]),
  );
});
