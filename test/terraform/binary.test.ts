import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findTerraform, isOlder } from '../../terraform/binary';
import { scratch } from '../support/scratch';

/** A program that answers `version` with this text. */
function program(folder: string, name: string, answer: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\ncat <<'END'\n${answer}\nEND\n`);
  chmodSync(path, 0o755);
  return path;
}

const shell = '/usr/bin:/bin';

describe('the program that is run', () => {
  test('is terraform, where both are installed', async () => {
    const bin = scratch();
    program(bin, 'tofu', 'OpenTofu v1.10.3');
    const path = program(bin, 'terraform', 'Terraform v1.11.4\non linux_amd64');
    expect(await findTerraform({ PATH: `${bin}:${shell}` })).toEqual({ path, product: 'Terraform', version: '1.11.4' });
  });

  test('is tofu, where it stands alone', async () => {
    const bin = scratch();
    const path = program(bin, 'tofu', 'OpenTofu v1.10.3\non linux_amd64');
    expect(await findTerraform({ PATH: `${bin}:${shell}` })).toEqual({ path, product: 'OpenTofu', version: '1.10.3' });
  });

  test('is what TERRAFORM_BINARY_NAME names, a name or a path', async () => {
    const bin = scratch();
    program(bin, 'terraform', 'Terraform v1.11.4');
    const path = program(bin, 'mine', 'OpenTofu v1.10.0');
    expect((await findTerraform({ PATH: `${bin}:${shell}`, TERRAFORM_BINARY_NAME: 'mine' })).path).toBe(path);
    expect((await findTerraform({ PATH: shell, TERRAFORM_BINARY_NAME: path })).path).toBe(path);
  });

  test('is not a folder of that name', async () => {
    const first = scratch();
    const second = scratch();
    mkdirSync(join(first, 'terraform'));
    const path = program(second, 'terraform', 'Terraform v1.11.4');
    expect((await findTerraform({ PATH: `${first}:${second}:${shell}` })).path).toBe(path);
  });

  test('is the one installed here', async () => {
    const found = await findTerraform();
    expect(isOlder(found.version, '1.10.0')).toBe(false);
  });
});

describe('what is wrong is said, with what to install', () => {
  test('nothing found', async () => {
    await expect(findTerraform({ PATH: scratch() })).rejects.toMatchObject({
      code: 'TERRAFORM_NOT_FOUND',
      message:
        'Terraform was not found: looked for terraform, then tofu on the PATH.\n' +
        'Install Terraform 1.10 or later (https://developer.hashicorp.com/terraform/install) or OpenTofu 1.10 or later ' +
        '(https://opentofu.org/docs/intro/install), or name the program in TERRAFORM_BINARY_NAME.',
    });
  });

  test('a name that is not there is not replaced by another program', async () => {
    const bin = scratch();
    program(bin, 'terraform', 'Terraform v1.11.4');
    await expect(findTerraform({ PATH: bin, TERRAFORM_BINARY_NAME: 'tofu' })).rejects.toMatchObject({
      code: 'TERRAFORM_NAMED_BINARY_NOT_FOUND',
      message:
        'TERRAFORM_BINARY_NAME is "tofu", and there is no such program on the PATH. Give a program on the PATH or a full path, or unset it: then terraform and tofu are looked for.',
    });
  });

  test('too old', async () => {
    const bin = scratch();
    const path = program(bin, 'terraform', 'Terraform v1.9.8');
    await expect(findTerraform({ PATH: `${bin}:${shell}` })).rejects.toMatchObject({
      code: 'TERRAFORM_TOO_OLD',
      message: `${path} is Terraform 1.9.8; 1.10.0 or later is needed (state locks without a second service came with 1.10). Upgrade it, or name a newer one in TERRAFORM_BINARY_NAME.`,
    });
  });

  test('something else of that name', async () => {
    const bin = scratch();
    const path = program(bin, 'terraform', 'hello');
    await expect(findTerraform({ PATH: `${bin}:${shell}` })).rejects.toMatchObject({
      code: 'TERRAFORM_VERSION_UNREADABLE',
      message: `"${path} version" answered "hello\\n", which is neither Terraform nor OpenTofu. Check TERRAFORM_BINARY_NAME and the PATH.`,
    });
  });
});

test.each([
  ['1.9.8', '1.10.0', true],
  ['1.10.0', '1.10.0', false],
  ['1.10.0-beta1', '1.10.0', false],
  ['2.0.0', '1.10.0', false],
  ['0.15.5', '1.10.0', true],
])('%s is older than %s: %s', (version, than, expected) => expect(isOlder(version, than)).toBe(expected));
