import { fieldTable, reservedTable } from '../environments/field-table';
import { environmentJsonSchema } from '../environments/json-schema';
import type { Compiler } from './compiler';

const begin = '<!-- fields: written by npm run compile -->';
const end = '<!-- end of fields -->';

/** The JSON Schema that editors read beside the environment files. */
function compileEnvironmentSchema(): string {
  return `${JSON.stringify(environmentJsonSchema(), null, 2)}\n`;
}

/** The page with its table of fields written anew; the words around it stay. @throws Error when the marks are gone */
function compileFieldTable(page: string): string {
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from < 0 || to < from) throw new Error(`docs/environment-file.md lacks the marks "${begin}" and "${end}"`);
  return `${page.slice(0, from + begin.length)}\n\n${fieldTable(environmentJsonSchema())}\n\n${reservedTable()}\n\n${page.slice(to)}`;
}

/** What is generated from the schema of environment files. */
export const environmentCompilers: readonly Compiler[] = [
  { source: 'environments/schema.ts', target: 'environments/environment.schema.json', compile: compileEnvironmentSchema },
  { source: 'docs/environment-file.md', target: 'docs/environment-file.md', compile: compileFieldTable },
];
