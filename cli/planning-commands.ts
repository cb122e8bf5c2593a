import type { Command } from 'commander';
import { sub, type Add, type Common } from './command';

/** The commands that ask before anything runs: what carries a load, and which tier to take. */
export const planningCommands = (): readonly Add[] => [capacity, select, tiers, init];

/** Options that say a load. */
export interface LoadFlags {
  readonly users?: string;
  readonly basis?: string;
  readonly roadmap?: string;
  /** `name=value`, each a constant of the load model. */
  readonly set?: readonly string[];
}

/** Options that a tier must keep to. */
export interface ConstraintFlags {
  readonly platform?: string;
  readonly budget?: string;
  readonly availability?: string;
  readonly region?: string;
  readonly residency?: string;
  readonly inference?: string;
  readonly model?: string;
  readonly survives?: string;
}

/** Options of `terrace select`. */
export interface SelectFlags extends Common, LoadFlags, ConstraintFlags {
  readonly write?: boolean;
}

/** Options of `terrace init`. */
export interface InitFlags extends Omit<LoadFlags, 'roadmap'>, Pick<ConstraintFlags, 'platform' | 'budget' | 'region'> {
  readonly json?: boolean;
  readonly name?: string;
  readonly domain?: string;
  readonly image?: string;
  readonly prefix?: string;
  readonly state?: string;
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

const capacity: Add = (program, choose) => {
  sub(
    program,
    'capacity [tier]',
    'Says what a tier carries: every limit, which binds first and at how many users, what fails alone. Without a tier, the one that the environment is at.',
  )
    .option('--users <n>', 'users instead of those in the environment file')
    .option('--basis <basis>', 'what users counts: daily, total or concurrent (default daily)')
    .option('--growth <rate>', 'growth in a month, 0.1 is a tenth more: gives the dates (default: load.growthPerMonth)')
    .option('--today <date>', 'count dates from this day instead of today')
    .option('--metrics <file>', 'fit load and growth to a CSV of time, metric, value')
    .option('--quotas <file>', "check the tier against the account's limits")
    .addHelpText(
      'after',
      '\nExamples:\n  $ terrace capacity\n  $ terrace capacity tier2 --users 120 --growth 0.15\n  $ terrace capacity --metrics users.csv --json',
    )
    .action((tier: string | undefined, options: CapacityFlags) =>
      choose(async (means, io) => (await import('./capacity')).capacityCommand(tier, options, io, means.open)),
    );
};

const select: Add = (program, choose) => {
  const command = sub(
    program,
    'select',
    'Finds the cheapest tier that carries a load with a quarter to spare, and says why no other. Without --users, the load, budget, platform and region of the environment file.',
  );
  withConstraints(withLoad(command))
    .option('--roadmap <roadmap>', 'whose load model to use (default deadlock-coach)')
    .option('--write', 'change the tier of the environment file; only where nothing was ever deployed')
    .addHelpText(
      'after',
      '\nExamples:\n  $ terrace select --users 800 --budget 900\n  $ terrace select --users 20000 --basis total --roadmap agent-squad --json\n  $ terrace select --users 300 --availability 99.9 --survives server\n  $ terrace select -e staging --write\n\nExits with 3, and the reasons, when nothing fits.',
    )
    .action((options: SelectFlags) => choose(async (means, io) => (await import('./select')).selectCommand(options, io, means.open)));
};

const tiers: Add = (program, choose) => {
  sub(program, 'tiers', 'Shows the ladder: users, cost, what binds each tier and where it ends. Needs no environment.')
    .addHelpText('after', '\nExample:\n  $ terrace tiers')
    .action((options: Common) => choose(async (_, io) => (await import('./tiers')).tiersCommand(options, io)));
};

const init: Add = (program, choose) => {
  const command = sub(
    program,
    'init',
    'Writes an environment file with the tier that fits. Asks for what no option says; never overwrites a file.',
  );
  withLoad(command)
    .option('--name <name>', 'name of the environment (default production)')
    .option('--domain <name>', 'where people reach the app')
    .option('--image <image>', 'container image of the app, with a version')
    .option('--prefix <name>', 'begins the names of buckets and databases (default: from the domain)')
    .option('--platform <platform>', 'digitalocean, aws or google (default digitalocean)')
    .option('--region <region>', 'region of the platform (default fra1)')
    .option('--budget <usd>', 'what it may cost, in US dollars a month')
    .option('--state <where>', 'local, spaces:BUCKET, or s3:BUCKET:REGION (default: local at tier1, else spaces:<prefix>-state)')
    .addHelpText(
      'after',
      '\nExamples:\n  $ terrace init\n  $ terrace init --name staging --users 50 --domain staging.example.com --image ghcr.io/example/app:1.4.2',
    )
    .action((options: InitFlags) => choose(async (_, io) => (await import('./init')).initCommand(options, io)));
};

function withLoad(command: Command): Command {
  return command
    .option('--users <n>', 'how many users')
    .option('--basis <basis>', "what users counts: daily, total or concurrent (default: the roadmap's)")
    .option('--set <name=value...>', 'constants of the load model that you know better');
}

function withConstraints(command: Command): Command {
  return command
    .option('--platform <platform>', 'only tiers on this platform: digitalocean, aws or google')
    .option('--budget <usd>', 'at most so many US dollars in a typical month')
    .option('--availability <percent>', 'at least this availability, by the arithmetic of the parts')
    .option('--region <region>', 'in this region')
    .option('--residency <where>', 'all data under this law: EU, UK, US, CA, IN, SG or AU')
    .option('--inference <where>', 'self-hosted, or api: the language model answers elsewhere')
    .option('--model <vendor/model>', 'with --inference api: whose tokens are priced (default groq/llama-3.1-8b-instant)')
    .option('--survives <what>', 'goes on without a server, a zone or a region');
}
