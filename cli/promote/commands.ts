import type { Command } from 'commander';
import type { Add, Common } from '../program';

type Sub = (program: Command, usage: string, description: string) => Command;
type Choose = Parameters<Add>[1];

/** Adds one action to `terrace promote`. */
export type AddAction = (sub: Sub, group: Command, choose: Choose) => void;

/** What `terrace promote` does, one command for each action. */
const actions: readonly AddAction[] = [rehearse];

/** The way to another tier. */
export function promote(sub: Sub): Add {
  return (program, choose) => {
    const group = program.command('promote').description('Moves an environment to another tier with its data.').helpCommand(false);
    for (const add of actions) add(sub, group, choose);
  };
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
