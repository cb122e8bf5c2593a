import { readFileSync } from 'node:fs';
import { forPerson, renderError } from '../../values/errors';
import type { Goal } from './engine';
import { exitCodeOf } from './exit';
import { promote, type PromoteOptions } from './promote';
import type { PromotionSettings } from './settings';

/** One run of the engine as a process of its own: settings from a file, progress as JSON lines. */
export async function main(args: readonly string[], options: PromoteOptions = {}): Promise<number> {
  const [file = '', goal = '{}'] = args;
  const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);
  try {
    const settings = JSON.parse(readFileSync(file, 'utf8')) as PromotionSettings;
    const outcome = await promote(settings, JSON.parse(goal) as Goal, { ...options, progress: say });
    say({ step: 'engine', what: 'done', outcome });
    return outcome.waiting ? 10 : 0;
  } catch (error) {
    const known = forPerson(error);
    say({
      step: 'engine',
      what: 'error',
      code: known?.code ?? 'UNEXPECTED',
      message: known === undefined ? String(error instanceof Error ? error.stack : error) : renderError(known),
    });
    return exitCodeOf(error);
  }
}

/* istanbul ignore next */
if (require.main === module) void main(process.argv.slice(2)).then((code) => process.exit(code));
