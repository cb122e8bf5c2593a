import { estimateJsonSchemas } from '../analysis/pricing/document/schema';
import { usageKeys } from '../analysis/pricing/usage-keys';
import { infracostKeys } from '../analysis/pricing/usage-file/infracost-keys';
import type { Compiler } from './compiler';

const source = 'analysis/pricing/document/schema.ts';

/** The JSON Schemas of what `terrace estimate --json` and `terrace estimate diff --json` print, and the tables of docs/estimate.md. */
export const estimateCompilers: readonly Compiler[] = [
  { source, target: 'docs/estimate.schema.json', compile: () => schemaText('estimate') },
  { source, target: 'docs/estimate-diff.schema.json', compile: () => schemaText('difference') },
  { source: 'docs/estimate.md', target: 'docs/estimate.md', compile: compileEstimatePage },
];

function schemaText(which: 'estimate' | 'difference'): string {
  return `${JSON.stringify(estimateJsonSchemas()[which], null, 2)}\n`;
}

/** The page with its tables written anew; the words around them stay. @throws Error when the marks are gone */
function compileEstimatePage(page: string): string {
  return between(between(page, 'usage figures', usageTable()), 'Infracost keys', infracostTable());
}

function between(page: string, name: string, table: string): string {
  const [begin, end] = [`<!-- ${name}: written by npm run compile -->`, `<!-- end of ${name} -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/estimate.md lacks the marks "${begin}" and "${end}"`);
  return `${page.slice(0, from + begin.length)}\n\n${table}\n\n${page.slice(to)}`;
}

function usageTable(): string {
  const rows = Object.entries(usageKeys).map(([key, meaning]) => `| \`${key}\` | ${meaning} |`);
  return ['| figure, a month | what it counts |', '|---|---|', ...rows].join('\n');
}

function infracostTable(): string {
  const rows = Object.entries(infracostKeys).map(
    ([type, keys]) =>
      `| \`${type}\` | ${Object.entries(keys)
        .map(([key, { key: ours }]) => `\`${key}\` (\`${ours}\`)`)
        .join(', ')} |`,
  );
  return ['| type | keys that are read, and the figure that each becomes |', '|---|---|', ...rows].join('\n');
}
