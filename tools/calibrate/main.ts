import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { calibrate, type Measurement } from '../../analysis/capacity/calibration';
import { measureHttp } from './http';
import { type Grid, measurePostgres } from './postgres';
import { findProgram, output } from './programs';
import { measureRedis } from './redis';
import { calibrationPage, type Run } from './report';

/**
 * `npm run calibrate [-- --write]`: measures PostgreSQL, a pooler, a small HTTP server and Redis on this machine, which takes some minutes.
 * With `--write` the page goes to docs/calibration.md, else to standard output.
 */
async function main(): Promise<void> {
  const page = calibrationPage(await measured());
  if (process.argv.includes('--write')) writeFileSync(join(process.cwd(), 'docs', 'calibration.md'), page);
  else console.log(page);
}

async function measured(): Promise<Run> {
  const load = (loadavg()[0] ?? 0) / availableParallelism();
  const room = mkdtempSync(join(tmpdir(), 'terrace-calibrate-'));
  chmodSync(room, 0o755);
  try {
    const grid: Grid = { cores: availableParallelism() > 1 ? [1, 2] : [1], connections: [1, 2, 4, 8, 16], seconds: 1, runs: 3 };
    const postgres = await measurePostgres(room, grid);
    const redis = await measureRedis(grid);
    const all = [...(postgres ?? []), ...(await measureHttp(grid)), ...(redis ?? [])];
    return {
      machine: await machine(),
      load,
      date: new Date().toISOString().slice(0, 10),
      calibrations: bySubject(all).map(calibrate),
      missing: [
        ...(postgres === undefined ? ['PostgreSQL'] : []),
        ...(findProgram('pgbouncer') === undefined ? ['PgBouncer'] : []),
        ...(redis === undefined ? ['Redis'] : []),
      ],
    };
  } finally {
    rmSync(room, { recursive: true, force: true });
  }
}

function bySubject(all: readonly Measurement[]): readonly (readonly Measurement[])[] {
  return [...new Set(all.map(({ subject }) => subject))].map((subject) => all.filter((one) => one.subject === subject));
}

async function machine(): Promise<readonly string[]> {
  const postgres = findProgram('postgres');
  const version = postgres === undefined ? [] : [(await output(postgres, ['--version'])).trim()];
  return [
    `${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'})`,
    `${Math.round(totalmem() / 2 ** 30)} GiB of memory`,
    `Node ${process.versions.node}`,
    ...version,
  ];
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
