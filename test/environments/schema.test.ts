import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { environmentJsonSchema, type JsonSchema } from '../../environments/json-schema';
import { loadEnvironment } from '../../environments/load';
import { environmentSchema } from '../../environments/schema';
import { environmentCompilers } from '../../tools/compile-environment-schema';
import { sampleEnvironment } from '../support/environments';

const root = join(__dirname, '../..');
const samples = [
  'environments/production.yaml',
  ...readdirSync(join(root, 'environments/examples')).map((name) => `environments/examples/${name}`),
];

test.each(environmentCompilers)('$target is what `npm run compile` writes', ({ source, target, compile }) => {
  expect(readFileSync(join(root, target), 'utf8')).toBe(compile(readFileSync(join(root, source), 'utf8')));
});

describe.each(samples)('%s', (path) => {
  test('loads', () => {
    expect(loadEnvironment(path, { cwd: root }).environment.roadmap).toBe('deadlock-coach');
  });

  test('tells the editor where the schema is', () => {
    const [, schema = ''] = /^# yaml-language-server: \$schema=(.*)\n/.exec(readFileSync(join(root, path), 'utf8')) ?? [];
    expect(join(root, path, '..', schema)).toBe(join(root, 'environments/environment.schema.json'));
  });
});

test('production is at tier 3 on DigitalOcean, keeps its state in Spaces and its data', () => {
  expect(loadEnvironment(undefined, { cwd: root })).toMatchObject({
    environment: { name: 'production', tier: 'tier3', platform: 'digitalocean', state: { backend: 'spaces' }, budget: { monthly: '900' } },
    warnings: [
      'production keeps its state in Spaces, a backend without a lock until a conditional write has been seen to be refused on a real account: let one pipeline at a time deploy it.',
    ],
  });
  expect(loadEnvironment(undefined, { cwd: root }).environment.disposable).toBeUndefined();
});

test('the examples keep their state in a file, are disposable and give no warning', () => {
  const loaded = ['tier1', 'tier2', 'tier3', 'tier4', 'tier5'].map((tier) =>
    loadEnvironment(`environments/examples/digitalocean-${tier}.yaml`, { cwd: root }),
  );
  expect(loaded.map(({ environment, warnings }) => [environment.tier, environment.disposable, environment.state, warnings])).toEqual(
    ['tier1', 'tier2', 'tier3', 'tier4', 'tier5'].map((tier) => [
      tier,
      `digitalocean-${tier}`,
      { backend: 'local', path: `.terrace/state/digitalocean-${tier}.tfstate` },
      [],
    ]),
  );
});

describe('the JSON Schema', () => {
  const schema = environmentJsonSchema();

  test('has the fields of the file and refuses others, like the schema that Terrace checks with', () => {
    expect(Object.keys(schema.properties ?? {})).toEqual(Object.keys(environmentSchema.shape));
    expect(schema['additionalProperties']).toBe(false);
    expect(environmentSchema.safeParse({ ...sampleEnvironment(), other: 1 }).error?.issues).toMatchObject([
      { code: 'unrecognized_keys', keys: ['other'] },
    ]);
  });

  test('requires exactly what Terrace requires', () => {
    const missing = environmentSchema.safeParse({}).error?.issues.map((issue) => issue.path.join('.'));
    expect(missing).toEqual(schema.required);
  });

  test.each(samples)('accepts the fields of %s, as far as their names go', (path) => {
    expect(misplaced(schema, parse(readFileSync(join(root, path), 'utf8')) as Fields)).toEqual([]);
  });

  test('misses and refuses the fields that Terrace misses and refuses', () => {
    const broken = {
      ...sampleEnvironment(),
      tier: undefined,
      regoin: 'fra1',
      app: { ports: 1 },
      state: { backend: 's3', bucket: 'abc', path: 'x' },
    };
    const { tier: _, ...fields } = broken;
    expect(misplaced(schema, fields)).toEqual(['app.image', 'app.ports', 'regoin', 'state.path', 'state.region', 'tier']);
    const issues = environmentSchema.safeParse(fields).error?.issues ?? [];
    const named = issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key].join('.')) : [issue.path.join('.')],
    );
    expect(named.sort()).toEqual(['app.image', 'app.ports', 'regoin', 'state.path', 'state.region', 'tier']);
  });

  test('describes every field, and says what is allowed in each', () => {
    expect(fieldsWithout(schema, 'description')).toEqual([]);
    expect(fieldsWithout(schema, 'errorMessage')).toEqual(['state[0].backend', 'state[1].backend', 'state[2].backend']);
  });

  test('offers the regions of DigitalOcean', () => {
    expect(JSON.stringify(schema['allOf'])).toContain('"fra1"');
  });
});

type Fields = Readonly<Record<string, unknown>>;

/** Fields that are required and absent, or there and unknown: what a JSON Schema says about names alone. */
function misplaced(schema: JsonSchema, fields: Fields, prefix = ''): readonly string[] {
  const variant = schema.oneOf?.find((choice) => choice.properties?.['backend']?.['const'] === fields['backend']) ?? schema;
  const known = variant.properties ?? {};
  const missing = (variant.required ?? []).filter((name) => !(name in fields)).map((name) => `${prefix}${name}`);
  const unknown =
    variant['additionalProperties'] === false
      ? Object.keys(fields)
          .filter((name) => !(name in known))
          .map((name) => `${prefix}${name}`)
      : [];
  const inner = Object.entries(known).flatMap(([name, each]) =>
    isFields(fields[name]) ? misplaced(each, fields[name], `${prefix}${name}.`) : [],
  );
  return [...missing, ...unknown, ...inner].sort();
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Paths of the fields that lack a keyword. */
function fieldsWithout(schema: JsonSchema, keyword: string, prefix = ''): readonly string[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => [
    ...(inner[keyword] === undefined ? [`${prefix}${name}`] : []),
    ...fieldsWithout(inner, keyword, `${prefix}${name}.`),
  ]);
  const choices = (schema.oneOf ?? []).flatMap((choice, index) => fieldsWithout(choice, keyword, `${prefix.slice(0, -1)}[${index}].`));
  return [...own, ...choices];
}
