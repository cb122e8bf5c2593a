import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadEnvironment } from '../../environments/load';
import { TerraceError } from '../../values/errors';
import { scratch } from '../support/scratch';
import { brokenFiles, fineFile } from './broken-files';

const cwd = scratch();
const folder = join(cwd, 'environments');
mkdirSync(folder);

/** The error that loading `production` ends with. */
function errorOf(text: string): TerraceError {
  writeFileSync(join(folder, 'production.yaml'), text);
  try {
    loadEnvironment(undefined, { cwd });
  } catch (error) {
    if (error instanceof TerraceError) return error;
    throw error;
  }
  throw new Error('it loads');
}

test('the file that all others differ from loads', () => {
  writeFileSync(join(folder, 'production.yaml'), fineFile);
  expect(loadEnvironment(undefined, { cwd }).environment.tier).toBe('tier3');
});

test('no two broken files are the same', () => {
  expect(new Set(brokenFiles.map(({ text }) => text)).size).toBe(brokenFiles.length);
  expect(new Set(brokenFiles.map(({ title }) => title)).size).toBe(brokenFiles.length);
});

describe.each(brokenFiles)('$title', ({ text, problems }) => {
  test('is refused with every problem at its place', () => {
    const error = errorOf(text);
    expect(error.problems.map(({ where, message }) => `${where?.replace('environments/production.yaml:', '')}  ${message}`)).toEqual(
      problems,
    );
    expect([error.code, error.exitCode]).toEqual(['ENVIRONMENT_INVALID', 2]);
    expect(error.message).toBe(
      `The environment file environments/production.yaml has ${problems.length === 1 ? 'one problem' : `${problems.length} problems`}. Nothing was written.`,
    );
  });
});

test('nothing was written by any of them', () => {
  expect([readdirSync(cwd), readdirSync(folder)]).toEqual([['environments'], ['production.yaml']]);
  expect(readFileSync(join(folder, 'production.yaml'), 'utf8')).toBe(brokenFiles.at(-1)?.text);
});
