import type { Command } from 'commander';
import { sub, type Add, type Choose, type Common } from '../command';

/** Actions that change an environment: one of them at a time, from its first look to its last word. */
export const DRIVES: ReadonlySet<string> = new Set(['run', 'rollback', 'abandon', 'contract']);

type Sub = typeof sub;

/** Adds one action to `terrace promote`. */
export type AddAction = (sub: Sub, group: Command, choose: Choose) => void;

/** The way to another tier. */
export const promote: Add = (program, choose) => {
  const group = program.command('promote').description('Moves an environment to another tier with its data.').helpCommand(false);
  for (const add of [plan, phase, rehearse, purge, ...engine()]) add(sub, group, choose);
};

/** Where a promotion goes. */
export interface TargetFlags extends Common {
  readonly to: string;
  readonly platform?: string;
  readonly region?: string;
  readonly regions?: string;
  readonly reversible?: boolean;
}

/** What is known of the data. */
export interface FactFlags {
  readonly facts?: string;
  readonly databaseGb?: string;
}

/** Options of `terrace promote plan`. */
export interface PlanFlags extends TargetFlags, FactFlags {
  readonly users?: string;
  readonly acceptShortCapacity?: boolean;
}

const FACTS = [
  ['--database-gb <n>', 'size of the database in GB (default: what a year of the load adds)'],
  [
    '--facts <file>',
    'a YAML file of facts: databaseGb, writesPerSecond, objectsGb, cacheGb, cacheUse, extensions, tablesWithoutKey, largeObjects, databaseMove, shardKey, roundTripMs',
  ],
] as const;

/** What a promotion begins with beside its target. */
const BEGIN = [
  ...FACTS,
  [
    '--accept-short-capacity',
    'begin although the target carries less than 1.25 times the load; never below the load itself (default: refused)',
  ],
] as const;

function plan(sub: Sub, group: Command, choose: Choose): void {
  sub(
    group,
    'plan [environment]',
    'Shows the whole way to another tier before anything is touched: what becomes of each component, the phases, the pause, the cost, and what cannot be undone.',
  )
    .requiredOption('--to <tier>', 'the tier to go to')
    .option('--platform <platform>', 'the platform to go to: digitalocean, aws or google (default: where it is)')
    .option('--region <region>', 'the region on that platform')
    .option('--regions <list>', 'further regions, joined by commas, for tiers that stand in several')
    .option('--reversible', 'move databases and caches even where the provider could resize them, so that the way back stays open')
    .option('--users <n>', 'daily users that the target must carry (default: load.dailyUsers of the environment file)')
    .option(...FACTS[0])
    .option(...FACTS[1])
    .option('--accept-short-capacity', 'name commands that begin although the target carries less than 1.25 times the load')
    .addHelpText(
      'after',
      '\nExits with 1 when the target carries less than 1.25 times the load: "run" refuses to begin then without --accept-short-capacity.\n\nExamples:\n  $ terrace promote plan production --to tier4\n  $ terrace promote plan staging --to tier3 --reversible --json\n  $ terrace promote plan environments/production.yaml --to tier3 --platform aws --region eu-central-1 --facts facts.yaml',
    )
    .action((name: string | undefined, options: PlanFlags) =>
      choose(async (_, io) => (await import('./plan')).planCommand(name, options, io)),
    );
}

/** Options of `terrace promote phase`. */
export interface PhaseFlags extends Omit<TargetFlags, 'to'>, FactFlags {
  readonly to?: string;
  readonly write?: boolean;
  readonly acceptShortCapacity?: boolean;
}

function phase(sub: Sub, group: Command, choose: Choose): void {
  const command = sub(
    group,
    'phase <phase> [environment]',
    'Shows what the environment file must hold for a phase: expand, migrate, verify, cutover, soak, contract, rollback, done. A deploy then makes it so; it is refused when its plan does more than the phase names.',
  )
    .option('--to <tier>', 'the tier to go to, where the promotion begins')
    .option('--platform <platform>', 'the platform to go to')
    .option('--region <region>', 'the region on that platform')
    .option('--regions <list>', 'further regions, joined by commas, for tiers that stand in several')
    .option('--reversible', 'move databases and caches even where the provider could resize them')
    .option('--write', 'write it into the file');
  for (const [flags, text] of BEGIN) command.option(flags, `where the promotion begins: ${text}`);
  command
    .addHelpText(
      'after',
      '\nExits with 10 while the file does not stand where deploys read it (promotion.source).\n\nExamples:\n  $ terrace promote phase expand production --to tier4 --write && terrace deploy tier3\n  $ terrace promote phase migrate production --write && terrace deploy tier3',
    )
    .action((goal: string, name: string | undefined, options: PhaseFlags) =>
      choose(async (_, io) => (await import('./phase')).phaseCommand(goal, name, options, io)),
    );
}

/** Options of `terrace promote rehearse`. */
export interface RehearseFlags extends Common {
  readonly from?: string;
  readonly to?: string;
  readonly rows: string;
  readonly cutovers: string;
  readonly kills: string;
  readonly seed?: string;
  /** Whether Terraform takes part. @default true */
  readonly terraform?: boolean;
}

function rehearse(sub: Sub, group: Command, choose: Choose): void {
  sub(
    group,
    'rehearse',
    'Runs a promotion between two tiers on real PostgreSQL servers of this machine, with a live writer, while Terraform applies its phases on the stand-in; cuts over and rolls back several times, and prints what it measured. Nothing of a cloud is touched.',
  )
    .requiredOption('--from <tier>', 'the tier to leave')
    .requiredOption('--to <tier>', 'the tier to go to')
    .option('--rows <n>', 'rows of made-up data to move', '20000')
    .option('--cutovers <n>', 'how many times to cut over; it rolls back in between', '3')
    .option('--kills <n>', 'how many times to kill -9 the engine, the old or the new server on the way', '0')
    .option('--seed <n>', 'repeats the random choices of an earlier rehearsal')
    .option('--no-terraform', 'rehearse the move of the data alone')
    .addHelpText(
      'after',
      '\nExits with 0 when no acknowledged write was lost and none is there twice, else with 1.\n\nExamples:\n  $ terrace promote rehearse --from tier1 --to tier2\n  $ terrace promote rehearse --from tier2 --to tier3 --rows 1000000 --kills 10 --seed 7 --json',
    )
    .action((options: RehearseFlags) => choose(async (_, io) => (await import('./rehearse')).rehearseCommand(options, io)));
}

/** Options of `terrace promote purge`. */
export interface PurgeFlags extends Common {
  readonly confirm?: string;
  readonly backupVerified?: boolean;
}

function purge(sub: Sub, group: Command, choose: Choose): void {
  sub(
    group,
    'purge [environment]',
    'Deletes for good what earlier promotions have left standing, once its retention date has come: by Terraform, in a stack of its own.',
  )
    .option(
      '--backup-verified',
      'somebody has restored a backup of the environment and looked at it (default: what the last "terrace drill" says)',
    )
    .option('--confirm <name>', "the environment's name, where nobody can be asked")
    .addHelpText('after', '\nExample:\n  $ terrace promote purge production --backup-verified')
    .action((name: string | undefined, options: PurgeFlags) =>
      choose(async (means, io) => (await import('./purge')).purgeCommand(name, options, io, means.open)),
    );
}

/** Options of what runs a promotion. */
export interface RunFlags extends Common, FactFlags {
  readonly to?: string;
  readonly platform?: string;
  readonly region?: string;
  readonly regions?: string;
  readonly reversible?: boolean;
  readonly source?: string;
  readonly go?: boolean;
  readonly acceptShortCapacity?: boolean;
  readonly autoApprove?: boolean;
  readonly access?: string;
  readonly keepTarget?: boolean;
  readonly confirm?: string;
  readonly backupVerified?: boolean;
  /** One database between two servers, without an environment. */
  readonly settings?: string;
}

const RUN: Readonly<Record<string, string>> = {
  run: 'Promotes an environment with its data, or goes on where it stood: phase by phase, until somebody else has to do something.',
  status: 'Says where a promotion stands.',
  pause: 'Keeps a run from changing sides until the next "run".',
  rollback: 'Leads everything back to the old side, at any point before contract, and takes away what was made for the target.',
  doctor: 'Explains where a promotion stands from what the servers say alone, also when the journal is lost.',
  abandon: 'The same as rollback, but refused once writes belong to the new side.',
  contract: 'Ends a promotion that has proved itself: lets go of the old side. From then on there is no way back.',
};

/** Further options of each. */
const OPTIONS: Readonly<Record<string, readonly (readonly [flags: string, description: string])[]>> = {
  run: [
    ['--to <tier>', 'the tier to go to'],
    ['--platform <platform>', 'the platform to go to (default: where it is)'],
    ['--region <region>', 'the region on that platform'],
    ['--regions <list>', 'further regions, joined by commas, for tiers that stand in several'],
    ['--reversible', 'move databases and caches even where the provider could resize them, so that the way back stays open'],
    ['--source <remote:branch>', 'where deploys read the environment file (default: the file itself); kept in it as promotion.source'],
    ...BEGIN,
    ['--go', 'cut over as soon as everything is there; without it, wait'],
  ],
  rollback: [['--keep-target', 'let the target stand, to cut over again later']],
  contract: [
    ['--confirm <name>', "the environment's name, typed"],
    ['--backup-verified', 'somebody has restored a backup of the new side and looked at it (default: what the last "terrace drill" says)'],
  ],
};

/** Actions that deploy. */
const DEPLOYS: ReadonlySet<string> = new Set(['run', 'rollback', 'abandon', 'contract']);

function engine(): readonly AddAction[] {
  return Object.entries(RUN).map(([action, description]): AddAction => (sub, group, choose) => {
    const command = sub(group, `${action} [environment]`, description)
      .option(
        '--access <file>',
        'the YAML file that says how this machine reaches the databases (default: .terrace/promotion/<environment>.access.yaml)',
      )
      .option('--settings <file>', 'one database between two servers that the file names, without an environment');
    if (DEPLOYS.has(action)) command.option('--auto-approve', 'do not ask before each apply');
    for (const [flags, text] of OPTIONS[action] ?? []) command.option(flags, text);
    command
      .addHelpText(
        'after',
        `\nExits with 0 done, 10 waiting for somebody, 20 refused by a guard, 30 try again, 40 needs a person, 2 wrong input.\n\nExample:\n  $ terrace promote ${action} production${EXAMPLES[action] ?? ''}`,
      )
      .action((name: string | undefined, options: RunFlags) =>
        choose(async (means, io) => (await import('./run')).runCommand(action, name, options, io, means.open)),
      );
  });
}

const EXAMPLES: Readonly<Record<string, string>> = { run: ' --to tier2 --go', contract: ' --confirm production' };
