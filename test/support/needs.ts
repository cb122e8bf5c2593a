import { execFileSync, spawnSync } from 'node:child_process';

/** `test` where the tool is installed; elsewhere a skipped test, which the closing line counts by name. */
export function needs(...tools: readonly string[]): typeof test {
  const missing = tools.filter((tool) => !installed(tool));
  return missing.length === 0 ? test : skipped(`${missing.join(', ')} not installed`);
}

/** `test` where this user may make network namespaces and the tools are installed. */
export function needsNamespaces(...tools: readonly string[]): typeof test {
  return spawnSync('unshare', ['--net', 'true']).status === 0 ? needs('ip', ...tools) : skipped('no right to make network namespaces');
}

/** `test` where the surroundings name a value, such as the path of another program. */
export function needsGiven(variable: string, value: string | undefined): typeof test {
  return value === undefined || value === '' ? skipped(`${variable} is not set`) : test;
}

function skipped(why: string): typeof test {
  const skip = (name: string): void => test['skip'](`${name} (skipped: ${why})`, () => undefined);
  return Object.assign(skip, { concurrent: skip }) as unknown as typeof test;
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
