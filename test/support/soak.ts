/** Whether `npm run soak` runs, which tries all of what takes too long for every change. */
export const soak = process.env['TERRACE_SOAK'] === '1';

/** A test of `npm run soak` alone. */
export function rarely(of: typeof test): typeof test {
  return soak ? of : ((() => undefined) as unknown as typeof test);
}
