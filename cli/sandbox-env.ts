import { join } from 'node:path';
import { installMirror } from '../terraform/standin';
import { printJson } from './answer';
import { sandboxWithRealState } from './errors';
import type { Io } from './io';
import { projectFolder, readEnvironment } from './project';

/** Any value does where nobody checks it, and none of a real account's may be there. */
const CREDENTIALS = [
  'DIGITALOCEAN_TOKEN',
  'SPACES_ACCESS_KEY_ID',
  'SPACES_SECRET_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
];

/**
 * Installs the stand-in as an ordinary provider file, and prints the variables with which plain `terraform` and `cdktf`
 * use it: `eval "$(terrace sandbox env)"`.
 * @throws CLI_SANDBOX_REAL_STATE
 */
export async function sandboxEnv(options: { readonly environment?: string; readonly json?: boolean }, io: Io): Promise<number> {
  const folder = projectFolder(io.cwd);
  const { environment, file } = await readEnvironment(options.environment, folder, io);
  if (environment.state.backend !== 'local' || environment.disposable === undefined)
    throw sandboxWithRealState(
      environment.name,
      environment.state.backend === 'local' ? environment.state.path : environment.state.backend,
    );
  const { cliConfig } = await installMirror(join(folder, '.terrace', 'mirror'));
  const variables = {
    TERRACE_ENVIRONMENT: file,
    TF_CLI_CONFIG_FILE: cliConfig,
    TERRACE_SANDBOX_STATE: join(folder, '.terrace', 'sandbox.json'),
    CDKTF_DISABLE_PLUGIN_CACHE_ENV: '1',
    CHECKPOINT_DISABLE: '1',
    ...Object.fromEntries(CREDENTIALS.map((name) => [name, 'sandbox'])),
    ...Object.fromEntries(environment.app.secrets.map((name) => [`TF_VAR_secret_${name.toLowerCase()}`, 'made-up-for-the-stand-in'])),
  };
  if (options.json === true) printJson(variables, io);
  else
    io.out(
      `${Object.entries(variables)
        .map(([name, value]) => `export ${name}=${quoted(value)}`)
        .join('\n')}\n`,
    );
  return 0;
}

/** For a POSIX shell: nothing inside single quotes means anything but the quote itself. */
function quoted(value: string): string {
  return `'${value.replaceAll("'", "'\\''")}'`;
}
