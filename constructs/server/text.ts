import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { packageNotFound } from './errors';

/** Text of a file under `constructs/server/files/`, the same from TypeScript and from `dist/`. */
export function serverFile(path: string): string {
  return readFileSync(join(packageRoot(__dirname), 'constructs', 'server', 'files', path), 'utf8');
}

function packageRoot(from: string): string {
  if (existsSync(join(from, 'package.json'))) return from;
  const parent = dirname(from);
  if (parent === from) throw packageNotFound();
  return packageRoot(parent);
}
