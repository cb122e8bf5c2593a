import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import * as fc from 'fast-check';
import type { JsonObject, JsonValue } from '../../../analysis/graph';
import { jsonStream } from '../../../cli/input/json-stream';
import { readDocument } from '../../../cli/input/terraform-document';
import { packageFile } from '../../../terraform/package-root';
import { TerraceError } from '../../../values/errors';
import { scratch } from '../../support/scratch';
import { configurationJson, fileOf, planJson, stateJson, terrace } from './documents';

const droplet = { 'digitalocean_droplet.a': { size: 's-4vcpu-8gb' } };
const planText = JSON.stringify(planJson(droplet));

/** What is printed for an input that cannot be estimated: never a figure. */
async function refusal(content: unknown, flags: readonly string[] = ['--plan']): Promise<string> {
  const file = fileOf(content);
  const outcome = await terrace(['estimate', ...flags, file, '--json']);
  expect(outcome.code).toBe(2);
  expect(outcome.out).not.toContain('monthly');
  expect(outcome.err).not.toMatch(/ {4}at |fault in Terrace/);
  return outcome.err
    .replaceAll(file, 'FILE')
    .replace(/^Error: /, '')
    .trim();
}

describe('a document that is no plan', () => {
  test.each<[string, unknown, string]>([
    ['empty', '', 'FILE is empty. Write it anew with `terraform show -json`, and look whether that command succeeded.'],
    [
      'truncated',
      planText.slice(0, -30),
      `FILE cannot be read as JSON: it ends in the middle: it was cut off, at byte ${planText.length - 30}. Write it anew with \`terraform show -json\`, and look whether that command succeeded.`,
    ],
    [
      'blanks alone',
      '  \n',
      'FILE cannot be read as JSON: it ends in the middle: it was cut off, at byte 3. Write it anew with `terraform show -json`, and look whether that command succeeded.',
    ],
    [
      'two documents',
      `${planText}${planText}`,
      `FILE cannot be read as JSON: something follows after the end, at byte ${planText.length + 1}. Write it anew with \`terraform show -json\`, and look whether that command succeeded.`,
    ],
    [
      "a plan's text form",
      'Terraform will perform the following actions:',
      'FILE cannot be read as JSON: a value is missing, at byte 1. Write it anew with `terraform show -json`, and look whether that command succeeded.',
    ],
    [
      'a plan in its own form',
      Buffer.from('PK\u0003\u0004rest'),
      "FILE is a plan in Terraform's own form. Give it as JSON: terraform show -json FILE > plan.json",
    ],
    ['UTF-16', Buffer.from(`\uFEFF${planText}`, 'utf16le'), 'FILE is UTF-16 text, as some shells write. Save it as UTF-8.'],
    ['compressed', Buffer.from([0x1f, 0x8b, 8, 0]), 'FILE is compressed. Unpack it first: gunzip -c FILE | terrace estimate --plan -'],
    [
      'a plan of a newer format',
      { ...planJson(droplet), format_version: '2.0' },
      'The plan has format version 2.0; this release reads 1.x. Update Terrace, or write the plan with an older Terraform.',
    ],
    [
      'a state of a newer format',
      { ...stateJson(droplet), format_version: '2.0' },
      'The state has format version 2.0; this release reads 1.x. Update Terrace, or write the state with an older Terraform.',
    ],
    [
      'a plan without a version',
      { planned_values: {} },
      'This is not a Terraform plan in JSON. Give the output of `terraform show -json PLANFILE`.',
    ],
    [
      "a state in Terraform's own form",
      { version: 4, terraform_version: '1.11.4', serial: 3, lineage: 'x', outputs: {}, resources: [] },
      "FILE is a state in Terraform's own form. Give it as JSON: terraform show -json > state.json",
    ],
    ['a configuration', configurationJson(droplet), 'FILE is a configuration. Give it as --synth.'],
    ['an estimate', { currency: 'USD', lines: [] }, 'FILE is an estimate. Compare it with another: terrace estimate diff A B'],
    [
      'schemas of providers',
      { format_version: '1.0', provider_schemas: {} },
      'FILE is JSON, but no document of Terraform. Give what `terraform show -json PLANFILE` or `terraform show -json` prints.',
    ],
    [
      'a list',
      [1],
      'FILE is JSON, but no document of Terraform. Give what `terraform show -json PLANFILE` or `terraform show -json` prints.',
    ],
    [
      'a number',
      '7',
      'FILE is JSON, but no document of Terraform. Give what `terraform show -json PLANFILE` or `terraform show -json` prints.',
    ],
    [
      'an address twice',
      {
        ...planJson(droplet),
        planned_values: {
          root_module: {
            resources: [
              { address: 'a.b', type: 'a', name: 'b' },
              { address: 'a.b', type: 'a', name: 'b' },
            ],
          },
        },
      },
      'The address a.b occurs twice. Each resource needs its own address.',
    ],
    [
      'nested far too deeply',
      `{"format_version":"1.2","planned_values":{"root_module":${'{"child_modules":['.repeat(5000)}${']}'.repeat(5000)}}}`,
      'FILE is nested deeper than 250 levels, which nothing that Terraform writes is. Nothing of it was read.',
    ],
    [
      'values nested far too deeply',
      `{"format_version":"1.2","planned_values":{"root_module":{"resources":[{"address":"a.b","values":${'['.repeat(100_000)}${']'.repeat(100_000)}}]}}}`,
      'FILE is nested deeper than 250 levels, which nothing that Terraform writes is. Nothing of it was read.',
    ],
  ])('%s', async (_, content, expected) => expect(await refusal(content)).toBe(expected));

  test('a plan given as --synth', async () =>
    expect(await refusal(planJson(droplet), ['--synth'])).toBe('FILE is a plan. Give a plan or a state as --plan.'));

  test('a file that is not there, a folder, an empty folder', async () => {
    expect((await terrace(['estimate', '--plan', '/nowhere/plan.json'])).err).toContain(
      '/nowhere/plan.json cannot be read: there is no such file.',
    );
    expect((await terrace(['estimate', '--plan', scratch()])).err).toContain(
      'cannot be read: it is a folder. Name a file in it, or give a folder with a stack as --synth.',
    );
    expect((await terrace(['estimate', '--synth', scratch()])).err).toContain('holds no cdk.tf.json.');
  });

  test('with a byte order mark it is read', async () => {
    expect((await terrace(['estimate', '--plan', fileOf(`\uFEFF${planText}`), '--json'])).code).toBe(0);
  });
});

describe('odd content is priced, or unpriced with a reason, and never a wrong number', () => {
  const only = async (
    resources: Readonly<Record<string, JsonObject>>,
    more: JsonObject = {},
  ): Promise<{ total: string; unpriced: readonly string[] }> => {
    const outcome = await terrace(['estimate', '--plan', fileOf(planJson(resources, more)), '--json']);
    expect(outcome.code).toBe(0);
    const document = JSON.parse(outcome.out) as {
      monthly: { typical: string };
      unpriced: readonly { address: string; part: string | null; why: string }[];
    };
    return {
      total: document.monthly.typical,
      unpriced: document.unpriced.map(({ address, part, why }) => `${address}${part === null ? '' : `, ${part}`}: ${why}`),
    };
  };

  test.each<[string, Readonly<Record<string, JsonObject>>, string, RegExp]>([
    ['an unknown provider', { 'acme_server.x': { size: 'big' } }, '0.00', /no mapping for acme_server yet/],
    ['an unknown type of a known provider', { 'digitalocean_spaceship.x': {} }, '0.00', /no mapping for digitalocean_spaceship yet/],
    ['an unknown size', { 'digitalocean_droplet.x': { size: 's-4vcpu-8gbb' } }, '0.00', /nearest it has is s-4vcpu-8gb/],
    ['a size of another kind', { 'digitalocean_droplet.x': { size: { a: 1 } } }, '0.00', /cannot be billed/],
    ['a negative size', { 'digitalocean_volume.x': { size: -100 } }, '0.00', /its size is -100, which cannot be billed/],
    ['a text for a number', { 'digitalocean_volume.x': { size: 'lots' } }, '0.00', /cannot be billed/],
    ['no size at all', { 'digitalocean_volume.x': {} }, '0.00', /states no size/],
    ['a size beyond all numbers', { 'digitalocean_volume.x': { size: '1e999' } }, '0.00', /cannot be billed/],
    ['names out of an object', { 'constructor.x': {}, '__proto__.y': {}, 'aws_toString.z': {} }, '0.00', /no mapping for/],
  ])('%s', async (_, resources, total, why) => {
    const answer = await only(resources);
    expect(answer.total).toBe(total);
    expect(answer.unpriced.length).toBe(Object.keys(resources).length);
    for (const one of answer.unpriced) expect(one).toMatch(why);
  });

  test('deeply nested templates in a configuration', async () => {
    const deep = `${'${"'.repeat(3_000)}x${'"}'.repeat(3_000)}`;
    const outcome = await terrace([
      'estimate',
      '--synth',
      fileOf(
        configurationJson({ 'digitalocean_droplet.a': { size: deep }, 'digitalocean_droplet.b': { size: 's-4vcpu-8gb', user_data: deep } }),
      ),
      '--json',
    ]);
    expect(outcome.code).toBe(0);
    expect(JSON.parse(outcome.out)).toMatchObject({ monthly: { typical: '48.00' }, unpriced: [{ address: 'digitalocean_droplet.a' }] });
  });

  test('any document is estimated or refused with an error of ours', async () => {
    const json = fc.letrec<{ value: JsonValue }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom<JsonValue>(null, true, -1, 1e300, 's-4vcpu-8gb', '${x}', ''),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(
          fc.constantFrom('resources', 'values', 'root_module', 'child_modules', 'address', 'type', 'mode', 'size', 'change', 'actions'),
          tie('value'),
          { maxKeys: 4 },
        ),
      ),
    })).value;
    const room = scratch();
    await fc.assert(
      fc.asyncProperty(json, json, fc.boolean(), async (values, changes, plan) => {
        const file = join(room, 'any.json');
        writeFileSync(
          file,
          JSON.stringify(
            plan ? { format_version: '1.2', planned_values: values, resource_changes: changes } : { format_version: '1.0', values },
          ),
        );
        const outcome = await terrace(['estimate', '--plan', file, '--json']);
        expect(outcome.err).not.toContain('fault in Terrace');
        expect([0, 2]).toContain(outcome.code);
      }),
      { seed: 20261121, numRuns: 150 },
    );
  }, 120_000);
});

describe('reading JSON as a stream', () => {
  const stream = (text: string, chunk: number): ReturnType<typeof jsonStream> => {
    const bytes = Buffer.from(text);
    let at = 0;
    return jsonStream((into, offset, length) => {
      const part = bytes.subarray(at, at + Math.min(chunk, length));
      into.set(part, offset);
      at += part.length;
      return part.length;
    }, 'the text');
  };

  test('any JSON comes out as it went in, however it is cut into pieces', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.integer({ min: 1, max: 9 }), fc.constantFrom(0, 2), (value, chunk, indent) => {
        const reader = stream(JSON.stringify(value, null, indent), chunk);
        expect(reader.take()).toEqual(JSON.parse(JSON.stringify(value)));
        reader.end();
      }),
      { seed: 20261121, numRuns: 300 },
    );
  });

  test('cut off anywhere, a document is refused', () => {
    const text = JSON.stringify(planJson(droplet));
    for (let end = 1; end < text.length; end += 1) expect(() => readDocument(stream(text.slice(0, end), 7))).toThrow(TerraceError);
  });

  test.each([
    '{"a":1,}',
    '[1,]',
    '{"a" 1}',
    '{a:1}',
    '[1 2]',
    '{"a":}',
    '{"planned_values":{"root_module":{"resources":[}]}}',
    '{"x":tru}',
    '{"x":"\u0001"}',
    '{"x":01}',
  ])('%s is refused', (text) => {
    expect(() => readDocument(stream(text, 1 << 16))).toThrow(TerraceError);
  });
});

/** Runs the built command, and says how much memory it took, in MB. */
function measured(
  args: readonly string[],
  input?: string,
): { status: number | null; stdout: string; stderr: string; memory: number; seconds: number } {
  const usage = join(scratch(), 'usage');
  const hook = join(scratch(), 'usage.cjs');
  writeFileSync(
    hook,
    `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(usage)}, String(process.resourceUsage().maxRSS / 1024)));`,
  );
  const began = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--require', hook, packageFile('bin', 'terrace.js'), ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    ...(input === undefined ? {} : { input }),
  });
  const seconds = (performance.now() - began) / 1000;
  return { status, stdout, stderr, memory: Number(spawnSync('cat', [usage], { encoding: 'utf8' }).stdout), seconds };
}

describe('as a process', () => {
  test('an estimate of one provider loads neither prices nor mappings of the others', () => {
    const hook = join(scratch(), 'loaded.cjs');
    writeFileSync(hook, "process.on('exit', () => console.error(Object.keys(require.cache).join('\\n')));");
    const loaded = (content: unknown): readonly string[] => {
      const { stderr } = spawnSync(
        process.execPath,
        ['--require', hook, packageFile('bin', 'terrace.js'), 'estimate', '--plan', fileOf(content), '--json'],
        { encoding: 'utf8' },
      );
      return [
        ...new Set(Array.from(stderr.matchAll(/(?:catalog|mapping)\/(aws|digitalocean|google|thirdparty)\//g), (match) => match[1] ?? '')),
      ].sort();
    };
    expect(loaded(planJson(droplet))).toEqual(['digitalocean']);
    expect(loaded(planJson({ 'aws_instance.a': { instance_type: 'm6i.large' } }))).toEqual(['aws']);
    expect(loaded(planJson({ 'google_compute_instance.a': { machine_type: 'e2-small' } }))).toEqual(['google']);
  });

  test('a plan from standard input, as a pipe', () => {
    const outcome = measured(['estimate', '--plan', '-', '--json'], planText);
    expect(outcome).toMatchObject({ status: 0, stderr: '' });
    expect(JSON.parse(outcome.stdout)).toMatchObject({ input: '-', monthly: { typical: '48.00' } });
  });

  test('a plan of 200 MB is read in bounded memory and priced right', async () => {
    const folder = scratch();
    mkdirSync(folder, { recursive: true });
    const file = join(folder, 'large.json');
    const out = createWriteStream(file);
    const write = async (text: string): Promise<void> => {
      if (!out.write(text)) await once(out, 'drain');
    };
    const [count, padding] = [4_000, 'x'.repeat(16_500)];
    const values = JSON.stringify({ size: 's-4vcpu-8gb', user_data: padding });
    await write('{"format_version":"1.2","prior_state":{"values":{"root_module":{"resources":[');
    for (let index = 0; index < count; index += 1) await write(`${index === 0 ? '' : ','}{"address":"x.y","values":${values}}`);
    await write(']}}},"planned_values":{"root_module":{"resources":[');
    for (let index = 0; index < count; index += 1)
      await write(
        `${index === 0 ? '' : ','}{"address":"digitalocean_droplet.a[${index}]","mode":"managed","type":"digitalocean_droplet","name":"a","provider_name":"registry.terraform.io/digitalocean/digitalocean","values":${values}}`,
      );
    await write(']}},"resource_changes":[');
    for (let index = 0; index < count; index += 1)
      await write(
        `${index === 0 ? '' : ','}{"address":"digitalocean_droplet.a[${index}]","type":"digitalocean_droplet","name":"a","change":{"actions":["create"],"before":null,"after":${values},"after_unknown":{"id":true}}}`,
      );
    await write(']}');
    out.end();
    await once(out, 'close');
    const outcome = measured(['estimate', '--plan', file, '--by', 'service', '--format', 'csv']);
    expect(outcome.status).toBe(0);
    // 4,000 droplets at 48 dollars.
    expect(outcome.stdout).toMatch(/^digitalocean\/droplet,\d+,192000\.00,192000\.00,192000\.00,192000\.00\r$/m);
    expect(outcome.memory).toBeLessThan(400);
  }, 120_000);
});
