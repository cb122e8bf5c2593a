import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runEngine } from '../../../../promotion/rehearse/engine-process';
import { testEngine } from './servers';

/**
 * Starts engines until one comes to the goal, each killed at the next point that it meets.
 * @returns how often one was killed, and the points that none met
 */
export async function killedAt(
  file: string,
  list: readonly string[],
  goal: object,
  env: NodeJS.ProcessEnv = {},
): Promise<{ kills: number; left: string }> {
  const crashes = join(dirname(file), 'crashes');
  writeFileSync(crashes, list.join('\n'));
  for (let kills = 0; ; kills += 1) {
    const { code, last } = await runEngine(file, goal, { program: testEngine, env: { ...env, TEST_CRASHES: crashes } }).ended;
    if (code !== null && code !== 0 && code !== 10) throw new Error(last);
    if (code !== null) return { kills, left: readFileSync(crashes, 'utf8') };
  }
}

/** Dies at a point, and is not started again. */
export async function diesAt(file: string, point: string, goal: object): Promise<void> {
  const crashes = join(dirname(file), 'crashes');
  writeFileSync(crashes, point);
  const { code, last } = await runEngine(file, goal, { program: testEngine, env: { TEST_CRASHES: crashes } }).ended;
  if (code !== null) throw new Error(`${point} was not met: ${code} ${last}`);
}
