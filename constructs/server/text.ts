import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { packageNotFound } from './errors';

/** Text of a file under `constructs/server/files/`, the same from TypeScript and from `dist/`. Read once: every server group asks for the same. */
export function serverFile(path: string): string {
  const text = texts.get(path) ?? readFileSync(join(folder(), path), 'utf8');
  texts.set(path, text);
  return text;
}

const texts = new Map<string, string>();

function folder(): string {
  return join(packageRoot(__dirname), 'constructs', 'server', 'files');
}

function packageRoot(from: string): string {
  if (existsSync(join(from, 'package.json'))) return from;
  const parent = dirname(from);
  if (parent === from) throw packageNotFound();
  return packageRoot(parent);
}
