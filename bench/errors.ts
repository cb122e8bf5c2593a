import { TerraceError } from '../values/errors';

/** A program that was to be measured did not run to its end. */
export function processFailed(program: readonly string[], status: number | null, output: string): TerraceError {
  return new TerraceError(
    'BENCH_PROCESS_FAILED',
    `node ${program.join(' ')} ended with ${status ?? 'a signal'}, so there is nothing to compare. It said:\n${output.trim()}`,
  );
}

/** Another program that is measured, or that makes what is measured, failed. */
export function programFailed(program: string, said: string): TerraceError {
  return new TerraceError('BENCH_PROGRAM_FAILED', `${program} failed, so there is nothing to compare. It said:\n${said.trim()}`);
}
