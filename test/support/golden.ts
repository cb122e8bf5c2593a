import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Holds a text against the file of this name in `test/golden/`. `UPDATE_GOLDEN=1` writes the file instead; what changed is
 * then read in the diff, because a golden file that no one reads proves nothing.
 */
export function expectGolden(name: string, text: string): void {
  const file = join(__dirname, '..', 'golden', name);
  const wanted = `${text.trimEnd()}\n`;
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, wanted);
  }
  expect(existsSync(file) ? readFileSync(file, 'utf8') : `(${name} is missing; UPDATE_GOLDEN=1 writes it)`).toBe(wanted);
}
