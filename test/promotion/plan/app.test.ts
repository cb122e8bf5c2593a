import { writeFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openProject } from '../../../cli/project';
import { appProblems } from '../../../promotion/plan';
import { tier } from '../../../tiers';
import { type } from '../../cli/desk';
import { project } from '../../support/project';

const found = (settings: Record<string, string>, from = 'tier1', to = 'tier3') =>
  appProblems(tier(from), tier(to), settings).map(({ where }) => where);

test.each([
  ['SESSION_DRIVER', 'file'],
  ['SESSION_STORE', 'MemoryStore'],
  ['SESSION_ENGINE', 'django.contrib.sessions.backends.file'],
  ['SESSION_FILES', '/var/lib/sessions'],
  ['FILESYSTEM_DISK', 'local'],
  ['ACTIVE_STORAGE_SERVICE', ' local '],
  ['DEFAULT_FILE_STORAGE', 'django.core.files.storage.FileSystemStorage'],
])('%s=%s stays on one server', (name, value) => {
  expect(found({ [name]: value })).toEqual([`app.settings.${name}`]);
});

test.each([
  ['SESSION_DRIVER', 'redis'],
  ['SESSION_DRIVER', 'cookie'],
  ['SESSION_ENGINE', 'django.contrib.sessions.backends.cached_db'],
  ['FILESYSTEM_DISK', 's3'],
  ['LOG_CHANNEL', 'file'],
])('%s=%s does not', (name, value) => {
  expect(found({ [name]: value })).toEqual([]);
});

test('only the way from one server to several asks for it', () => {
  const settings = { SESSION_DRIVER: 'file' };
  expect(found(settings, 'tier1', 'tier2')).toEqual([]);
  expect(found(settings, 'tier3', 'tier4')).toEqual([]);
  expect(found(settings, 'tier3', 'tier1')).toEqual([]);
});

test('plan, and every first phase, is refused with all of them and what to do', async () => {
  const example = readFileSync(join(__dirname, '..', '..', '..', 'environments', 'examples', 'digitalocean-tier1.yaml'), 'utf8');
  const settings = /^ {2}settings:\n/m.test(example)
    ? example.replace(/^ {2}settings:\n/m, '  settings:\n    SESSION_DRIVER: file\n    FILESYSTEM_DISK: local\n')
    : example.replace(/^app:\n/m, 'app:\n  settings:\n    SESSION_DRIVER: file\n    FILESYSTEM_DISK: local\n');
  const cwd = project({ 'digitalocean-tier1': settings });
  writeFileSync(join(cwd, 'cdktf.json'), '{}');
  for (const words of [['plan'], ['phase', 'expand']]) {
    const { code, out, err } = await type(['promote', ...words, 'digitalocean-tier1', '--to', 'tier3'], openProject, { cwd });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(
      'app.settings.SESSION_DRIVER  It is "file": the app keeps sessions on one server, and the next tier has several, each of which would have its own. Keep them in the database or the cache, which every server reaches, release that, and promote then.',
    );
    expect(err).toContain('app.settings.FILESYSTEM_DISK');
  }
});
