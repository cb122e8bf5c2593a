import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { type LoadedEnvironment, loadEnvironment, readEnvironment } from '../../environments/load';
import { TerraceError, renderError } from '../../values/errors';
import { arbitraryEnvironment } from '../support/arbitrary-environment';
import { scratch } from '../support/scratch';

const seed = { seed: 20261121, numRuns: 200 };
const project = scratch();
mkdirSync(join(project, 'environments'));

/** What YAML or JavaScript could stumble over. */
const pieces = [
  '',
  '\t',
  '\n',
  ': ',
  '- ',
  '{',
  '}',
  '[',
  ']',
  '"',
  "'",
  '&a ',
  '*a',
  '!x ',
  '| ',
  '> ',
  '? ',
  '---\n',
  '%',
  '@',
  '#',
  '<<: ',
  '__proto__: ',
  'constructor: ',
  '~',
  '\u0000',
  '\ufeff',
  '\ud800',
  '\r',
  '1e999',
  '.nan',
  '-0',
  '0x',
  '_',
  '${a}',
];

/** Loads a text as the file of this name in a project that has no other. */
function load(name: string, text: string | Uint8Array): LoadedEnvironment {
  const file = join(project, `${name}.yaml`);
  writeFileSync(file, text);
  return loadEnvironment(file, { cwd: join(project, 'environments') });
}

/** What loading gives, when the only errors are ours and read like sentences; anything else is named and fails the test. */
function loadsOrTells(text: string | Uint8Array): string {
  try {
    load('production', text);
    return 'loads';
  } catch (error) {
    return isOurs(error) ? 'tells' : `breaks with ${String(error)}`;
  }
}

function isOurs(error: unknown): boolean {
  if (!(error instanceof TerraceError) || error.exitCode !== 2 || !error.code.startsWith('ENVIRONMENT_')) return false;
  const places = error.problems.every((problem) => /:[0-9]+:[0-9]+$/.test(problem.where ?? ''));
  return places && !/undefined|\[object|NaN/.test(renderError(error));
}

/** Every text of a generator loads or is refused in our words. @returns which of the two happened */
function everyOneLoadsOrTells(texts: fc.Arbitrary<string | Uint8Array>, runs = seed.numRuns): readonly string[] {
  const seen = new Set<string>();
  const judged = (text: string | Uint8Array): boolean => {
    const outcome = loadsOrTells(text);
    seen.add(outcome);
    return outcome === 'loads' || outcome === 'tells';
  };
  fc.assert(fc.property(texts, judged), { ...seed, numRuns: runs });
  return [...seen].sort();
}

test('every valid environment reads as exactly what was written, whatever its settings hold', () => {
  fc.assert(
    fc.property(arbitraryEnvironment(), ({ text, environment }) => {
      const reading = readEnvironment(text, environment.name);
      expect([reading.findings, reading.environment]).toEqual([[], environment]);
    }),
    seed,
  );
});

test('any text is refused with our own error', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.string({ unit: 'grapheme', maxLength: 300 }),
    fc.string({ maxLength: 300 }),
  );
  expect(everyOneLoadsOrTells(texts)).toEqual(['tells']);
});

test('any bytes are refused with our own error', () => {
  expect(everyOneLoadsOrTells(fc.uint8Array({ maxLength: 400 }))).toEqual(['tells']);
});

test('any JSON value is refused with our own error, whatever its keys are', () => {
  expect(everyOneLoadsOrTells(fc.json({ maxDepth: 4 }))).toEqual(['tells']);
});

test('a file with something cut out, doubled or put in loads or is refused with our own error', () => {
  const whole = readFileSync(join(__dirname, '../../environments/production.yaml'), 'utf8');
  const edits = fc.array(fc.tuple(fc.nat(whole.length), fc.nat(30), fc.constantFrom(...pieces)), { minLength: 1, maxLength: 4 });
  const edited = edits.map((changes) =>
    changes.reduce((text, [at, length, piece]) => text.slice(0, at) + piece + text.slice(at + length), whole),
  );
  expect(everyOneLoadsOrTells(edited, 600)).toEqual(['loads', 'tells']);
});
