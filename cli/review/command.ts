import {
  htmlPage,
  markdownPage,
  pageOf,
  type Review,
  review,
  reviewDocument,
  sarifLog,
  type Severity,
  terminalPage,
  verdictOf,
} from '../../analysis/review';
import { rules } from '../../analysis/review/rules';
import { TerraceError } from '../../values/errors';
import { printJson } from '../answer';
import { choiceOf } from '../input/choice';
import type { Io } from '../io';
import { dayOf } from '../prices/today';
import { type OpenProject, stackOf } from '../project';
import { pathIn } from '../input/path';
import type { CdkTfJson } from '../../analysis/graph';
import { saveNeedsEnvironment, tierWithoutSave } from './errors';
import { stacksBelow } from './stacks';
import { styleFor } from '../style';
import { packageVersion } from './version';
import type { ReviewFlags } from './commands';
import { environmentFacts } from './environment';
import { stackInputs } from './input';

/** What a pipeline reads: findings at or above --fail-on. */
export const findingsFound = 3;

const formats = ['terminal', 'markdown', 'html', 'json', 'sarif'] as const;
const severities = ['high', 'medium', 'low'] as const;

/** Reviews a change and prints one page about it. @returns 0; 3 where findings are at or above `--fail-on` */
export async function reviewCommand(tier: string | undefined, flags: ReviewFlags, io: Io, open: OpenProject): Promise<number> {
  try {
    return await reviewed(tier, flags, io, open);
  } catch (error) {
    throw error instanceof TerraceError ? new TerraceError(error.code, error.message, error.problems, 1) : error;
  }
}

async function reviewed(tier: string | undefined, flags: ReviewFlags, io: Io, open: OpenProject): Promise<number> {
  const chosen = choiceOf('format', flags.format, formats, 'terminal');
  const format = flags.json === true ? 'json' : chosen;
  const failOn = choiceOf('fail-on', flags.failOn, severities, 'high');
  if (flags.save === undefined && tier !== undefined) throw tierWithoutSave(tier);
  const today = dayOf(flags.today);
  const result = flags.save === undefined ? await given(flags, today, io, open) : await saved(tier, flags.save, flags, today, io, open);
  writers[format](result, io);
  return fails(result, failOn) ? findingsFound : 0;
}

/** Reviews what the options name. */
async function given(flags: ReviewFlags, today: string, io: Io, open: OpenProject): Promise<Review> {
  const project = flags.environment === undefined ? undefined : await open(flags.environment, io);
  const stacks = stackInputs(flags, io);
  const { wayBetween } = await import('./way');
  const way = await wayBetween(stacks, project);
  return review({
    stacks,
    today,
    rules,
    ...(project === undefined ? {} : environmentFacts(project)),
    ...(way === undefined ? {} : { way }),
  });
}

/** Plans a tier of the environment, reviews that plan and keeps it. */
async function saved(
  tier: string | undefined,
  file: string,
  flags: ReviewFlags,
  today: string,
  io: Io,
  open: OpenProject,
): Promise<Review> {
  const contradicting = [...(flags.head === undefined ? [] : ['--head']), ...(flags.plan === undefined ? [] : ['--plan'])];
  if (contradicting.length > 0) throw saveNeedsEnvironment(contradicting);
  const project = await open(flags.environment, io);
  const stack = tier === undefined ? project.recorded : stackOf(project, tier);
  const { planToReview, writeRecord } = await import('./saved');
  const made = await planToReview(file, project, stack, io);
  const base = flags.base === undefined ? undefined : stacksBelow(pathIn(io, flags.base))[stack.id];
  const result = review({
    stacks: [{ stack: stack.id, head: stack.json as CdkTfJson, plan: made.json, ...(base === undefined ? {} : { base }) }],
    today,
    rules,
    ...environmentFacts(project),
  });
  writeRecord(made, { environment: project.environment.name, tier: stack.id }, result);
  return result;
}

const writers: Readonly<Record<(typeof formats)[number], (result: Review, io: Io) => void>> = {
  terminal: (result, io) => io.out(terminalPage(pageOf(result), styleFor(io, 'output'), io.terminal.output ? io.columns() : 100)),
  markdown: (result, io) => io.out(markdownPage(pageOf(result))),
  html: (result, io) => io.out(htmlPage(pageOf(result))),
  json: (result, io) => printJson(reviewDocument(result), io),
  sarif: (result, io) => printJson(sarifLog(result, rules, packageVersion()), io),
};

function fails({ findings }: Review, failOn: Severity): boolean {
  return findings.some(
    (one) => severities.indexOf(one.severity) <= severities.indexOf(failOn) && verdictOf([{ ...one, severity: 'high' }]) === 'dangerous',
  );
}
