import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderError, TerraceError } from '../values/errors';
import { plans, promotions } from './reading';
import { rehearsals } from './rehearsal';
import { report, table } from './report';
import { cold, growth, prepare, warm, wholeLadder, type Bench } from './rows';
import type { Row } from './report';
import { selection } from './selection';

/** `npm run bench [-- --json]`: exit code 1 when a limit is exceeded. */
async function main(): Promise<void> {
  const room = mkdtempSync(join(tmpdir(), 'terrace-bench-'));
  try {
    const found = report(await measured(prepare(room)));
    console.log(process.argv.includes('--json') ? JSON.stringify(found, null, 2) : table(found.rows));
    if (!found.ok) process.exitCode = 1;
  } finally {
    rmSync(room, { recursive: true, force: true });
  }
}

const parts: readonly (readonly [what: string, measure: (bench: Bench) => Row[] | Promise<Row[]>])[] = [
  ['the sample ladder, modules loaded', warm],
  ['as processes', cold],
  ['the whole ladder', wholeLadder],
  ['growth', growth],
  ['selection', selection],
  ['what reads a plan', plans],
  ['planning a promotion', promotions],
  ['rehearsing one', rehearsals],
];

async function measured(bench: Bench): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [what, measure] of parts) {
    if (process.stderr.isTTY) console.error(`measuring ${what} ...`);
    rows.push(...(await measure(bench)));
  }
  return rows;
}

main().catch((error: unknown) => {
  if (!(error instanceof TerraceError)) throw error;
  console.error(renderError(error));
  process.exitCode = error.exitCode;
});
