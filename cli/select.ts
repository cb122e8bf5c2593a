import { readFileSync, writeFileSync } from 'node:fs';
import { listBook } from '../analysis/pricing';
import { checkRequest, renderSelection, select, type Selection, type SelectionRequest, selectionToJson } from '../analysis/selection';
import { loadEnvironment, type LoadedEnvironment } from '../environments/load';
import { printJson, renderWarnings } from './answer';
import { deployedResources } from './deployed';
import { loadInput } from './environment-load';
import type { Io } from './io';
import { constraintsFromFlags, loadFromFlags, readableFlags } from './load-flags';
import { allAtOnce } from './numbers';
import type { SelectFlags } from './planning-commands';
import { alreadyDeployed, nothingToWrite, writeOtherLoad, writeOtherPlatform } from './planning-errors';
import { type OpenProject, projectFolder } from './project';
import { withFields } from './environment-text';

/** Nothing fits. */
const nothingFits = 3;

/** Finds the cheapest tier for a load. @returns 0, or 3 when nothing fits */
export async function selectCommand(options: SelectFlags, io: Io, open: OpenProject): Promise<number> {
  const saysLoad = options.users !== undefined || options.basis !== undefined || options.roadmap !== undefined || options.set !== undefined;
  if (options.write === true && saysLoad) throw writeOtherLoad();
  const loaded = options.users === undefined || options.environment !== undefined ? environmentOf(options, io) : undefined;
  const book = listBook();
  const [request] = allAtOnce(
    () => requestOf(options, loaded),
    () => checkRequest(requestOf(readableFlags(options), loaded), book),
  );
  const answer = select(request, book);
  const written = options.write === true && loaded !== undefined ? await write(answer, loaded, options, io, open) : undefined;
  print(answer, written, loaded?.warnings ?? [], options, io);
  return answer.chosen === undefined ? nothingFits : 0;
}

function environmentOf(options: SelectFlags, io: Io): LoadedEnvironment {
  return loadEnvironment(options.environment ?? io.env['TERRACE_ENVIRONMENT'], { cwd: projectFolder(io.cwd) });
}

/** What the command line says wins over what the file says. */
function requestOf(options: SelectFlags, loaded: LoadedEnvironment | undefined): SelectionRequest {
  const [load, constraints] = allAtOnce(
    () => loadFromFlags(options, loaded === undefined ? undefined : loadInput(loaded.environment)),
    () => constraintsFromFlags(options),
  );
  const { platform, region, budget } = loaded?.environment ?? {};
  const own = {
    ...(platform === undefined ? {} : { platform }),
    ...(platform === 'digitalocean' && region !== undefined ? { region } : {}),
    ...(budget === undefined ? {} : { budget: budget.monthly }),
  };
  return { ...own, ...constraints, load: load ?? { users: Number.NaN } };
}

interface Written {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** Changes one word of the file, where no state knows the environment yet. */
async function write({ chosen }: Selection, loaded: LoadedEnvironment, options: SelectFlags, io: Io, open: OpenProject): Promise<Written> {
  const { environment, file } = loaded;
  if (chosen === undefined) throw nothingToWrite();
  if (chosen.stored.platform !== environment.platform)
    throw writeOtherPlatform(environment.name, environment.platform, chosen.stored.platform);
  const resources = await deployedResources(environment, options.environment, io, open);
  if (resources > 0) throw alreadyDeployed(environment.name, environment.tier, resources);
  const to = chosen.stored.tier.id;
  if (to !== environment.tier) writeFileSync(file, withFields(readFileSync(file, 'utf8'), { tier: to }));
  return { file, from: environment.tier, to };
}

function print(answer: Selection, written: Written | undefined, warnings: readonly string[], options: SelectFlags, io: Io): void {
  if (options.json === true) return printJson({ ...selectionToJson(answer), written: written ?? null, warnings }, io);
  renderWarnings(warnings, io);
  io.out(`${renderSelection(answer)}\n${written === undefined ? '' : `\n${writtenText(written)}\n`}`);
}

function writtenText({ file, from, to }: Written): string {
  return from === to ? `${file} says ${to} already.` : `${file}: tier ${from} -> ${to}.`;
}
