import fc from 'fast-check';
import { columns, hanging } from '../../cli/table';
import { wrap } from '../../values/text-table';

test('columns are as wide as their widest cell, and no line ends in a blank', () => {
  expect(
    columns(
      [
        ['a', '1.00', 'x'],
        ['long', '10.00', ''],
      ],
      ['left', 'right'],
    ),
  ).toEqual(['a      1.00  x', 'long  10.00']);
  expect(columns([])).toEqual([]);
});

test('a hanging text is indented below its beginning', () => {
  expect(hanging('db: ', 'one two three', 11)).toBe('db: one two\n    three');
});

test('wrapping loses no word and exceeds the width only for a word that is longer', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-z]{1,12}$/)), fc.integer({ min: 5, max: 40 }), (words, width) => {
      const lines = wrap(words.join(' '), width);
      expect(
        lines
          .join(' ')
          .split(' ')
          .filter((word) => word !== ''),
      ).toEqual(words);
      for (const line of lines) expect(line.length <= width || !line.includes(' ')).toBe(true);
    }),
    { seed: 20261121 },
  );
});
