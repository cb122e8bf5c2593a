import { execFileSync } from 'node:child_process';
import { chmodSync, linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type LoadedEnvironment, loadEnvironment } from '../../environments/load';
import { TerraceError, renderError } from '../../values/errors';
import { samplePublicKey } from '../support/environments';
import { needs } from '../support/needs';
import { scratch } from '../support/scratch';
import { fineFile } from './broken-files';

/** A project with these files in `environments/`. */
function project(files: Readonly<Record<string, string | Uint8Array>>): string {
  const cwd = scratch();
  for (const [name, text] of Object.entries({ ...files })) {
    mkdirSync(dirname(join(cwd, 'environments', name)), { recursive: true });
    writeFileSync(join(cwd, 'environments', name), text);
  }
  return cwd;
}

/** What a person reads when loading fails; the project's own place is written as CWD. */
function complaint(cwd: string, reference?: string): string {
  try {
    loadEnvironment(reference, { cwd });
  } catch (error) {
    if (error instanceof TerraceError && error.exitCode === 2) return renderError(error).replaceAll(cwd, 'CWD');
    throw error;
  }
  return 'it loads';
}

function loaded(text: string): LoadedEnvironment {
  return loadEnvironment(undefined, { cwd: project({ 'production.yaml': text }) });
}

function named(name: string): string {
  return fineFile.replace('name: production', `name: ${name}`);
}

describe('which file is meant', () => {
  const cwd = project({ 'production.yaml': fineFile, 'staging.yml': named('staging'), 'examples/small.yaml': named('small') });

  test('production, when none is named', () => {
    expect(loadEnvironment(undefined, { cwd })).toMatchObject({
      file: join(cwd, 'environments/production.yaml'),
      environment: { name: 'production' },
    });
  });

  test('a name in environments/, also of a .yml file', () => {
    expect(loadEnvironment('staging', { cwd }).file).toBe(join(cwd, 'environments/staging.yml'));
  });

  test.each(['environments/examples/small.yaml', './environments/examples/small.yaml', join(cwd, 'environments/examples/small.yaml')])(
    'a path: %s',
    (path) => {
      expect(loadEnvironment(path, { cwd }).environment.name).toBe('small');
    },
  );

  test('a missing name is told with the nearest', () => {
    expect(complaint(cwd, 'stagign')).toBe(
      'There is no environment "stagign": looked for environments/stagign.yaml and environments/stagign.yml. Known: production, staging, environments/examples/small.yaml. Did you mean staging?',
    );
  });

  test('a missing file is told with the nearest', () => {
    expect(complaint(cwd, 'environments/examples/smal.yaml')).toBe(
      'There is no environment "environments/examples/smal.yaml": looked for environments/examples/smal.yaml. Known: production, staging, environments/examples/small.yaml. Did you mean environments/examples/small.yaml?',
    );
  });

  test('another folder than the project is told', () => {
    expect(complaint(scratch())).toBe(
      'There is no environment "production": looked for environments/production.yaml and environments/production.yml. There is no environment file here; is this the folder of the project?',
    );
  });

  test('an empty name does not mean production', () => {
    expect(complaint(cwd, '')).toBe(
      "The environment's name is empty, perhaps because TERRACE_ENVIRONMENT is set to nothing. Allowed: the name of a file in environments/ without .yaml, or a path that ends in .yaml or .yml. Unset TERRACE_ENVIRONMENT for production.",
    );
  });

  test('a name that no file can have', () => {
    expect(complaint(cwd, 'Produc tion')).toMatch(/^The environment's name is "Produc tion"\. Allowed: /);
  });
});

describe('a file that cannot be read', () => {
  test('a folder', () => {
    const cwd = project({ 'production.yaml/inner.txt': 'x' });
    expect(complaint(cwd)).toBe('The environment file environments/production.yaml cannot be read: it is a folder. Name a file in it.');
  });

  test('5 MB', () => {
    const cwd = project({ 'production.yaml': '#'.repeat(5_000_000) });
    expect(complaint(cwd)).toBe(
      'The environment file environments/production.yaml cannot be read: it has 5000000 bytes; 65536 are the most.',
    );
  });

  test('one byte too many, and the most that is read', () => {
    const longest = fineFile + '#'.repeat(65_536 - Buffer.byteLength(fineFile));
    expect(complaint(project({ 'production.yaml': longest }))).toBe('it loads');
    expect(complaint(project({ 'production.yaml': `${longest}#` }))).toMatch(/it has 65537 bytes; 65536 are the most\.$/);
  });

  test('a NUL byte, as in a binary file', () => {
    expect(complaint(project({ 'production.yaml': 'name: a\0b\n' }))).toBe(
      'The environment file environments/production.yaml cannot be read: it is no text: byte 8 is NUL.',
    );
  });

  test('bytes that are no UTF-8, as from an old editor', () => {
    expect(complaint(project({ 'production.yaml': Buffer.from('name: caf\xe9\n', 'latin1') }))).toBe(
      'The environment file environments/production.yaml cannot be read: it is no UTF-8 text: byte 10 does not belong. Save it as UTF-8.',
    );
  });

  test.each([
    ['UTF-16, little end first', Buffer.from('\ufeffname: production\n', 'utf16le')],
    ['UTF-16, big end first', Buffer.from('\ufeffname: production\n', 'utf16le').swap16()],
  ])('%s', (_, bytes) => {
    expect(complaint(project({ 'production.yaml': bytes }))).toBe(
      'The environment file environments/production.yaml cannot be read: it is UTF-16 text. Save it as UTF-8.',
    );
  });

  test('a link to nothing', () => {
    const cwd = project({ 'other.txt': '' });
    symlinkSync('nowhere.yaml', join(cwd, 'environments/production.yaml'));
    expect(complaint(cwd)).toBe(
      'The environment file environments/production.yaml cannot be read: it is gone, or it is a link to nothing.',
    );
  });

  test('a link in a circle', () => {
    const cwd = project({ 'other.txt': '' });
    symlinkSync('production.yaml', join(cwd, 'environments/production.yaml'));
    expect(complaint(cwd)).toBe('The environment file environments/production.yaml cannot be read: its links lead in a circle.');
  });

  test('a path that goes through a file', () => {
    expect(complaint(project({ 'production.yaml': fineFile }), 'environments/production.yaml/a.yaml')).toMatch(
      /^There is no environment "environments\/production\.yaml\/a\.yaml"/,
    );
  });

  test('a path that is too long, or holds a NUL', () => {
    const cwd = project({ 'production.yaml': fineFile });
    expect(complaint(cwd, `./${'a'.repeat(5000)}.yaml`)).toMatch(/ cannot be read: its path is too long\.$/);
    expect(complaint(cwd, './a\0.yaml')).toMatch(/ cannot be read: the system says ERR_INVALID_ARG_VALUE\.$/);
  });

  needs('mkfifo')('a pipe: it would wait for ever', () => {
    const cwd = project({ 'other.txt': '' });
    execFileSync('mkfifo', [join(cwd, 'environments/production.yaml')]);
    expect(complaint(cwd)).toBe('The environment file environments/production.yaml cannot be read: it is no ordinary file.');
  });

  test('a file of somebody else', () => {
    const cwd = project({ 'production.yaml': fineFile });
    for (const [path, mode] of [
      ['.', 0o755],
      ['environments', 0o755],
      ['environments/production.yaml', 0],
    ] as const)
      chmodSync(join(cwd, path), mode);
    expect(asNobody(() => complaint(cwd))).toBe(
      'The environment file environments/production.yaml cannot be read: permission denied. Check who may read it.',
    );
  });
});

/** Root may read everything, so tests that run as root give that up for a moment. */
function asNobody<T>(action: () => T): T {
  if (process.geteuid?.() !== 0) return action();
  process.seteuid?.(65_534);
  try {
    return action();
  } finally {
    process.seteuid?.(0);
  }
}

describe('two files of one name', () => {
  test('a copy beside the file that kept the name', () => {
    const cwd = project({ 'production.yaml': fineFile, 'staging.yaml': `# a copy\n${fineFile}` });
    expect(complaint(cwd)).toBe(
      [
        'The environment file environments/production.yaml has one problem. Nothing was written.',
        '  environments/staging.yaml:2:7  this file is called "production" too. Give each environment a name of its own, or remove one file.',
      ].join('\n'),
    );
  });

  test('.yaml and .yml', () => {
    const cwd = project({ 'production.yaml': fineFile, 'production.yml': fineFile });
    expect(complaint(cwd)).toMatch(/one problem.*\n {2}environments\/production\.yml:1:7 {2}this file is called "production" too\./);
  });

  test('the other one cannot even be parsed', () => {
    expect(complaint(project({ 'production.yaml': fineFile, 'production.yml': '{' }))).toMatch(
      /environments\/production\.yml:1:1 {2}this file is called "production" too\./,
    );
  });

  test('an example of the name of a real environment would share its state', () => {
    const cwd = project({ 'production.yaml': fineFile, 'examples/production.yaml': fineFile });
    expect(complaint(cwd, 'environments/examples/production.yaml')).toMatch(
      /\n {2}environments\/production\.yaml:1:7 {2}this file is called "production" too\./,
    );
  });

  test('a file elsewhere of the name of a real environment', () => {
    const cwd = project({ 'production.yaml': fineFile });
    const elsewhere = join(scratch(), 'production.yaml');
    writeFileSync(elsewhere, fineFile);
    expect(complaint(cwd, elsewhere)).toMatch(/\n {2}environments\/production\.yaml:1:7 {2}this file is called "production" too\./);
  });

  test('a link to the same file is the same file', () => {
    const cwd = project({ 'production.yaml': fineFile });
    symlinkSync('production.yaml', join(cwd, 'environments/current.yaml'));
    expect(complaint(cwd)).toBe('it loads');
  });

  test('files that are broken or are no environments do not matter', () => {
    const cwd = project({
      'production.yaml': fineFile,
      'a.yaml': 'production: [',
      'b.yaml': '- production',
      'c.yaml': Buffer.from([0xff, 0]),
      'd.yaml': 'x: production',
    });
    mkdirSync(join(cwd, 'environments/e.yaml'));
    linkSync(join(cwd, 'environments/d.yaml'), join(cwd, 'environments/f.yaml'));
    expect(complaint(cwd)).toBe('it loads');
  });
});

describe('what is no mistake', () => {
  test('Windows line ends', () => {
    expect(loaded(fineFile.replaceAll('\n', '\r\n')).environment).toEqual(loaded(fineFile).environment);
  });

  test('Windows line ends do not move the place of a mistake', () => {
    expect(complaint(project({ 'production.yaml': fineFile.replace('tier3', 'tier9').replaceAll('\n', '\r\n') }))).toMatch(
      /production\.yaml:3:7 {2}tier is "tier9"/,
    );
  });

  test('a byte order mark, with a warning', () => {
    const { environment, warnings } = loaded(`\ufeff${fineFile}`);
    expect(environment).toEqual(loaded(fineFile).environment);
    expect(warnings[0]).toBe('the environment file begins with a byte order mark, which is ignored: save it as UTF-8 without one.');
  });

  test('a byte order mark does not move the place of a mistake', () => {
    expect(complaint(project({ 'production.yaml': `\ufeff${fineFile.replace('name:', 'nam:')}` }))).toMatch(
      /production\.yaml:1:1 {2}nam is not a field/,
    );
  });

  test('anchors and aliases', () => {
    const text = fineFile
      .replace('LOG_LEVEL: info', 'LOG_LEVEL: &level info\n    TRACE_LEVEL: *level')
      .replace('image: ', 'image: &image ');
    expect(loaded(text).environment.app.settings).toEqual({ LOG_LEVEL: 'info', TRACE_LEVEL: 'info' });
  });

  test('the same as JSON, which is YAML', () => {
    const { environment } = loaded(fineFile);
    expect(loaded(JSON.stringify(environment)).environment).toEqual(environment);
  });

  test('one document with its marks', () => {
    expect(loaded(`%YAML 1.2\n---\n${fineFile}...\n`).environment.name).toBe('production');
  });
});

describe('settings arrive as they are written', () => {
  test.each([
    ['1.10', '1.10'],
    ['0644', '0644'],
    ['0x1F', '0x1F'],
    ['1e3', '1e3'],
    ['9007199254740993', '9007199254740993'],
    ['-0', '-0'],
    ['.inf', '.inf'],
    ['true', 'true'],
    ['False', 'False'],
    ['yes', 'yes'],
    ['2026-11-21', '2026-11-21'],
    ['12:30:45', '12:30:45'],
    ['"1.10"', '1.10'],
    ["'true'", 'true'],
    ['!!str 1.10', '1.10'],
    ['""', ''],
    ['${HOME}', '${HOME}'],
    ['"${var.password}"', '${var.password}'],
    ['${TfToken[TOKEN.12]}', '${TfToken[TOKEN.12]}'],
    ['"%{ if true }x%{ endif }"', '%{ if true }x%{ endif }'],
    ['$$5 $(id) `id`', '$$5 $(id) `id`'],
    ['>-\n      a\n      b', 'a b'],
    ['|\n      a\n      b', 'a\nb\n'],
    ['"caf\\u00e9 🙂"', 'café 🙂'],
  ])('%s', (written, arrives) => {
    expect(loaded(fineFile.replace('info', () => written)).environment.app.settings).toEqual({ LOG_LEVEL: arrives });
  });

  test('so do tags and the budget', () => {
    const { environment } = loaded(`${fineFile.replace('monthly: 900', 'monthly: 900.50')}tags:\n  cost-center: 0815\n  audited: true\n`);
    expect([environment.budget, environment.tags]).toEqual([{ monthly: '900.50' }, { 'cost-center': '0815', audited: 'true' }]);
  });
});

describe('what follows from the name', () => {
  test('the key of the state', () => {
    expect(loaded(fineFile).environment.state).toEqual({
      backend: 'spaces',
      bucket: 'deadlock-coach-state',
      region: 'fra1',
      key: 'production.tfstate',
    });
  });

  test('the path of a local state', () => {
    const text = fineFile.replace(/state:\n(?: .*\n)+/, 'state:\n  backend: local\n');
    expect(loaded(text).environment.state).toEqual({ backend: 'local', path: '.terrace/state/production.tfstate' });
  });

  test('all defaults', () => {
    const text =
      'name: production\nroadmap: deadlock-coach\ntier: tier1\nplatform: digitalocean\nregion: fra1\nnamePrefix: coach\ndomain: a.example\napp:\n  image: a:1\nload:\n  dailyUsers: 1\nstate:\n  backend: local\n';
    expect(loaded(text)).toMatchObject({
      warnings: [],
      environment: {
        app: { image: 'a:1', port: 8080, healthPath: '/healthz', settings: {}, secrets: [] },
        access: { sshKeys: {}, allowedCidrs: [] },
        alerts: { emails: [] },
        generations: {},
        channelKeys: [1],
        tags: {},
      },
    });
  });
});

describe('warnings', () => {
  const local = fineFile.replace(/state:\n(?: .*\n)+/, 'state:\n  backend: local\n');
  const inCluster = fineFile
    .replace('backend: spaces', 'backend: s3')
    .replace('coach-state\n  region: fra1', 'coach-state\n  region: eu-central-1')
    .replace('tier3', 'tier5')
    .replace('platform: digitalocean\nregion: fra1', 'platform: aws\nregion: us-east-1\nregions: [us-west-2]');
  const localWarning =
    'production is at tier3 and keeps its state in a file on this machine (.terrace/state/production.tfstate): nobody else can deploy it, nothing locks it, and it is lost with the disk. Use state.backend s3 or spaces.';

  test.each<[string, string, readonly string[]]>([
    ['local state above tier 1', local, [localWarning]],
    ['not at tier 1', local.replace('tier3', 'tier1'), []],
    ['not for a disposable environment', `${local}disposable: production\n`, []],
    [
      'state in S3',
      fineFile.replace('backend: spaces', 'backend: s3').replace('coach-state\n  region: fra1', 'coach-state\n  region: eu-central-1'),
      [],
    ],
    [
      'state in Spaces',
      fineFile,
      [
        'production keeps its state in Spaces, a backend without a lock until a conditional write has been seen to be refused on a real account: let one pipeline at a time deploy it.',
      ],
    ],
    [
      'an image without a version',
      local.replace('tier3', 'tier1').replace(':1.4.2', ''),
      [
        'app.image ghcr.io/example/deadlock-coach names no version: a new image under the same name is not rolled out, and a roll-back has nothing to go back to. Name a tag or a digest.',
      ],
    ],
    [
      'the latest image',
      local.replace('tier3', 'tier1').replace('1.4.2', 'latest'),
      [
        'app.image ghcr.io/example/deadlock-coach:latest names no version: a new image under the same name is not rolled out, and a roll-back has nothing to go back to. Name a tag or a digest.',
      ],
    ],
    [
      'a pipeline whose image has no version',
      `${local.replace('tier3', 'tier1')}\npipeline: { image: ghcr.io/example/train }\n`,
      [
        'pipeline.image ghcr.io/example/train names no version: each run takes what the name stands for that day, and nobody can say what made a model. Name a tag or a digest.',
      ],
    ],
    [
      'a region that takes nothing new',
      local.replace('tier3', 'tier1').replace('fra1', 'sfo1'),
      ['region sfo1: closed to new accounts or sells only some products (catalog, 2026-08-21).'],
    ],
    [
      'a door without a key',
      local.replace('tier3', 'tier1').replace('allowedCidrs: []', 'allowedCidrs: [203.0.113.7/32]'),
      ['access.allowedCidrs opens the SSH port, but access.sshKeys names nobody who could log in.'],
    ],
    [
      'clusters that only their own network reaches',
      inCluster,
      [
        'access.allowedCidrs is empty, so that the clusters of production answer inside their networks alone: what runs in them (tier5-workloads) can be deployed only from there. Name the range that deploys come from, or deploy from a machine in the network.',
      ],
    ],
    // No server of the tier has a port for SSH.
    ['clusters that a range reaches', inCluster.replace('allowedCidrs: []', 'allowedCidrs: [203.0.113.7/32]'), []],
    [
      'a door with a key',
      local
        .replace('tier3', 'tier1')
        .replace('sshKeys: {}\n  allowedCidrs: []', `sshKeys:\n    ada: ${samplePublicKey}\n  allowedCidrs: [203.0.113.7/32]`),
      [],
    ],
  ])('%s', (_, text, warnings) => {
    expect(loaded(text).warnings).toEqual(warnings);
  });
});
