import { sidesOf } from '../../../stacks/transition';

test('whoever plans a promotion pays neither for the traces of tokens nor for an archiver', () => {
  expect(sidesOf).toBeInstanceOf(Function);
  const { captureStackTrace } = require('cdktf/lib/tokens/private/stack-trace') as { captureStackTrace: () => readonly string[] };
  expect(captureStackTrace()).toEqual([]);
});
