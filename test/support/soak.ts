/** Whether `npm run soak` runs, which tries all of what takes too long for every change. */
export const soak = process.env['TERRACE_SOAK'] === '1';
