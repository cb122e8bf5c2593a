// Token stack traces are most of the time a synthesis takes, and no test reads one.
jest.mock('cdktf/lib/tokens/private/stack-trace', () => ({ captureStackTrace: () => [] }));

// Of the time of a plan in Go, a fifth goes into collecting garbage that no machine for tests is short of room for.
process.env['GOGC'] ??= '400';
