import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeProviderLock } from '../../terraform/provider-lock';
import { Terraform } from '../../terraform/terraform';
import { dataStack, StackJson, writeStack } from './stack';

const lockOf = (directory: string): string => readFileSync(join(directory, '.terraform.lock.hcl'), 'utf8');
const requiring = (providers: StackJson): StackJson => ({ terraform: { required_providers: providers } });
const digitalocean = (version: string): StackJson => requiring({ digitalocean: { source: 'digitalocean/digitalocean', version } });

test('the version is pinned, and no hash is invented', () => {
  const directory = writeStack(digitalocean('2.71.0'));
  expect(writeProviderLock(directory)).toBe(true);
  expect(lockOf(directory)).toBe(
    'provider "registry.terraform.io/digitalocean/digitalocean" {\n  version     = "2.71.0"\n  constraints = "2.71.0"\n}\n',
  );
});

test('a lock file with hashes that Terraform has verified is left alone', () => {
  const directory = writeStack(digitalocean('2.71.0'));
  const verified =
    '# maintained\nprovider "registry.terraform.io/digitalocean/digitalocean" {\n  version     = "2.71.0"\n  constraints = "2.71.0"\n  hashes = [\n    "h1:abc",\n  ]\n}\n';
  writeFileSync(join(directory, '.terraform.lock.hcl'), verified);
  const before = statSync(join(directory, '.terraform.lock.hcl')).mtimeMs;
  expect(writeProviderLock(directory)).toBe(false);
  expect(lockOf(directory)).toBe(verified);
  expect(statSync(join(directory, '.terraform.lock.hcl')).mtimeMs).toBe(before);
});

test('another version is pinned anew: init would refuse the old one', () => {
  const directory = writeStack(digitalocean('2.71.0'));
  writeProviderLock(directory);
  writeFileSync(join(directory, 'cdk.tf.json'), JSON.stringify(digitalocean('2.72.0')));
  expect(writeProviderLock(directory)).toBe(true);
  expect(lockOf(directory)).toContain('version     = "2.72.0"');
});

test.each([
  ['a short source is one of hashicorp', { aws: { source: 'aws', version: '5.100.0' } }, 'registry.terraform.io/hashicorp/aws'],
  ['no source is one of hashicorp', { aws: { version: '5.100.0' } }, 'registry.terraform.io/hashicorp/aws'],
  ['a full source names its registry', { mine: { source: 'example.org/me/mine', version: '1.0.0' } }, 'example.org/me/mine'],
])('%s', (_name, providers, source) => {
  const directory = writeStack(requiring(providers));
  expect(writeProviderLock(directory)).toBe(true);
  expect(lockOf(directory)).toContain(`provider "${source}" {`);
});

test.each([
  ['no provider', requiring({})],
  ['a range, which only a registry can settle', requiring({ aws: { source: 'hashicorp/aws', version: '~> 5.0' } })],
])('nothing is written for %s', (_name, stack) => {
  expect(writeProviderLock(writeStack(stack))).toBe(false);
});

test('Terraform reads the file', async () => {
  const directory = writeStack(dataStack({ one: {} }));
  writeFileSync(
    join(directory, '.terraform.lock.hcl'),
    'provider "registry.terraform.io/digitalocean/digitalocean" {\n  version     = "2.71.0"\n  constraints = "2.71.0"\n}\n',
  );
  await expect((await Terraform.in({ directory })).init()).resolves.toEqual([]);
});
