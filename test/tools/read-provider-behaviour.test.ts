import { forcesSection } from '../../tools/read-provider-behaviour';

test('paths that force replacement are listed by type, nested ones with their parents', () => {
  expect(
    forcesSection({
      b_server: { attributes: { size: {}, image: { forceNew: true }, pool: { children: { size: { forceNew: true }, count: {} } } } },
      a_tag: { attributes: { name: {} } },
    }),
  ).toBe('forces:\n  a_tag: []\n  b_server: [image, pool.size]\n');
});
