import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runInThisContext } from 'node:vm';
import fc from 'fast-check';
import { compileAll, compilers, isStale } from '../../tools/compile';
import { parseCsv } from '../../tools/csv';
import { keyedLiteral, layout, listLiteral, literal, type Plain } from '../../tools/typescript-literal';
import { scratch } from '../support/scratch';

const root = join(__dirname, '..', '..');
const seed = { seed: 20261121, numRuns: 300 };

/** The value that a literal stands for. */
function valueOf(text: string): unknown {
  return JSON.parse(JSON.stringify(runInThisContext(`(${text})`))) as unknown;
}

describe('csv', () => {
  test('quotes protect commas, quotes and line ends', () => {
    expect(parseCsv('a,b\n1,"x, ""y""\nz"\n2,\n')).toEqual([
      { a: '1', b: 'x, "y"\nz' },
      { a: '2', b: '' },
    ]);
  });

  test('Windows line ends and a missing last one are fine', () => {
    expect(parseCsv('a,b\r\n1,2')).toEqual([{ a: '1', b: '2' }]);
  });

  test('a row with another number of cells names its line', () => {
    expect(() => parseCsv('a,b\n1,2\n3\n')).toThrow('row 3 has 1 cells, the header has 2');
  });

  test('an open quote is an error', () => {
    expect(() => parseCsv('a,b\n1,"2\n')).toThrow('row 2 has a quote that is never closed');
  });

  test('what was written is read back', () => {
    const cell = fc.string({ maxLength: 8, unit: fc.constantFrom('a', ',', '"', '\n', ' ') });
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 5 }), (rows) => {
        const written = rows.map((row) => row.map((each) => `"${each.replaceAll('"', '""')}"`).join(',')).join('\n');
        expect(parseCsv(`a,b\n${written}`)).toEqual(rows.map(([a, b]) => ({ a, b })));
      }),
      seed,
    );
  });
});

describe('literals', () => {
  test('are in the style of the project', () => {
    expect(literal({ slug: 's-1', 'a-b': [1, null, undefined, true], text: 'it\'s "so"\n' })).toBe(
      "{ slug: 's-1', 'a-b': [1, null, undefined, true], text: 'it\\'s \"so\"\\n' }",
    );
    expect(listLiteral([{ a: 1 }, { a: 2 }])).toBe('[\n  { a: 1 },\n  { a: 2 },\n]');
    expect(keyedLiteral({ a: [], 'b-c': {} })).toBe("{\n  a: [],\n  'b-c': {},\n}");
    expect(layout({ a: [1, 2], b: 'x' }, 0, 10)).toBe("{\n  a: [1, 2],\n  b: 'x',\n}");
  });

  test('stand for the value they were made from', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), fc.integer({ min: 1, max: 60 }), (value, width) => {
        const plain = JSON.parse(JSON.stringify(value)) as Plain;
        expect(valueOf(literal(plain))).toEqual(plain);
        expect(valueOf(layout(plain, 0, width))).toEqual(plain);
      }),
      seed,
    );
  });
});

describe('compiling', () => {
  test('writes what is stale, and nothing when all is current', () => {
    const copy = scratch();
    for (const { source, target } of compilers) {
      for (const file of [source, target]) mkdirSync(dirname(join(copy, file)), { recursive: true });
      writeFileSync(join(copy, source), readFileSync(join(root, source)));
    }
    // A page is its own source, so that a copy of it is current.
    const stale = compilers.filter(({ source, target }) => source !== target);
    expect(stale.filter((each) => !isStale(each, copy))).toEqual([]);
    expect(compileAll(copy)).toEqual(stale.map((each) => each.target));
    expect(compileAll(copy)).toEqual([]);
  });

  test('every target of the catalog and the tiers is a generated file beside its source', () => {
    for (const { source, target } of compilers.filter((each) => /^(catalog|tiers)\//.test(each.source))) {
      expect(existsSync(join(root, source))).toBe(true);
      expect(target).toMatch(/\.generated\.ts$/);
      expect(dirname(target)).toBe(dirname(source));
    }
  });
});

test('a source that cannot be compiled is named', () => {
  const copy = scratch();
  writeFileSync(join(copy, 'odd.csv'), 'a,b\n1\n');
  const odd = { source: 'odd.csv', target: 'odd.generated.ts', compile: (text: string) => JSON.stringify(parseCsv(text)) };
  expect(() => isStale(odd, copy)).toThrow('odd.csv: row 2 has 1 cells, the header has 2');
});
