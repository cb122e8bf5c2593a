import {
  type BudgetState,
  budgetUse,
  csvGroups,
  csvText,
  type EstimateContext,
  estimateDocument,
  type Grouping,
  groupings,
  markdownText,
  money,
  reportOf,
  terminalText,
} from '../../analysis/pricing';
import { renderWarnings } from '../answer';
import type { EstimateFlags } from '../cost-commands';
import { choiceOf } from '../input/choice';
import { inputsContradict } from '../input/errors';
import type { Io } from '../io';
import type { OpenProject } from '../project';
import { type Subject, subjectOf } from './subject';

/** What a pipeline reads: the typical month is above the budget. */
export const budgetExceeded = 3;

const formats = ['table', 'markdown', 'csv', 'json'] as const;

/** Prints what something costs a month. @returns 3 where the typical month is above the budget */
export async function estimateCommand(tier: string | undefined, flags: EstimateFlags, io: Io, open: OpenProject): Promise<number> {
  const format = flags.json === true ? 'json' : choiceOf('format', flags.format, formats, 'table');
  const by = flags.by === undefined ? undefined : choiceOf('by', flags.by, groupings, 'component');
  if (format === 'json' && by !== undefined)
    throw inputsContradict(['--by', 'JSON'], 'JSON has every line with its component, resource and service.');
  const subject = await subjectOf(tier, flags, io, open);
  const warnings = [...(subject.context.warnings ?? []), ...budgetWarnings(subject)];
  if (format !== 'json') renderWarnings(warnings, io);
  io.out(writers[format](subject, { ...subject.context, warnings }, by, io));
  return budgetState(subject) === 'exceeded' ? budgetExceeded : 0;
}

type Write = (subject: Subject, context: EstimateContext, by: Grouping | undefined, io: Io) => string;

const writers: Readonly<Record<(typeof formats)[number], Write>> = {
  table: ({ estimate }, context, by, io) => terminalText(report(estimate, context, by), io.terminal.output ? io.columns() : undefined),
  markdown: ({ estimate }, context, by) => markdownText(report(estimate, context, by)),
  csv: ({ estimate }, context, by) => (by === undefined ? csvText(estimate, context.spot) : csvGroups(estimate, by)),
  json: ({ estimate }, context) => `${JSON.stringify(estimateDocument(estimate, context), null, 2)}\n`,
};

function report(estimate: Subject['estimate'], context: EstimateContext, by: Grouping | undefined): ReturnType<typeof reportOf> {
  return reportOf(estimate, context, by === undefined ? {} : { by });
}

function budgetState({ estimate, context }: Subject): BudgetState | undefined {
  return context.budget === undefined ? undefined : budgetUse(estimate.monthly, context.budget).state;
}

function budgetWarnings(subject: Subject): readonly string[] {
  const {
    estimate,
    context: { budget, environment },
  } = subject;
  const state = budgetState(subject);
  if (budget === undefined || state === undefined || state === 'within') return [];
  const share = budgetUse(estimate.monthly, budget).used.times(100).toDecimalPlaces(1).toFixed();
  const costs = `${environment} costs ${money(estimate.monthly)} USD in a typical month, which is ${share} % of its budget of ${money(budget)}`;
  return [state === 'exceeded' ? `${costs}: the budget is exceeded.` : `${costs}.`];
}
