import { processorRow } from '../../bench/report';
import { selection } from '../../bench/selection';

test('a row of processor time is held to its median', () => {
  expect(processorRow('x', 50, [10, 49, 900])).toMatchObject({ ours: 49, floor: null, ratio: null, ok: true });
  expect(processorRow('x', 50, [10, 51, 900]).ok).toBe(false);
});

test('the selector stays within 50 ms', () => expect(selection()).toMatchObject([{ limit: 50, ok: true }]));
