import { printJson } from './answer';
import { buildReport } from './build-report';
import type { Io } from './io';
import type { OpenProject } from './project';
import { renderReport } from './report';
import { styleFor } from './style';

/** Shows what an environment becomes, what it costs and what to type next. */
export async function startCommand(
  options: { readonly environment?: string; readonly json?: boolean },
  io: Io,
  open: OpenProject,
): Promise<number> {
  const report = buildReport(await open(options.environment, io));
  if (options.json === true) printJson(report, io);
  else io.out(renderReport(report, styleFor(io, 'output')));
  return 0;
}
