import { buildSync } from 'esbuild';
import { X509Certificate } from 'node:crypto';
import { execFileSync, spawn } from 'node:child_process';
import { connect } from 'node:net';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCertificate } from '../../../terraform/standin/certificate';
import { directoryHash, installMirror, thisPlatform, type Mirror } from '../../../terraform/standin/mirror';
import { needs } from '../../support/needs';
import { scratch } from '../../support/scratch';
import { everyType } from './fixture';
import { Workspace } from './harness';

const terraform = needs('terraform');
const ROOT = join(__dirname, '..', '..', '..');
// Inside the package, because the plugin looks for its data from where it lies.
const BUILT = join(ROOT, 'node_modules', '.cache', `standin-test-${process.pid}`);
const PLUGIN = join(BUILT, 'plugin.js');

beforeAll(() => {
  mkdirSync(BUILT, { recursive: true });
  buildSync({
    entryPoints: [join(ROOT, 'terraform', 'standin', 'plugin.ts')],
    bundle: true,
    platform: 'node',
    outfile: PLUGIN,
    logLevel: 'error',
  });
});
afterAll(() => rmSync(BUILT, { recursive: true, force: true }));

describe('a mirror', () => {
  let mirror: Mirror;
  let room: string;
  const provider = (): string => join(room, 'mirror/registry.terraform.io/digitalocean/digitalocean/2.71.0', thisPlatform());

  beforeAll(async () => {
    room = scratch('standin-mirror-');
    mirror = await installMirror(join(room, 'mirror'), { plugin: PLUGIN, state: join(room, 'sandbox.json') });
  });

  test('holds an executable provider file and a CLI configuration', () => {
    expect(statSync(join(provider(), 'terraform-provider-digitalocean_v2.71.0')).mode & 0o111).toBe(0o111);
    expect(readFileSync(mirror.cliConfig, 'utf8')).toContain('filesystem_mirror');
  });

  test('has the hash that a lock file may name', () => {
    expect(mirror.hashes.digitalocean).toBe(directoryHash(provider()));
    expect(mirror.hashes.digitalocean).toMatch(/^h1:[A-Za-z0-9+/]{43}=$/);
  });

  test('says what is missing when the package is not compiled', async () => {
    const absent = join(room, 'dist/plugin.js');
    await expect(installMirror(join(room, 'other'), { plugin: absent })).rejects.toThrow(
      `${absent} is missing: the provider file in a mirror starts the compiled stand-in. Build it with: npm run build`,
    );
  });

  terraform('serves a provider of protocol 6 as well', async () => {
    const workspace = new Workspace(join(room, 'release'), { TF_CLI_CONFIG_FILE: mirror.cliConfig });
    const release = {
      helm_release: { a: { name: 'loki', namespace: 'logs', create_namespace: true, chart: 'loki', set: [{ name: 'a', value: '1' }] } },
    };
    await workspace
      .write(release, {
        terraform: { required_providers: { helm: { source: 'hashicorp/helm', version: '3.1.1' } } },
        provider: { helm: { kubernetes: { host: 'https://one.example.test' } } },
      })
      .init();
    expect(await workspace.apply()).toContain('Resources: 1 added');
    expect(await workspace.must('plan', '-detailed-exitcode', '-no-color')).toContain('No changes.');
    expect(await workspace.must('destroy', '-auto-approve', '-no-color')).toContain('1 destroyed');
  });

  terraform('serves plain terraform: init, apply, nothing left to do, destroy', async () => {
    const workspace = new Workspace(join(room, 'stack'), { TF_CLI_CONFIG_FILE: mirror.cliConfig });
    await workspace.write(everyType()).init();
    expect(readFileSync(join(room, 'stack', '.terraform.lock.hcl'), 'utf8')).toContain(mirror.hashes.digitalocean);
    expect(await workspace.apply()).toContain('Resources: 33 added');
    expect(await workspace.must('plan', '-detailed-exitcode', '-no-color')).toContain('No changes.');
    expect(await workspace.must('destroy', '-auto-approve', '-no-color')).toContain('33 destroyed');
    expect(statSync(join(room, 'sandbox.json')).mode & 0o777).toBe(0o600);
  });
});

/** Starts the plugin below a process of its own, which is then killed outright. @returns the port it listens on */
async function orphan(): Promise<number> {
  const program = `require('node:child_process').spawn(process.execPath, [${JSON.stringify(PLUGIN)}], { stdio: 'inherit' }); setInterval(() => 0, 1000)`;
  const environment = { ...process.env, TF_PLUGIN_MAGIC_COOKIE: 'x', TERRACE_SANDBOX_STATE: join(BUILT, 'orphan.json') };
  const parent = spawn(process.execPath, ['-e', program], { env: environment, stdio: ['ignore', 'pipe', 'ignore'] });
  const line = await new Promise<string>((done) => parent.stdout.once('data', (data: Buffer) => done(String(data))));
  parent.kill('SIGKILL');
  return Number(/127\.0\.0\.1:(\d+)/.exec(line)?.[1]);
}

function listens(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1', () => done(true));
    socket.on('connect', () => socket.destroy()).on('error', () => done(false));
  });
}

describe('the plugin', () => {
  test('ends by itself when its Terraform is killed outright', async () => {
    const port = await orphan();
    expect(await listens(port)).toBe(true);
    for (let waited = 0; waited < 20_000 && (await listens(port)); waited += 200) await new Promise((next) => setTimeout(next, 200));
    expect(await listens(port)).toBe(false);
  });

  test('started by hand it says what it is, and ends', () => {
    expect(() => execFileSync(process.execPath, [PLUGIN], { stdio: 'pipe' })).toThrow('This is the stand-in, a Terraform provider.');
  });
});

describe('the certificate of a run', () => {
  const then = Date.UTC(2026, 10, 21, 12);
  const made = runCertificate(then);
  const read = new X509Certificate(made.certificate);

  test('names localhost, signs itself, and lasts a day', () => {
    expect(read.subjectAltName).toBe('DNS:localhost');
    expect(read.ca).toBe(true);
    expect(read.verify(read.publicKey)).toBe(true);
    expect([read.validFrom, read.validTo]).toEqual(['Nov 21 11:00:00 2026 GMT', 'Nov 22 12:00:00 2026 GMT']);
  });

  test('is handed over as base64 without padding', () => {
    expect(Buffer.from(made.handshake, 'base64').equals(read.raw)).toBe(true);
    expect(made.handshake).not.toContain('=');
  });

  needs('openssl')('is one that OpenSSL accepts for its key', () => {
    const file = join(scratch('standin-cert-'), 'cert.pem');
    writeFileSync(file, made.certificate);
    expect(execFileSync('openssl', ['verify', '-attime', `${then / 1000}`, '-CAfile', file, file], { encoding: 'utf8' })).toContain('OK');
  });
});

test('a machine has the name that Terraform gives it', () => {
  expect(thisPlatform('linux', 'x64')).toBe('linux_amd64');
  expect(thisPlatform('darwin', 'arm64')).toBe('darwin_arm64');
  expect(thisPlatform('win32', 'x64')).toBe('windows_amd64');
});
