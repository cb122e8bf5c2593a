import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Environment } from '../../environments/schema';
import { fieldsFor, type Goal, goals, wayProblems } from '../../promotion/next-phase';
import { promotionRefused } from '../../promotion/plan';
import { replaceFile } from '../../promotion/replace-file';
import { standsAt } from '../../promotion/source/source';
import type { Problem } from '../../values/errors';
import { printJson, renderWarnings } from '../answer';
import { choiceOf } from '../input/choice';
import type { Io } from '../io';
import { projectFolder, readEnvironment } from '../project';
import type { PhaseFlags } from './commands';
import { lineDifference, restated } from './file-text';
import { targetMissing } from './errors';
import { knownFacts } from './facts';
import { fittingTarget } from './fitting';
import { firstEntry, otherwise } from './target';

/** What waits for a person or a pipeline: the file does not stand where deploys read it. */
const waiting = 10;

/**
 * Says, and with `--write` writes, what the environment file must hold for a phase.
 * @returns 0; 10 while the file does not stand where deploys read it
 */
export async function phaseCommand(phase: string, name: string | undefined, options: PhaseFlags, io: Io): Promise<number> {
  const goal = choiceOf<Goal>('phase', phase, goals, 'expand');
  const { environment, file, warnings } = await readEnvironment(name ?? options.environment, projectFolder(io.cwd), io);
  const problems = [...wayProblems(environment, goal), ...begunWith(environment, options, io)];
  if (problems.length > 0) throw promotionRefused(environment.name, problems);
  const promotion = environment.promotion ?? (await started(environment, options, io));
  const text = readFileSync(file, 'utf8');
  const next = restated(text, fieldsFor(environment, promotion, goal));
  if (options.write === true) replaceFile(file, next);
  const standing = promotion.source === undefined ? undefined : await standsAt(promotion.source, dirname(file), Buffer.from(next));
  const answer = {
    environment: environment.name,
    phase: goal,
    file,
    difference: lineDifference(text, next),
    written: options.write === true,
    source: standing === undefined ? null : { where: standing.where, stands: standing.stands },
  };
  if (options.json === true) printJson({ ...answer, warnings }, io);
  else {
    renderWarnings(warnings, io);
    io.out(`${page(answer, environment).join('\n')}\n`);
  }
  return standing?.stands === false ? waiting : 0;
}

/** What is said otherwise of a promotion that is under way. */
function begunWith(environment: Environment, options: PhaseFlags, io: Io): readonly Problem[] {
  if (environment.promotion === undefined) return [];
  return [...otherwise(environment, options), ...knownFacts(options, io, { environment, folder: projectFolder(io.cwd) }).problems];
}

/** The first entry of a promotion into the file. */
async function started(environment: Environment, options: PhaseFlags, io: Io): Promise<NonNullable<Environment['promotion']>> {
  const { to } = options;
  if (to === undefined) throw targetMissing(environment.name);
  return firstEntry(await fittingTarget(environment, { ...options, to }, projectFolder(io.cwd), io));
}

interface Answer {
  readonly phase: Goal;
  readonly file: string;
  readonly difference: readonly string[];
  readonly written: boolean;
  readonly source: { readonly where: string; readonly stands: boolean } | null;
}

function page({ phase, file, difference, written, source }: Answer, { name, tier }: Environment): readonly string[] {
  const stands =
    source === null
      ? []
      : [
          source.stands
            ? `It stands where deploys read it: ${source.where}.`
            : `It does not stand yet where deploys read it (${source.where}): merge and push it, then run this again.`,
        ];
  return [
    `${file}, for phase ${phase} of ${name}:`,
    '',
    ...difference.map((line) => `  ${line}`),
    '',
    written ? `Written. Deploy it: terrace deploy ${tier} -e ${name}` : 'Nothing was written. To write it, run this again with --write.',
    ...stands,
  ];
}
