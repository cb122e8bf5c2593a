import { readFileSync } from 'node:fs';
import { packageFile } from '../../terraform/package-root';

/**
 * A program of `docs/examples/` as a fenced block. The programs are compiled and run by tests, so a page cannot show what
 * does not work; a reader imports the package by its name where they import it by its path.
 */
export function exampleProgram(name: string): string {
  const program = readFileSync(packageFile('docs', 'examples', `${name}.ts`), 'utf8');
  return `\`\`\`ts\n${program.trimEnd().replaceAll("'../../index'", "'terrace'")}\n\`\`\``;
}
