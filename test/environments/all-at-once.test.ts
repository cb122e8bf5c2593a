import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadEnvironment } from '../../environments/load';
import { problemsBeside } from '../../stacks/problems';
import { packageFile } from '../../terraform/package-root';
import { TerraceError } from '../../values/errors';
import { scratch } from '../support/scratch';
import { brokenFiles } from './broken-files';

/** What a command says of a file, each problem with its place. */
function said(name: string, text: string): readonly string[] {
  const cwd = scratch();
  mkdirSync(join(cwd, 'environments'));
  writeFileSync(join(cwd, 'environments', `${name}.yaml`), text);
  try {
    loadEnvironment(name, { cwd, further: problemsBeside });
  } catch (error) {
    if (!(error instanceof TerraceError)) throw error;
    return error.problems.map(({ where = '', message }) => `${where.replace(`environments/${name}.yaml:`, '')}  ${message}`);
  }
  return [];
}

/** What it says of an example with some lines written otherwise. */
function saidOf(example: string, ...changes: readonly (readonly [RegExp, string])[]): readonly string[] {
  const text = readFileSync(packageFile('environments', 'examples', `${example}.yaml`), 'utf8');
  return said(
    example,
    changes.reduce((before, [from, to]) => before.replace(from, to), text),
  );
}

test('a region that is none, and cards that are none, are said together', () => {
  expect(saidOf('aws-tier5', [/us-west-2/, 'us-wset-2'], [/$/, 'gpu: { sizes: [g6e.xlarg], spot: false, otherwise: refuse }\n'])).toEqual([
    expect.stringMatching(/^\d+:5 {2}regions\[0\] is "us-wset-2", .* Did you mean us-west-2\?$/),
    expect.stringMatching(/^gpu\.sizes\[0\] {2}.*g6e\.xlarg.* Did you mean g6e\.xlarge\?$/),
  ]);
});

test('cards that home does not sell are said with a second region that is none, of which nothing else is said', () => {
  const found = saidOf('digitalocean-tier5', [/tor1/, 'blr1'], [/ams3/, 'ams4']);
  expect(found).toEqual([
    expect.stringContaining('regions[0] is "ams4"'),
    expect.stringMatching(/^gpu {2}.* none is known to be sold in blr1\./),
  ]);
});

test('of a home that is none nothing follows', () => {
  expect(saidOf('aws-tier5', [/us-east-1/, 'us-est-1'])).toEqual([expect.stringContaining('region is "us-est-1"')]);
});

test.each(brokenFiles)('$title: what is said of the file comes first, as it was', ({ text, problems }) => {
  expect(said('production', text).slice(0, problems.length)).toEqual(problems);
});
