import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { monthlyCost } from '../../docs/examples/price';
import { costAfter } from '../../docs/examples/plan';
import { documentCompilers } from '../../tools/compile-docs';
import { isStale } from '../../tools/compile';
import { dollars } from '../../tools/docs/figures';
import { fillRegions, markdownTable } from '../../tools/docs/regions';
import { grouped } from '../../values/grouped';
import { scratch } from '../support/scratch';
import { root } from './pages';

const read = (...path: readonly string[]): string => readFileSync(join(root, ...path), 'utf8');

test.each(documentCompilers.map((compiler) => [compiler.target, compiler] as const))(
  '%s is what `npm run compile` writes',
  (_target, compiler) => {
    expect(isStale(compiler, root)).toBe(false);
  },
);

test('the house in CONTRIBUTING names every folder, and none that is not there', () => {
  const house = read('CONTRIBUTING.md').split('## The house')[1]?.split('<!-- rooms')[0] ?? '';
  const named = [...house.matchAll(/^\| `([a-z]+)\/` \|/gm)].map(([, folder = '']) => folder);
  const folders = readdirSync(root, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && !/^(\.|node_modules$|dist$|cdktf\.out$)/.test(entry.name),
  );
  expect([...named].sort()).toEqual(folders.map(({ name }) => name).sort());
});

describe('regions', () => {
  const page = 'before\n<!-- a: written by npm run compile -->\nold\n<!-- end of a -->\nafter\n';

  test('are written anew, and the words around them stay', () => {
    const written = fillRegions(page, { a: () => 'new $& text' });
    expect(written).toBe('before\n<!-- a: written by npm run compile -->\n\nnew $& text\n\n<!-- end of a -->\nafter\n');
    expect(fillRegions(written, { a: () => 'new $& text' })).toBe(written);
  });

  test('that are missing are named', () => {
    expect(() => fillRegions(page, { b: () => '' })).toThrow(
      'the page lacks the marks "<!-- b: written by npm run compile -->" and "<!-- end of b -->"',
    );
  });

  test('a bar in a cell does not end the cell', () => {
    expect(markdownTable(['a', 'b'], [['x|y', 'z']], [1])).toBe('| a | b |\n| --- | ---: |\n| x\\|y | z |');
  });
});

test.each([
  ['2364', '$2,364'],
  ['30.00', '$30'],
  ['244.2', '$244.20'],
  ['1234567.89', '$1,234,567.89'],
])('%s US dollars are %s', (amount, text) => {
  expect(dollars(amount)).toBe(text);
});

test('thousands are separated', () => {
  expect([10, 1000, 1_000_000].map(grouped)).toEqual(['10', '1,000', '1,000,000']);
});

describe('example programs', () => {
  test('price: the cost of an example environment, line by line', () => {
    const project = scratch();
    cpSync(join(root, 'environments'), join(project, 'environments'), { recursive: true });
    expect(monthlyCost(project, 'environments/examples/digitalocean-tier1.yaml')).toContain('droplet s-2vcpu-4gb');
  });

  test('plan: the cost of Terraform that others wrote', () => {
    const resource = (name: string, type: string, values: object) => ({
      address: `${type}.${name}`,
      mode: 'managed',
      type,
      name,
      provider_name: 'registry.terraform.io/x/y',
      values,
    });
    const droplet = resource('web', 'digitalocean_droplet', { size: 's-4vcpu-8gb', region: 'fra1', image: 'debian-12-x64' });
    const other = resource('other', 'acme_rocket', {});
    const plan = {
      format_version: '1.2',
      terraform_version: '1.11.4',
      planned_values: { root_module: { resources: [droplet, other] } },
      resource_changes: [],
      configuration: {},
    };
    expect(costAfter(JSON.stringify(plan))).toBe('48.00 USD a month, and 1 resources without a known price');
  });

  test('every one is shown on the page of the library', () => {
    const programs = readdirSync(join(root, 'docs', 'examples')).map((file) => file.replace(/\.ts$/, ''));
    expect(programs.filter((name) => !read('docs', 'library.md').includes(`<!-- example ${name}: `))).toEqual([]);
  });
});

test('the page about state names every secret that a resource of the tiers can leave there', () => {
  interface Schema {
    readonly resources: Readonly<Record<string, { readonly attributes: Readonly<Record<string, { readonly sensitive?: boolean }>> }>>;
  }
  const { resources } = JSON.parse(read('terraform', 'standin', 'data', 'provider-2.71.0.json')) as Schema;
  const used = [1, 2, 3].flatMap((tier) =>
    read('test', 'golden', `digitalocean-tier${tier}`, 'addresses.txt')
      .split('\n')
      .map((address) => address.trim().split('.')[0] ?? ''),
  );
  const rows = read('docs', 'state.md')
    .split('\n')
    .filter((line) => line.startsWith('|'));
  const secrets = [...new Set(used)].flatMap((type) =>
    Object.entries(resources[type]?.attributes ?? {})
      .filter(([, { sensitive }]) => sensitive === true)
      .map(([name]) => ({ type, name })),
  );
  expect(secrets.length).toBeGreaterThan(8);
  expect(secrets.filter(({ type, name }) => !rows.some((row) => row.includes(`\`${type}\``) && row.includes(`\`${name}\``)))).toEqual([]);
});
