import type { Command } from 'commander';
import { sub, type Add, type Choose, type Common } from '../command';

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
  readonly reversible?: boolean;
}

/** Options of `terrace promote plan`. */
export interface PlanFlags extends TargetFlags {
  readonly users?: string;
  readonly facts?: string;
  readonly databaseGb?: string;
}

function plan(sub: Sub, group: Command, choose: Choose): void {
  sub(group, 'plan [environment]', 'Shows the whole way to another tier before anything is touched: what becomes of each component, the phases, the pause, the cost, and what cannot be undone.')
    .requiredOption('--to <tier>', 'the tier to go to')
    .option('--platform <platform>', 'the platform to go to: digitalocean, aws or google (default: where it is)')
    .option('--region <region>', 'the region on that platform')
    .option('--reversible', 'move data even where the provider could resize what holds them, so that the way back stays open')
    .option('--users <n>', 'daily users that the target must carry (default: load.dailyUsers of the environment file)')
    .option('--database-gb <n>', 'size of the database in GB (default: what a year of the load adds)')
    .option('--facts <file>', 'a YAML file of facts: databaseGb, writesPerSecond, objectsGb, cacheGb, cacheUse, extensions, tablesWithoutKey, largeObjects, shardKey, roundTripMs')
    .addHelpText('after', '\nExamples:\n  $ terrace promote plan production --to tier4\n  $ terrace promote plan staging --to tier3 --reversible --json\n  $ terrace promote plan environments/production.yaml --to tier3 --platform aws --region eu-central-1 --facts facts.yaml')
    .action((name: string | undefined, options: PlanFlags) => choose(async (_, io) => (await import('./plan')).planCommand(name, options, io)));
}

/** Options of `terrace promote phase`. */
export interface PhaseFlags extends Omit<TargetFlags, 'to'> {
  readonly to?: string;
  readonly write?: boolean;
}

function phase(sub: Sub, group: Command, choose: Choose): void {
  sub(group, 'phase <phase> [environment]', 'Shows what the environment file must hold for a phase: expand, migrate, verify, cutover, soak, contract, rollback, done. A deploy then makes it so; it is refused when its plan does more than the phase names.')
    .option('--to <tier>', 'the tier to go to, where the promotion begins')
    .option('--platform <platform>', 'the platform to go to')
    .option('--region <region>', 'the region on that platform')
    .option('--reversible', 'move data even where the provider could resize what holds them')
    .option('--write', 'write it into the file')
    .addHelpText('after', '\nExits with 10 while the file does not stand where deploys read it (promotion.source).\n\nExamples:\n  $ terrace promote phase expand production --to tier4 --write && terrace deploy tier3\n  $ terrace promote phase migrate production --write && terrace deploy tier3')
    .action((goal: string, name: string | undefined, options: PhaseFlags) => choose(async (_, io) => (await import('./phase')).phaseCommand(goal, name, options, io)));
}

/** Options of `terrace promote rehearse`. */
export interface RehearseFlags extends Common {
  readonly from?: string;
  readonly to?: string;
  readonly rows: string;
  readonly cutovers: string;
  readonly kills: string;
  readonly seed?: string;
}

function rehearse(sub: Sub, group: Command, choose: Choose): void {
  sub(group, 'rehearse', 'Runs the move of the data between two tiers on real PostgreSQL servers of this machine, with a live writer; cuts over and rolls back several times, and prints what it measured. Nothing of a cloud is touched.')
    .requiredOption('--from <tier>', 'the tier to leave')
    .requiredOption('--to <tier>', 'the tier to go to')
    .option('--rows <n>', 'rows of made-up data to move', '20000')
    .option('--cutovers <n>', 'how many times to cut over; it rolls back in between', '3')
    .option('--kills <n>', 'how many times to kill -9 the engine, the old or the new server on the way', '0')
    .option('--seed <n>', 'repeats the random choices of an earlier rehearsal')
    .addHelpText('after', '\nExits with 0 when no acknowledged write was lost and none is there twice, else with 1.\n\nExamples:\n  $ terrace promote rehearse --from tier1 --to tier2\n  $ terrace promote rehearse --from tier2 --to tier3 --rows 1000000 --kills 10 --seed 7 --json')
    .action((options: RehearseFlags) => choose(async (_, io) => (await import('./rehearse')).rehearseCommand(options, io)));
}

/** Options of `terrace promote purge`. */
export interface PurgeFlags extends Common {
  readonly confirm?: string;
  readonly backupVerified?: boolean;
}

function purge(sub: Sub, group: Command, choose: Choose): void {
  sub(group, 'purge [environment]', 'Deletes for good what earlier promotions have left standing, once its retention date has come: by Terraform, in a stack of its own.')
    .option('--backup-verified', 'a backup of the environment was restored and looked at')
    .option('--confirm <name>', "the environment's name, where nobody can be asked")
    .addHelpText('after', '\nExample:\n  $ terrace promote purge production --backup-verified')
    .action((name: string | undefined, options: PurgeFlags) => choose(async (means, io) => (await import('./purge')).purgeCommand(name, options, io, means.open)));
}

/** Options of what the engine does. */
export interface EngineFlags extends Common {
  readonly settings: string;
  readonly go?: boolean;
  readonly confirm?: string;
  readonly backupVerified?: boolean;
}

const ENGINE: Readonly<Record<string, string>> = {
  run: 'Moves the data of one PostgreSQL database to another server, or goes on where it stood: copies, keeps up to date, and with --go cuts over.',
  status: 'Says where a move of data stands.',
  pause: 'Keeps a run from changing sides until the next "run".',
  rollback: 'Leads writes back to the old side, or lets them go again there.',
  doctor: 'Explains where a move of data stands from what the servers say alone, also when the journal is lost.',
  abandon: 'Gives a move of data up while writes belong to the old side.',
  contract: 'Ends a move of data that has proved itself. From then on there is no way back.',
};

function engine(): readonly AddAction[] {
  return Object.entries(ENGINE).map(([action, description]): AddAction => (sub, group, choose) => {
    const command = sub(group, action, description).requiredOption('--settings <file>', 'the YAML file that names both servers; passwords come from TERRACE_SOURCE_PASSWORD and TERRACE_TARGET_PASSWORD');
    if (action === 'run') command.option('--go', 'cut over as soon as everything is there; without it, wait');
    if (action === 'contract') command.option('--confirm <promotion>', "the promotion's name, typed").option('--backup-verified', 'a backup of the new side was restored and looked at');
    command
      .addHelpText('after', `\nExits with 0 done, 10 waiting for --go, 20 refused by a guard, 30 try again, 40 needs a person, 2 wrong input.\n\nExample:\n  $ terrace promote ${action} --settings promotion.yaml${action === 'run' ? ' --go' : ''}`)
      .action((options: EngineFlags) => choose(async (_, io) => (await import('./engine-commands')).engineCommand(action, options, io)));
  });
}
