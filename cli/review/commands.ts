import { sub, type Add, type Common } from '../command';

/** Options of `terrace review`. */
export interface ReviewFlags extends Common {
  readonly base?: string;
  readonly head?: string;
  readonly plan?: readonly string[];
  readonly format?: string;
  readonly failOn?: string;
  readonly today?: string;
  /** Plan the environment's tier, review that plan and keep it in this file, for `terrace apply`. */
  readonly save?: string;
}

/** Options of `terrace apply`. */
export interface ApplyFlags extends Common {
  readonly autoApprove?: boolean;
  readonly dangerous?: boolean;
}

const examples = `
Examples:
  $ terrace review --base ../main/cdktf.out --head cdktf.out
  $ terrace review --base base/cdktf.out --head cdktf.out --format markdown > review.md
  $ terraform show -json tier3.tfplan | terrace review --plan -
  $ terrace review --base base/cdktf.out --head cdktf.out --plan plan.json -e production --json
  $ terrace review tier3 --save tier3.tfplan && terrace apply tier3.tfplan

Exit codes: 0 nothing at or above --fail-on; 1 it could not be reviewed; 3 findings at or above --fail-on.`;

/** The commands about a change before it is merged. */
export const reviewCommands = (): readonly Add[] => [reviewing, applying];

const reviewing: Add = (program, choose) => {
  sub(
    program,
    'review [tier]',
    'Says on one page what a change does to data, money, capacity and risk. Compares two synthesized folders, reads a plan, or both; with --save it plans the environment itself.',
  )
    .option('--base <dir>', 'synthesized stacks before the change: a cdktf.out, or any folder of Terraform JSON')
    .option('--head <dir>', 'the same after the change')
    .option('--plan <file...>', 'what "terraform show -json PLANFILE" prints; - is standard input')
    .option('--format <format>', 'terminal, markdown, html, json or sarif (default terminal)')
    .option('--fail-on <severity>', 'exit with 3 from this severity on: high, medium or low (default high)')
    .option('--save <file>', 'plan the tier, review that plan, and keep it for "terrace apply"')
    .option('--today <date>', 'judge waivers on this day instead of today')
    .addHelpText('after', examples)
    .action((tier: string | undefined, options: ReviewFlags) =>
      choose(async (means, io) => (await import('./command')).reviewCommand(tier, options, io, means.open)),
    );
};

const applying: Add = (program, choose) => {
  sub(
    program,
    'apply <plan>',
    'Applies a plan that "terrace review --save" has kept: that very plan, and only over the state it was made for.',
  )
    .option('--auto-approve', 'do not ask')
    .option('--dangerous', 'apply it although the review called it dangerous')
    .addHelpText('after', '\nExample:\n  $ terrace review tier3 --save tier3.tfplan && terrace apply tier3.tfplan')
    .action((plan: string, options: ApplyFlags) =>
      choose(async (means, io) => (await import('./apply')).applyCommand(plan, options, io, means.open)),
    );
};
