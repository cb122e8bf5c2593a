import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { region as regionOf } from '../catalog/digitalocean';
import { listBook, money } from '../analysis/pricing';
import type { LoadInput } from '../analysis/capacity';
import { select, type Selection } from '../analysis/selection';
import { platforms } from '../tiers/tier';
import { readEnvironment } from '../environments/load';
import { printJson, renderWarnings } from './answer';
import { type Answers, gather } from './init-answers';
import { environmentText } from './init-text';
import type { Io } from './io';
import { loadFromFlags } from './load-flags';
import { allAtOnce } from './numbers';
import type { InitFlags } from './planning-commands';
import { initExists, initNothingFits, initNotValid, initState } from './planning-errors';
import { projectFolder } from './project';

/** Writes an environment file with the tier that fits. */
export async function initCommand(options: InitFlags, io: Io): Promise<number> {
  const answers = await gather(options, io);
  const [
    {
      load,
      selection: { chosen, rejected },
    },
  ] = allAtOnce(
    () => selected(options, answers),
    () => checkAnswers(answers),
  );
  if (chosen === undefined) throw initNothingFits(rejected.map(({ tier, platform, why }) => `${tier} on ${platform}: ${why}`));
  const tier = chosen.stored.tier.id;
  const text = environmentText({
    answers,
    tier,
    dailyUsers: Math.ceil(chosen.report.load.users.daily.value),
    roadmap: 'deadlock-coach',
    state: stateOf(answers, tier),
    overrides: load.overrides ?? {},
  });
  const shown = join('environments', `${answers.name}.yaml`);
  const { warnings } = valid(shown, answers.name, text);
  create(join(projectFolder(io.cwd), shown), shown, text);
  report({ shown, tier, monthly: money(chosen.monthly), warnings }, options, io);
  return 0;
}

function selected(options: InitFlags, answers: Answers): { readonly load: LoadInput; readonly selection: Selection } {
  const { budget } = answers;
  const platform = platforms.find((known) => known === answers.platform);
  const load = loadFromFlags({ ...options, users: answers.users }) ?? { users: Number.NaN };
  return {
    load,
    selection: select({ load, ...(platform === undefined ? {} : { platform }), ...(budget === '' ? {} : { budget }) }, listBook()),
  };
}

/** Whether the file would be valid, whatever the load and the budget, which the selector checks. */
function checkAnswers(answers: Answers): void {
  const written = { ...answers, budget: '' };
  const file = environmentText({
    answers: written,
    tier: 'tier1',
    dailyUsers: 1,
    roadmap: 'deadlock-coach',
    state: ['backend: local'],
    overrides: {},
  });
  allAtOnce(
    () => valid(join('environments', `${answers.name}.yaml`), answers.name, file),
    () => stateOf({ ...written, region: 'fra1' }, 'tier1'),
  );
}

/** Where the state lies, as lines of the file. */
function stateOf({ state, prefix, region, platform }: Answers, tier: string): readonly string[] {
  const spaces = platform === 'digitalocean' ? regionOf(region).nearestSpaces : region;
  const chosen = state !== '' ? state : tier === 'tier1' ? 'local' : `spaces:${prefix}-state`;
  const [backend, bucket, place] = chosen.split(':');
  if (chosen === 'local') return ['backend: local'];
  if (backend === 'spaces' && bucket && place === undefined) return ['backend: spaces', `bucket: ${bucket}`, `region: ${spaces}`];
  if (backend === 's3' && bucket && place) return ['backend: s3', `bucket: ${bucket}`, `region: ${place}`];
  throw initState(chosen);
}

function valid(shown: string, name: string, text: string): { readonly warnings: readonly string[] } {
  const { environment, findings, warnings } = readEnvironment(text, name);
  if (environment === undefined || findings.length > 0) throw initNotValid(shown, findings);
  return { warnings };
}

/** Made anew or not at all: `wx` fails where something is there, whoever put it there meanwhile. */
function create(file: string, shown: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  try {
    writeFileSync(file, text, { flag: 'wx' });
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'EEXIST' ? initExists(shown) : error;
  }
}

interface Made {
  readonly shown: string;
  readonly tier: string;
  readonly monthly: string;
  readonly warnings: readonly string[];
}

function report({ shown, tier, monthly, warnings }: Made, options: InitFlags, io: Io): void {
  if (options.json === true) return printJson({ file: shown, tier, monthly, warnings }, io);
  renderWarnings(warnings, io);
  io.out(`Wrote ${shown}: ${tier}, ${monthly} USD a month at list prices.\nNext: terrace start -e ${shown}\n`);
}
