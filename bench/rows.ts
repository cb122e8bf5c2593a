import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadEnvironment } from '../environments/load';
import { synthesize } from '../stacks/synthesize';
import { packageFile } from '../terraform/package-root';
import { plainScript, stacksIn } from './floor';
import { synthesizeMany } from './growth';
import { compare, timed, type Contestant } from './measure';
import { runProcess, type ProcessSample, type Program } from './processes';
import { memoryRow, timeRow, type Row } from './report';

/** Where the limits stand: docs/benchmarks.md. */
const limits = { warm: 1.2, cold: 1.6, command: 0.2, memory: 150, growth: 110, ladder: 1.2, ladderMemory: 200 } as const;

/** A copy of the project with the sample environment, and the floor's script for it. */
export interface Bench {
  /** Folder of its own for everything that is written. */
  readonly room: string;
  readonly project: string;
  readonly script: string;
}

/** Lays out what is measured. */
export function prepare(room: string): Bench {
  const project = join(room, 'project');
  mkdirSync(project);
  cpSync(packageFile('environments'), join(project, 'environments'), { recursive: true });
  // Without the compiler's run, so that `cdktf synth` differs from our program by the command alone.
  writeFileSync(
    join(project, 'cdktf.json'),
    JSON.stringify({ language: 'typescript', app: `node ${JSON.stringify(ourProgram())}`, projectId: 'bench', sendCrashReports: 'false' }),
  );
  const script = join(room, 'floor.js');
  writeFileSync(script, plainScript(ladder(project)));
  return { room, project, script };
}

function ladder(project: string) {
  return synthesize(loadEnvironment(undefined, { cwd: project }).environment, { project }).tiers;
}

function ourProgram(): string {
  return packageFile('dist', 'main.js');
}

/** In one process, modules loaded: from the environment to the files, against the plain script. */
export function warm({ project, script, room }: Bench): Row[] {
  const { environment } = loadEnvironment(undefined, { cwd: project });
  const floor = require(script) as { readonly ladder: (outdir: string) => void };
  const outdir = join(room, 'floor-warm');
  const both = compare(
    { run: () => timed(() => synthesize(environment, { project })) },
    { run: () => timed(() => floor.ladder(outdir)) },
    { warmUp: 20, counted: 60 },
  );
  return [timeRow('sample ladder, modules loaded / plain script', limits.warm, both)];
}

/** Both platforms' whole ladders, every layer of every tier, modules loaded; and the memory of a process that does the same once. */
export function wholeLadder({ room }: Bench): Row[] {
  const sides = Object.entries(ladders).map(([example, tiers]) => wholeSide(example, tiers, room));
  const ours = { run: () => timed(() => sides.forEach(({ environment, project }) => synthesize(environment, { project }))) };
  const floor = { run: () => timed(() => sides.forEach(({ plain, project }) => plain(join(project, 'floor')))) };
  const resources = sides.reduce((sum, { resources: count }) => sum + count, 0);
  const process_ = Array.from({ length: 3 }, () =>
    runProcess({ arguments: [join(__dirname, 'whole-ladder.js'), ...sides.flatMap(({ project }) => [project])], cwd: room }, room),
  );
  return [
    timeRow(
      `whole ladder on both platforms, ${resources} resources / plain script`,
      limits.ladder,
      compare(ours, floor, { warmUp: 3, counted: 12 }),
    ),
    memoryRow(
      'whole ladder on both platforms, peak memory',
      limits.ladderMemory,
      process_.map(({ memory }) => memory),
    ),
  ];
}

/** Examples from which every tier of their platform can be built. */
const ladders = { 'digitalocean-tier5': 5, 'aws-tier5': 6 } as const;

function wholeSide(example: string, expected: number, room: string) {
  const project = join(room, example);
  mkdirSync(join(project, 'environments'), { recursive: true });
  cpSync(packageFile('environments', 'examples', `${example}.yaml`), join(project, 'environments', `${example}.yaml`));
  const { environment } = loadEnvironment(example, { cwd: project });
  const { tiers, warnings } = synthesize(environment, { project });
  if (tiers.length !== expected) throw new Error(`${example} builds ${tiers.length} tiers, not ${expected}: ${warnings.join(' ')}`);
  const stacks = stacksIn(join(project, 'cdktf.out'));
  const script = join(project, 'floor.js');
  writeFileSync(script, plainScript(stacks));
  const { ladder: plain } = require(script) as { readonly ladder: (outdir: string) => void };
  return { environment, project, plain, resources: stacks.reduce((sum, { json }) => sum + resourcesOf(json), 0) };
}

function resourcesOf(json: Readonly<Record<string, unknown>>): number {
  return Object.values((json['resource'] ?? {}) as Readonly<Record<string, object>>).reduce(
    (sum, named) => sum + Object.keys(named).length,
    0,
  );
}

/** As processes: `node dist/main.js` against the plain script and against `cdktf synth`. */
export function cold({ project, script, room }: Bench): Row[] {
  const ours: ProcessSample[] = [];
  const program = (each: Program, kept: ProcessSample[] = []): Contestant => ({ run: () => keep(runProcess(each, room), kept) });
  const own = program({ arguments: [ourProgram()], cwd: project }, ours);
  const plain = program({ arguments: [script, join(room, 'floor-cold')], cwd: project });
  const command = program({ arguments: [require.resolve('cdktf-cli/bundle/bin/cdktf'), 'synth'], cwd: project });
  const againstPlain = compare(own, plain, { warmUp: 1, counted: 10 });
  const againstCommand = compare(own, command, { warmUp: 1, counted: 4 });
  return [
    timeRow('node dist/main.js / plain script as a process', limits.cold, againstPlain),
    timeRow('node dist/main.js / cdktf synth', limits.command, againstCommand),
    memoryRow(
      'node dist/main.js, peak memory',
      limits.memory,
      ours.map(({ memory }) => memory),
    ),
  ];
}

function keep(sample: ProcessSample, kept: ProcessSample[]): ProcessSample {
  kept.push(sample);
  return sample;
}

/** Our stack class with 10,000 resources against the same with 100. */
export function growth({ room }: Bench): Row[] {
  const outdir = join(room, 'growth');
  const run = (resources: number) => () => timed(() => synthesizeMany(resources, outdir));
  // Compiles the code before the small stack is timed: by itself it would stay in the interpreter for many rounds.
  for (let times = 0; times < 5; times += 1) synthesizeMany(1_000, outdir);
  return [
    timeRow(
      '10,000 resources / 100 resources',
      limits.growth,
      compare({ run: run(10_000) }, { run: run(100), repeats: 100 }, { warmUp: 1, counted: 5 }),
    ),
  ];
}
