import {
  differenceDocument,
  type DifferenceDocument,
  type Estimate,
  explainDifference,
  markdownText,
  terminalText,
} from '../../analysis/pricing';
import { estimateFromDocument } from '../../analysis/pricing/document/read';
import { differenceReport } from '../../analysis/pricing/report/difference';
import type { UsageFile } from '../../analysis/pricing/usage-file/types';
import { printJson, renderWarnings } from '../answer';
import type { EstimateFlags } from '../cost-commands';
import { choiceOf } from '../input/choice';
import { inputsContradict } from '../input/errors';
import { graphOfDocument, openDocument, stackFile } from '../input/graph-input';
import { pathIn } from '../input/path';
import { standardInput } from '../input/source';
import type { Io } from '../io';
import { foreign, usageFileOf } from './subject';

const formats = ['table', 'markdown', 'json'] as const;

/** Options of `terrace estimate diff`. */
export type EstimateDiffFlags = Pick<EstimateFlags, 'json' | 'format' | 'usage'>;

/** Compares two estimates, or the estimates of two inputs. */
export async function estimateDiff(before: string, after: string, flags: EstimateDiffFlags, io: Io): Promise<number> {
  const format = flags.json === true ? 'json' : choiceOf('format', flags.format, formats, 'table');
  if (before === standardInput && after === standardInput) throw inputsContradict(['-', '-'], 'standard input can be read once.');
  const usage = await usageFileOf(flags.usage, io);
  const warnings = new Set<string>();
  const was = estimateOf(before, usage, io, warnings);
  const is = estimateOf(after, usage, io, warnings);
  const document = differenceDocument({ input: before, estimate: was }, { input: after, estimate: is }, explainDifference(was, is));
  print(document, format, [...warnings], io);
  return 0;
}

function estimateOf(input: string, usage: UsageFile, io: Io, warnings: Set<string>): Estimate {
  const document = openDocument(stackFile(pathIn(io, input)));
  if (document.kind === 'estimate') return estimateFromDocument(document.json, input);
  const subject = foreign(graphOfDocument(document), input, usage);
  for (const warning of subject.context.warnings ?? []) warnings.add(warning);
  return subject.estimate;
}

function print(document: DifferenceDocument, format: (typeof formats)[number], warnings: readonly string[], io: Io): void {
  renderWarnings(warnings, io);
  if (format === 'json') return printJson(document, io);
  const report = differenceReport(document);
  io.out(format === 'markdown' ? markdownText(report) : terminalText(report, io.terminal.output ? io.columns() : undefined));
}
