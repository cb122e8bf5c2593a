import { closeSync, copyFileSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFile } from '../terraform/package-root';
import { compare } from './measure';
import { checkovOver, multiplied, planOf, printPlan, type BenchPlan } from './plan';
import { runProcess, type ProcessSample } from './processes';
import { figureRow, memoryRow, timeRow, type Row } from './report';
import type { Bench } from './rows';

/** A command that reads a plan, and where its limits stand: docs/benchmarks.md. */
interface Reader {
  readonly command: 'estimate' | 'review';
  /** Against what Terraform needs to print the plan. */
  readonly show: number;
  /** Ten times the resources against the resources. */
  readonly growth: number;
  /** Peak memory of 10,000 resources, in MB. */
  readonly memory: number;
}

const readers: readonly Reader[] = [
  { command: 'estimate', show: 0.5, growth: 11, memory: 250 },
  { command: 'review', show: 1, growth: 11, memory: 400 },
];

/** Milliseconds that a person waits at most for the plan of the largest pair. */
const slowestPlan = 2000;

const resources = 1000;

/** Reading a plan, against what Terraform needs to print it. Nothing where there is no Terraform to make one. */
export async function plans({ room }: Pick<Bench, 'room'>): Promise<Row[]> {
  const plan = await planOf(resources, room);
  if (plan === undefined) return [];
  const [small, large] = [join(room, 'plan-1000.json'), join(room, 'plan-10000.json')];
  printPlan(plan, small);
  multiplied(small, 10, large);
  return [...readers.flatMap((reader) => read(reader, plan, small, large, room)), ...againstCheckov(plan, small, room)];
}

/** Checkov needs seconds for a plan: few rounds are enough to tell a twentieth. */
const checkovShare = 0.05;

/** The review against Checkov on the same plan. Nothing where Checkov is not installed, or where the plan is not of AWS, of which it knows most. */
function againstCheckov({ provider }: BenchPlan, small: string, room: string): Row[] {
  const checkov = provider === 'hashicorp/aws' ? checkovOver(small) : undefined;
  if (checkov === undefined) {
    console.error(
      `skipped: terrace review against Checkov (${provider === 'hashicorp/aws' ? 'checkov is not installed' : 'no plan of hashicorp/aws'})`,
    );
    return [];
  }
  const compared = compare(
    { run: () => terrace(['review', '--plan', small, '--json'], room), repeats: 3 },
    { run: checkov },
    { warmUp: 0, counted: 3 },
  );
  return [timeRow(`terrace review of 1,000 resources / Checkov (${provider})`, checkovShare, compared)];
}

function read({ command, show, growth, memory }: Reader, plan: BenchPlan, small: string, large: string, room: string): Row[] {
  const run = (file: string): ProcessSample => terrace([command, '--plan', file, '--json'], room);
  const printed = compare({ run: () => run(small) }, { run: () => printPlan(plan, join(room, 'again.json')) }, { warmUp: 1, counted: 5 });
  const largeRuns: ProcessSample[] = [];
  const grown = compare({ run: () => keep(run(large), largeRuns) }, { run: () => run(small) }, { warmUp: 1, counted: 5 });
  return [
    timeRow(`terrace ${command} of 1,000 resources / terraform show -json (${plan.provider})`, show, printed),
    timeRow(`terrace ${command} of 10,000 resources / of 1,000`, growth, grown),
    memoryRow(
      `terrace ${command} of 10,000 resources, peak memory`,
      memory,
      largeRuns.map((sample) => sample.memory),
    ),
  ];
}

/** Planning the largest promotion, as a process: two regions of AWS, and a cluster at Google. */
export function promotions({ room }: Pick<Bench, 'room'>): Row[] {
  mkdirSync(join(room, 'environments'), { recursive: true });
  writeFileSync(join(room, 'cdktf.json'), '{}');
  copyFileSync(packageFile('environments', 'examples', 'aws-tier5.yaml'), join(room, 'environments', 'aws-tier5.yaml'));
  const args = ['promote', 'plan', 'aws-tier5', '--to', 'tier6', '--json'];
  const samples = Array.from({ length: 6 }, () => terrace(args, room).wall);
  return [figureRow('terrace promote plan, AWS tier5 to tier6, by the clock', slowestPlan, samples.slice(1))];
}

/** The command, as a person types it. A review of something dangerous ends with 3, a plan with blockers with 1. */
function terrace(args: readonly string[], room: string): ProcessSample {
  const output = openSync(join(room, 'answer.json'), 'w');
  try {
    return runProcess({ arguments: [packageFile('bin', 'terrace.js'), ...args], cwd: room, output, ends: [0, 3] }, room);
  } finally {
    closeSync(output);
  }
}

function keep(sample: ProcessSample, kept: ProcessSample[]): ProcessSample {
  kept.push(sample);
  return sample;
}
