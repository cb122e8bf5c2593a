import type { Command } from 'commander';
import type { Add, Common } from './program';

type Sub = (program: Command, usage: string, description: string) => Command;

/** The commands that ask before anything runs: what carries a load, and which tier to take. */
export function planningCommands(sub: Sub): readonly Add[] {
  return [capacity(sub)];
}

/** Options of `terrace capacity`. */
export interface CapacityFlags extends Common {
  readonly users?: string;
  readonly basis?: string;
  readonly growth?: string;
  readonly today?: string;
  readonly metrics?: string;
  readonly quotas?: string;
}

function capacity(sub: Sub): Add {
  return (program, choose) => {
    sub(program, 'capacity [tier]', 'Says what a tier carries: every limit, which binds first and at how many users, what fails alone. Without a tier, the one that the environment is at.')
      .option('--users <n>', 'users instead of those in the environment file')
      .option('--basis <basis>', 'what users counts: daily, total or concurrent (default daily)')
      .option('--growth <rate>', 'growth in a month, 0.1 is a tenth more: gives the dates (default: load.growthPerMonth)')
      .option('--today <date>', 'count dates from this day instead of today')
      .option('--metrics <file>', 'fit load and growth to a CSV of time, metric, value')
      .option('--quotas <file>', "check the tier against the account's limits")
      .addHelpText('after', '\nExamples:\n  $ terrace capacity\n  $ terrace capacity tier2 --users 120 --growth 0.15\n  $ terrace capacity --metrics users.csv --json')
      .action((tier: string | undefined, options: CapacityFlags) => choose(async (means, io) => (await import('./capacity')).capacityCommand(tier, options, io, means.open)));
  };
}
