import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A file of this package, found from the sources and from the compiled output alike. */
export function packageFile(...segments: readonly string[]): string {
  return join(packageRoot(__dirname), ...segments);
}

function packageRoot(from: string): string {
  if (existsSync(join(from, 'package.json'))) return from;
  return packageRoot(dirname(from));
}
