import { Command, CommanderError } from 'commander';
import { readFileSync } from 'node:fs';
import { packageFile } from '../terraform/package-root';
import type { AcknowledgeFlags } from './acknowledge';
import { sub, type Add, type Common, type Means, type Run } from './command';
import type { CommentFlags } from './comment/command';
import { costCommands } from './cost-commands';
import type { DrillFlags } from './drill';
import { reportFailure } from './failure';
import type { Io } from './io';
import { planningCommands } from './planning-commands';
import { openProject } from './project';
import { promote } from './promote/commands';
import { reviewCommands } from './review/commands';

const EXIT_CODES = `
Exit codes: 0 done; 1 failed or refused, nothing more than reported was changed; 2 wrong input (command line or a file); 3 the typical month is above the budget (estimate), or no tier fits (select).
Environment: TERRACE_ENVIRONMENT names the environment (default production), TERRAFORM_BINARY_NAME the program to run,
NO_COLOR turns colours off, TERRACE_DEBUG=1 adds stack traces to faults of Terrace itself.`;

/**
 * Runs one command line.
 * @param args without the program's own name
 * @returns what to exit with: 0 done; 1 failed or refused; 2 wrong input
 */
export async function run(args: readonly string[], io: Io, means: Means = { open: openProject }): Promise<number> {
  let chosen: Run | undefined;
  const program = commands(io, (action) => (chosen = action));
  try {
    await program.parseAsync(args.length === 0 ? ['--help'] : [...args], { from: 'user' });
    return chosen === undefined ? 0 : await chosen(means, io);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    return exitCode(reportFailure(error, io, args.includes('--json')), args);
  }
}

/** With `--detailed-exitcode`, 2 means "there are changes", so that every failure is 1, as with Terraform. */
function exitCode(code: number, args: readonly string[]): number {
  return args.includes('--detailed-exitcode') && code !== 0 ? 1 : code;
}

function commands(io: Io, choose: (action: Run) => void): Command {
  const program = new Command('terrace')
    .description('Deploys, prices and promotes one product, tier by tier.')
    .version(version(), '-V, --version', 'print the version')
    .helpCommand(false)
    .exitOverride()
    .configureOutput({ writeOut: io.out, writeErr: io.err, outputError: (text, write) => write(text.replace(/^error: /, 'Error: ')) })
    .showSuggestionAfterError(true)
    .addHelpText(
      'after',
      `\nExamples:\n  $ terrace start                     what the environment becomes, and what it costs\n  $ terrace diff tier3                what a deploy would change\n  $ terrace deploy tier3              the same, and apply it after a yes\n  $ terrace sandbox apply tier3       the same on a stand-in, without an account\n${EXIT_CODES}`,
    );
  for (const add of [
    start,
    synth,
    ...costCommands(),
    ...planningCommands(),
    ...reviewCommands(),
    components,
    diff,
    deploy,
    destroy,
    drill,
    acknowledge,
    comment,
    sandbox,
    promote,
  ])
    add(program, choose);
  return program;
}

const start: Add = (program, choose) => {
  sub(
    program,
    'start',
    'Shows what the environment becomes, what it costs, and what to type next. Offline; needs no account and no Terraform.',
  )
    .addHelpText('after', '\nExamples:\n  $ terrace start\n  $ TERRACE_ENVIRONMENT=staging terrace start --json')
    .action((options: Common) => choose(async (means, io) => (await import('./start-command')).startCommand(options, io, means.open)));
};

const synth: Add = (program, choose) => {
  sub(program, 'synth', 'Writes cdktf.out/stacks/<tier>/cdk.tf.json for every tier that can be built.')
    .addHelpText('after', '\nExample:\n  $ terrace synth && terraform -chdir=cdktf.out/stacks/tier3 validate')
    .action((options: Common) => choose(async (means, io) => (await import('./synth')).synth(options, io, means.open)));
};

const components: Add = (program, choose) => {
  program
    .command('components')
    .description('Shows which components are built on which platforms.')
    .option('--json', 'print one JSON document and nothing else')
    .addHelpText('after', '\nExample:\n  $ terrace components --json')
    .action((options: Common) => choose(async (_, io) => (await import('./components')).componentsCommand(options, io)));
};

const diff: Add = (program, choose) => {
  sub(program, 'diff <tier>', 'Shows what a deploy of the tier would change. Changes nothing.')
    .option('--out <file>', 'keep the plan, so that exactly this can be applied')
    .option('--detailed-exitcode', 'exit with 0 when nothing changes, 2 when something does, 1 when anything failed')
    .addHelpText(
      'after',
      '\nExamples:\n  $ terrace diff tier3\n  $ terrace diff tier3 --detailed-exitcode || echo "changed or failed"\n  $ terrace diff tier3 --out tier3.tfplan && terrace deploy tier3 --plan tier3.tfplan',
    )
    .action((tier: string, options: Common & DiffFlags) =>
      choose(async (means, io) => (await import('./diff')).diff(tier, options, io, means.open)),
    );
};

const deploy: Add = (program, choose) => {
  sub(program, 'deploy <tier>', 'Plans the tier, shows the plan, asks, and applies that very plan.')
    .option('--auto-approve', 'do not ask')
    .option('--plan <file>', 'apply a plan that "terrace diff --out" has kept')
    .addHelpText(
      'after',
      '\nExamples:\n  $ terrace deploy tier3\n  $ TERRACE_ENVIRONMENT=staging terrace deploy tier2 --auto-approve --json',
    )
    .action((tier: string, options: Common & DeployFlags) =>
      choose(async (means, io) => (await import('./deploy')).deploy(tier, options, io, means.open)),
    );
};

const destroy: Add = (program, choose) => {
  sub(program, 'destroy <tier>', 'Destroys an environment that is disposable. Says first what will refuse to go.')
    .option('--auto-approve', 'do not ask')
    .addHelpText('after', '\nExample:\n  $ TERRACE_ENVIRONMENT=preview-17 terrace destroy tier1 --auto-approve')
    .action((tier: string, options: Common & DeployFlags) =>
      choose(async (means, io) => (await import('./destroy')).destroy(tier, options, io, means.open)),
    );
};

const drill: Add = (program, choose) => {
  sub(
    program,
    'drill [environment]',
    'Restores the latest backup of the database beside it, looks for a row that was written before, and holds the time against what the tier states. Removes what it made.',
  )
    .requiredOption(
      '--settings <file>',
      'a YAML file that says how the database is reached; secrets come from TERRACE_SOURCE_PASSWORD, TERRACE_BACKUP_KEY_ID and TERRACE_BACKUP_KEY_SECRET',
    )
    .addHelpText(
      'after',
      '\nExits with 1 when the row is lost, or the stated RTO or RPO is missed.\n\nExample:\n  $ terrace drill production --settings drill.yaml',
    )
    .action((name: string | undefined, options: DrillFlags) =>
      choose(async (means, io) => (await import('./drill')).drillCommand(name, options, io, means.open)),
    );
};

const acknowledge: Add = (program, choose) => {
  sub(
    program,
    'acknowledge <status...>',
    'Says which servers read with the newest key of the configuration channel, from files with what terrace-status --json printed on each.',
  )
    .option('--write', 'when all of them do, retire the older key in the environment file')
    .addHelpText(
      'after',
      '\nExample:\n  $ ssh root@SERVER terrace-status --json > SERVER.json     once for each server\n  $ terrace acknowledge *.json --write\n\nExits with 1 while a server has not acknowledged.',
    )
    .action((files: string[], options: AcknowledgeFlags) =>
      choose(async (means, io) => (await import('./acknowledge')).acknowledgeCommand(files, options, io, means.open)),
    );
};

const comment: Add = (program, choose) => {
  program
    .command('comment <page>')
    .description(
      'Shows a page, such as what terrace review prints, as the one comment of a pull request on GitHub or a merge request on GitLab. For pipelines.',
    )
    .option('--on <host>', 'github or gitlab (default: where the job runs)')
    .option('--key <name>', 'which page this is, where one pull request carries several (default review)')
    .option('--update-only', 'change the comment that is there, but make none')
    .option('--json', 'print one JSON document and nothing else')
    .addHelpText(
      'after',
      '\nExample:\n  $ terrace review --base base/cdktf.out --head cdktf.out --format markdown > page.md\n  $ terrace comment page.md\n\nNeeds GITHUB_TOKEN or GITLAB_TOKEN; the rest is known from the job.',
    )
    .action((page: string, options: CommentFlags) =>
      choose(async (_, io) => (await import('./comment/command')).commentCommand(page, options, io)),
    );
};

const sandbox: Add = (program, choose) => {
  sub(
    program,
    'sandbox <action> [tier]',
    'Runs plan, apply, destroy, show or reset on the stand-in, which keeps its objects in a file: no account, no cloud, no cost. Without a tier, the one that the environment is at. env prints what plain terraform and cdktf need for the same.',
  )
    .addHelpText(
      'after',
      '\nExamples:\n  $ terrace sandbox apply tier3\n  $ terrace sandbox plan tier3     no changes\n  $ terrace sandbox show tier3     what exists on the stand-in\n  $ terrace sandbox reset          forgets everything, also what protects itself from destroy\n  $ eval "$(terrace sandbox env -e environments/examples/digitalocean-tier1.yaml)" && npx cdktf deploy tier1',
    )
    .action((action: string, tier: string | undefined, options: Common) =>
      choose(async (_, io) => (await import('./sandbox')).sandbox(action, tier, options, io)),
    );
};

interface DiffFlags {
  readonly out?: string;
  readonly detailedExitcode?: boolean;
}

interface DeployFlags {
  readonly autoApprove?: boolean;
  readonly plan?: string;
}

function version(): string {
  const { version: found } = JSON.parse(readFileSync(packageFile('package.json'), 'utf8')) as { version: string };
  return found;
}
