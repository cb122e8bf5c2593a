import { execFileSync } from 'node:child_process';

/** `test` where the tool is installed; elsewhere a skipped test, which the closing line counts by name. */
export function needs(...tools: readonly string[]): typeof test {
  const missing = tools.filter((tool) => !installed(tool));
  if (missing.length === 0) return test;
  const skipped = (name: string): void => test['skip'](`${name} (skipped: ${missing.join(', ')} not installed)`, () => undefined);
  return skipped as unknown as typeof test;
}

/** Whether a program of this name is on the PATH. */
export function installed(tool: string): boolean {
  try {
    execFileSync('which', [tool], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
