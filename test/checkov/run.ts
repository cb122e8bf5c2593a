import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A check that failed, and the folder and resource it speaks of. */
export interface FailedCheck {
  readonly check: string;
  readonly folder: string;
  /** `resource.app_g1_1` from some checks, `aws_instance.app_g1_1` from others. */
  readonly resource: string;
}

export interface CheckovReport {
  readonly failed: readonly FailedCheck[];
  /** Folders of which it checked anything at all. */
  readonly folders: ReadonlySet<string>;
}

interface Result {
  readonly check_id: string;
  readonly file_path: string;
  readonly resource: string;
}

/**
 * Writes each configuration into a folder of its own and runs Checkov over all of them, once. Its framework `terraform` skips JSON
 * without a word: it is `terraform_json` that reads it. Offline: nothing is fetched, and no key of its vendor is looked for.
 */
export async function runCheckov(
  root: string,
  configurations: ReadonlyMap<string, Readonly<Record<string, unknown>>>,
): Promise<CheckovReport> {
  for (const [name, json] of configurations) {
    mkdirSync(join(root, name));
    writeFileSync(join(root, name, 'main.tf.json'), JSON.stringify(readable(json), null, 2));
  }
  const flags = ['-d', '.', '--framework', 'terraform_json', '--skip-download', '--compact', '--soft-fail', '-o', 'json'];
  const { stdout } = await promisify(execFile)('checkov', flags, { cwd: root, env: offline(), maxBuffer: 256 * 1024 * 1024 });
  const { passed_checks: passed, failed_checks: failed } = (
    JSON.parse(stdout) as { results: { passed_checks: Result[]; failed_checks: Result[] } }
  ).results;
  return {
    failed: failed.map(({ check_id, file_path, resource }) => ({ check: check_id, folder: folderOf(file_path), resource })),
    folders: new Set([...passed, ...failed].map(({ file_path }) => folderOf(file_path))),
  };
}

/** Checkov stops at `required_version`, and knows none of the blocks that tell what became of a resource. */
function readable({
  terraform: _terraform,
  moved: _moved,
  removed: _removed,
  import: _import,
  '//': _comment,
  ...others
}: Readonly<Record<string, unknown>>): object {
  return others;
}

function offline(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(?:BC_|PRISMA_|CKV_|CHECKOV_)/.test(name));
  return {
    ...Object.fromEntries(own),
    LOG_LEVEL: 'ERROR',
    BC_SKIP_MAPPING: 'TRUE',
    CHECKOV_RUN_SCA_PACKAGE_SCAN_V2: 'false',
    ANSI_COLORS_DISABLED: '1',
  };
}

function folderOf(path: string): string {
  return path.split('/')[1] ?? '';
}
