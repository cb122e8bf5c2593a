import type { Command } from 'commander';
import { sub, type Add, type Common } from './command';

/** The commands about money: what something costs, how two estimates differ, what the price book says. */
export const costCommands = (): readonly Add[] => [estimate, prices];

/** Options of `terrace estimate`. */
export interface EstimateFlags extends Common {
  readonly synth?: string;
  readonly plan?: string;
  readonly usage?: string;
  readonly format?: string;
  readonly by?: string;
  readonly llm?: string;
}

const estimateExamples = `
Examples:
  $ terrace estimate
  $ terrace estimate tier2 --by component
  $ terraform show -json plan.out | terrace estimate --plan - --usage usage.yml
  $ terrace estimate --synth cdktf.out/stacks/tier3 --format markdown
  $ terrace estimate diff before.json after.json

Exit code 3: the typical month is above budget.monthly of the environment.`;

const estimate: Add = (program, choose) => {
  const command = sub(
    program,
    'estimate [tier]',
    'Prints what a tier, a plan, a state or any synthesized Terraform costs a month; without a tier, the one that the environment is at.',
  )
    .option('--synth <dir>', 'a folder with a cdk.tf.json, or the file, instead of an environment')
    .option('--plan <file>', 'what "terraform show -json" prints of a plan or a state, instead of an environment; - is standard input')
    .option('--usage <file>', "figures that no resource states: our form or Infracost's")
    .option('--format <format>', 'table, markdown, csv or json (default table)')
    .option('--by <what>', 'sums by component, resource or service instead of lines')
    .option('--llm <model>', "pay the load's tokens to this API, like openai/gpt-5-mini")
    .addHelpText('after', estimateExamples)
    .action((tier: string | undefined, options: EstimateFlags) =>
      choose(async (means, io) => (await import('./estimate/command')).estimateCommand(tier, options, io, means.open)),
    );
  sub(
    command,
    'diff <before> <after>',
    'Compares two estimates: what was added, removed and changed, and what of it is a changed price. Each is an estimate as JSON, a plan, a state, or synthesized Terraform.',
  )
    .option('--usage <file>', 'figures for what is estimated here, on both sides')
    .option('--format <format>', 'table, markdown or json (default table)')
    .addHelpText(
      'after',
      '\nExamples:\n  $ terrace estimate diff estimate-of-main.json plan.json\n  $ terrace estimate diff cdktf.out/stacks/tier2 cdktf.out/stacks/tier3 --json',
    )
    .action((before: string, after: string, _options: object, self: Command) =>
      choose(async (_, io) => (await import('./estimate/diff')).estimateDiff(before, after, self.optsWithGlobals(), io)),
    );
};

/** Options of `terrace prices`. */
export interface PricesFlags {
  readonly json?: boolean;
  readonly provider?: string;
  readonly service?: string;
  readonly region?: string;
  readonly today?: string;
}

/** Options of `terrace prices refresh`. */
export interface RefreshFlags extends PricesFlags {
  readonly from?: string;
  readonly book?: string;
  readonly dryRun?: boolean;
}

const prices: Add = (program, choose) => {
  const command = program
    .command('prices [text]')
    .description('Lists the price book: every price with its source, its date and how far it can be trusted.')
    .option('--provider <name>', 'of this provider only, like digitalocean')
    .option('--service <name>', 'of this service only, like droplet')
    .option('--region <region>', 'of this region only')
    .option('--today <date>', 'tell the age of prices on this day instead of today')
    .option('--json', 'print one JSON document and nothing else')
    .addHelpText(
      'after',
      '\nExamples:\n  $ terrace prices s-4vcpu --provider digitalocean\n  $ terrace prices explain digitalocean_database_cluster db-s-4vcpu-8gb\n  $ terrace prices refresh --provider digitalocean',
    )
    .action((text: string | undefined, options: PricesFlags) =>
      choose(async (_, io) => (await import('./prices/list')).listPrices(text, options, io)),
    );
  command
    .command('explain <type> <size>')
    .description('Shows how the cost of a resource of this type and size comes about.')
    .option('--region <region>', 'region whose prices are taken (default: the first that has one)')
    .option('--json', 'print one JSON document and nothing else')
    .addHelpText('after', '\nExample:\n  $ terrace prices explain aws_instance m6i.large --region eu-central-1')
    .action((type: string, size: string, _options: object, self: Command) =>
      choose(async (_, io) => (await import('./prices/explain')).explainPrice(type, size, self.optsWithGlobals(), io)),
    );
  command
    .command('refresh')
    .description(
      "Fetches DigitalOcean's sizes and AWS's price lists for EC2 and RDS and writes what changed into the book's CSV files, to be reviewed. Needs DIGITALOCEAN_TOKEN for DigitalOcean.",
    )
    .option('--provider <name>', 'digitalocean or aws (default: both)')
    .option('--region <region>', 'AWS region (default: every region that the book has)')
    .option('--from <url>', 'fetch from here instead of from the providers: a mirror')
    .option('--book <dir>', "folder of the book's CSV files (default: catalog/ of this project)")
    .option('--today <date>', 'date of the rows instead of today')
    .option('--dry-run', 'show what would change and write nothing')
    .option('--json', 'print one JSON document and nothing else')
    .addHelpText('after', '\nExample:\n  $ terrace prices refresh --provider aws --region eu-central-1 --dry-run')
    .action((_options: object, self: Command) =>
      choose(async (_, io) => (await import('./prices/refresh')).refreshPrices(self.optsWithGlobals(), io)),
    );
};
