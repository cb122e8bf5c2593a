import { appendFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

/**
 * Loaded before a measured program (`node --require`): when the process ends, it adds what the process used to a file. Node tells a parent
 * nothing about its children, and `/usr/bin/time` is not everywhere.
 */
const file = process.env['TERRACE_BENCH_USAGE'];
if (isMainThread && file !== undefined) process.on('exit', () => appendFileSync(file, `${JSON.stringify(used())}\n`));

function used() {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  return { cpu: (userCPUTime + systemCPUTime) / 1000, memory: (maxRSS * 1024) / 1e6 };
}
