import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { packageFile } from '../terraform/package-root';
import { compare } from './measure';
import { multiplied, planOf, printPlan } from './plan';
import { runProcess, type ProcessSample } from './processes';
import { memoryRow, timeRow, type Row } from './report';
import type { Bench } from './rows';

/** Where the limits stand: docs/benchmarks.md. */
const limits = { show: 0.5, growth: 11, memory: 250 } as const;

const resources = 1000;

/** Estimating a plan, against what Terraform needs to print it. Nothing where there is no Terraform to make one. */
export async function estimates({ room }: Pick<Bench, 'room'>): Promise<Row[]> {
  const plan = await planOf(resources, room);
  if (plan === undefined) return [];
  const [small, large] = [join(room, 'plan-1000.json'), join(room, 'plan-10000.json')];
  printPlan(plan, small);
  multiplied(small, 10, large);
  const printed = compare({ run: () => estimateOf(small, room) }, { run: () => printPlan(plan, join(room, 'again.json')) }, { warmUp: 1, counted: 5 });
  const largeRuns: ProcessSample[] = [];
  const growth = compare({ run: () => keep(estimateOf(large, room), largeRuns) }, { run: () => estimateOf(small, room) }, { warmUp: 1, counted: 5 });
  return [
    timeRow(`terrace estimate of 1,000 resources / terraform show -json (${plan.provider})`, limits.show, printed),
    timeRow('terrace estimate of 10,000 resources / of 1,000', limits.growth, growth),
    memoryRow('terrace estimate of 10,000 resources, peak memory', limits.memory, largeRuns.map(({ memory }) => memory)),
  ];
}

/** The command, as a person types it. */
function estimateOf(plan: string, room: string): ProcessSample {
  const output = openSync(join(room, 'estimate.json'), 'w');
  try {
    return runProcess({ arguments: [packageFile('bin', 'terrace.js'), 'estimate', '--plan', plan, '--json'], cwd: room, output }, room);
  } finally {
    closeSync(output);
  }
}

function keep(sample: ProcessSample, kept: ProcessSample[]): ProcessSample {
  kept.push(sample);
  return sample;
}
