import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { packageFile } from '../package-root';
import { pluginNotBuilt } from './errors';
import { served, servedProviders, type Served, type ServedName } from './served';
import { PROVIDER_VARIABLE, SANDBOX_VARIABLE } from './server';

export interface MirrorOptions {
  /** Terraform's name of the machine, e.g. `linux_amd64`. @default - this machine */
  readonly platform?: string;
  /** The compiled entry that the provider file starts. @default - `dist/terraform/standin/plugin.js` of this package */
  readonly plugin?: string;
  /**
   * File with the objects. Terraform starts a provider in the directory of the stack, so a mirror that serves several
   * stacks should name one. TERRACE_SANDBOX_STATE still comes first.
   * @default - `.terrace/sandbox.json` in the directory where Terraform runs
   */
  readonly state?: string;
  /** Providers that the folder holds. @default - every one that the stand-in knows */
  readonly providers?: readonly ServedName[];
}

/** A folder that Terraform takes providers from. */
export interface Mirror {
  /** A CLI configuration file that points at the folder: the value of TF_CLI_CONFIG_FILE. */
  readonly cliConfig: string;
  /** By provider `h1:...`, which a lock file may name for this very mirror. It differs from machine to machine, by the path of the package. */
  readonly hashes: Readonly<Partial<Record<ServedName, string>>>;
}

/**
 * Writes the stand-in into a folder as ordinary provider files, with a CLI configuration beside it: then plain
 * `terraform` and cdktf-cli use it without anything running.
 * @throws STANDIN_NOT_BUILT when the package is not compiled
 */
export async function installMirror(directory: string, options: MirrorOptions = {}): Promise<Mirror> {
  const plugin = options.plugin ?? packageFile('dist', 'terraform', 'standin', 'plugin.js');
  if (!existsSync(plugin)) throw pluginNotBuilt(plugin);
  const root = resolve(directory);
  const names = options.providers ?? servedProviders.map(({ name }) => name);
  const hashes = names.map((name) => [name, install(root, served(name), plugin, options)] as const);
  const cliConfig = join(root, 'terraform.tfrc');
  writeFileSync(cliConfig, cliConfiguration(root, names));
  return { cliConfig, hashes: Object.fromEntries(hashes) };
}

/** @returns the hash of what was written */
function install(
  root: string,
  { name, source, version }: Served,
  plugin: string,
  { platform = thisPlatform(), state }: MirrorOptions,
): string {
  const folder = join(root, source, version, platform);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `terraform-provider-${name}_v${version}`), launcher(name, plugin, state), { mode: 0o755 });
  return directoryHash(folder);
}

function launcher(name: string, plugin: string, state: string | undefined): string {
  const kept = state === undefined ? '' : `process.env.${SANDBOX_VARIABLE} ||= ${JSON.stringify(resolve(state))};\n`;
  return `#!/usr/bin/env node\nprocess.env.${PROVIDER_VARIABLE} = ${JSON.stringify(name)};\n${kept}require(${JSON.stringify(resolve(plugin))});\n`;
}

/** Other providers still come from where they always come from. */
function cliConfiguration(root: string, names: readonly ServedName[]): string {
  const sources = JSON.stringify(names.map((name) => served(name).source));
  return [
    'provider_installation {',
    '  filesystem_mirror {',
    `    path    = ${JSON.stringify(root)}`,
    `    include = ${sources}`,
    '  }',
    '  direct {',
    `    exclude = ${sources}`,
    '  }',
    '}',
    '',
  ].join('\n');
}

/** Terraform's name of this machine. */
export function thisPlatform(platform: string = process.platform, architecture: string = process.arch): string {
  const system = platform === 'win32' ? 'windows' : platform;
  const names: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386' };
  return `${system}_${names[architecture] ?? architecture}`;
}

/** Terraform's `h1:` hash of an unpacked provider: SHA-256 over the sorted lines of `sha256sum` of its files. */
export function directoryHash(folder: string): string {
  const files = readdirSync(folder).sort();
  const lines = files.map(
    (file) =>
      `${createHash('sha256')
        .update(readFileSync(join(folder, file)))
        .digest('hex')}  ${file}\n`,
  );
  return `h1:${createHash('sha256').update(lines.join('')).digest('base64')}`;
}
