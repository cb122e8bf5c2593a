// Token stack traces are most of the time a synthesis takes, and no test reads one.
jest.mock('cdktf/lib/tokens/private/stack-trace', () => ({ captureStackTrace: () => [] }));
