import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, parse } from 'node:path';

/**
 * A folder from which Terraform can take a provider without a registry; undefined where this machine has none. Looked for in
 * the CLI configuration that TF_CLI_CONFIG_FILE names or that is the user's own, in the folders that Terraform itself
 * searches, and in folders two levels below the root of the file system.
 */
export function providerMirror(source: string, version: string): string | undefined {
  return [...configured(), ...searched(), ...belowRoot()].find((folder) =>
    existsSync(join(folder, 'registry.terraform.io', source, version)),
  );
}

/** A CLI configuration that takes providers from this mirror alone. */
export function mirrorConfiguration(folder: string): string {
  return `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(folder)}\n  }\n}\n`;
}

function configured(): readonly string[] {
  const files = [process.env['TF_CLI_CONFIG_FILE'] ?? '', join(homedir(), '.terraformrc')].filter(
    (file) => file !== '' && existsSync(file),
  );
  return files.flatMap((file) => Array.from(readFileSync(file, 'utf8').matchAll(/path\s*=\s*"([^"]+)"/g), (match) => match[1] ?? ''));
}

function searched(): readonly string[] {
  return [join(homedir(), '.terraform.d', 'plugins'), '/usr/local/share/terraform/plugins', '/usr/share/terraform/plugins'];
}

function belowRoot(): readonly string[] {
  const { root } = parse(homedir());
  const skipped = new Set(['dev', 'proc', 'sys', 'tmp', 'run']);
  return foldersIn(root)
    .filter((name) => !skipped.has(name))
    .flatMap((name) => foldersIn(join(root, name)).map((child) => join(root, name, child)));
}

function foldersIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
  } catch {
    return [];
  }
}
