import type { Add, Common } from '../program';
import type { Command } from 'commander';

type Sub = (program: Command, usage: string, description: string) => Command;

/** Options of `terrace review`. */
export interface ReviewFlags extends Common {
  readonly base?: string;
  readonly head?: string;
  readonly plan?: readonly string[];
  readonly format?: string;
  readonly failOn?: string;
  readonly today?: string;
}

const examples = `
Examples:
  $ terrace review --base ../main/cdktf.out --head cdktf.out
  $ terrace review --base base/cdktf.out --head cdktf.out --format markdown > review.md
  $ terraform show -json tier3.tfplan | terrace review --plan -
  $ terrace review --base base/cdktf.out --head cdktf.out --plan plan.json -e production --json

Exit codes: 0 nothing at or above --fail-on; 1 it could not be reviewed; 3 findings at or above --fail-on.`;

/** The commands about a change before it is merged. */
export function reviewCommands(sub: Sub): readonly Add[] {
  return [reviewing(sub)];
}

function reviewing(sub: Sub): Add {
  return (program, choose) => {
    sub(program, 'review', 'Says on one page what a change does to data, money, capacity and risk. Compares two synthesized folders, reads a plan, or both.')
      .option('--base <dir>', 'synthesized stacks before the change: a cdktf.out, or any folder of Terraform JSON')
      .option('--head <dir>', 'the same after the change')
      .option('--plan <file...>', 'what "terraform show -json PLANFILE" prints; - is standard input')
      .option('--format <format>', 'terminal, markdown, html, json or sarif (default terminal)')
      .option('--fail-on <severity>', 'exit with 3 from this severity on: high, medium or low (default high)')
      .option('--today <date>', 'judge waivers on this day instead of today')
      .addHelpText('after', examples)
      .action((options: ReviewFlags) => choose(async (means, io) => (await import('./command')).reviewCommand(options, io, means.open)));
  };
}
