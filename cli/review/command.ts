import { htmlPage, markdownPage, pageOf, type Review, review, reviewDocument, type ReviewInput, sarifLog, type Severity, terminalPage, verdictOf } from '../../analysis/review';
import { rules } from '../../analysis/review/rules';
import { TerraceError } from '../../values/errors';
import { printJson } from '../answer';
import { choiceOf } from '../input/choice';
import type { Io } from '../io';
import { dayOf } from '../prices/today';
import type { OpenProject } from '../project';
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
export async function reviewCommand(flags: ReviewFlags, io: Io, open: OpenProject): Promise<number> {
  try {
    return await reviewed(flags, io, open);
  } catch (error) {
    throw error instanceof TerraceError ? new TerraceError(error.code, error.message, error.problems, 1) : error;
  }
}

async function reviewed(flags: ReviewFlags, io: Io, open: OpenProject): Promise<number> {
  const format = choiceOf('format', flags.json === true ? 'json' : flags.format, formats, 'terminal');
  const failOn = choiceOf('fail-on', flags.failOn, severities, 'high');
  const facts = flags.environment === undefined ? {} : await environmentFacts(flags.environment, io, open);
  const input: ReviewInput = { stacks: stackInputs(flags, io), today: dayOf(flags.today), rules, ...facts };
  const result = review(input);
  writers[format](result, io);
  return fails(result, failOn) ? findingsFound : 0;
}

const writers: Readonly<Record<(typeof formats)[number], (result: Review, io: Io) => void>> = {
  terminal: (result, io) => io.out(terminalPage(pageOf(result), styleFor(io, 'output'), io.terminal.output ? io.columns() : 100)),
  markdown: (result, io) => io.out(markdownPage(pageOf(result))),
  html: (result, io) => io.out(htmlPage(pageOf(result))),
  json: (result, io) => printJson(reviewDocument(result), io),
  sarif: (result, io) => printJson(sarifLog(result, rules, packageVersion()), io),
};

function fails({ findings }: Review, failOn: Severity): boolean {
  return findings.some((one) => severities.indexOf(one.severity) <= severities.indexOf(failOn) && verdictOf([{ ...one, severity: 'high' }]) === 'dangerous');
}
