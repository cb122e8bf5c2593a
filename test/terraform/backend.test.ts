import { createServer, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { existsSync, readFileSync, writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { resetForeignBackend } from '../../terraform/backend';
import { Terraform } from '../../terraform/terraform';
import { scratch } from '../support/scratch';
import { addressesInState, dataStack, localState, StackJson, writeStack } from './stack';

const memory = (directory: string): string => join(directory, '.terraform', 'terraform.tfstate');

async function init(directory: string): Promise<Terraform> {
  const terraform = await Terraform.in({ directory, env: { ...process.env, AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'y' } });
  await terraform.init();
  return terraform;
}

describe('local state', () => {
  test('production, staging, production in one checkout: nothing is planned for the other', async () => {
    const project = scratch();
    const synthesize = (environment: string): string => {
      const directory = writeStack(
        { ...dataStack({ one: { input: environment } }), terraform: localState(`${environment}.tfstate`) },
        { project },
      );
      resetForeignBackend(directory);
      return directory;
    };
    for (const environment of ['production', 'staging']) {
      const terraform = await init(synthesize(environment));
      await terraform.apply(await terraform.plan());
    }
    for (const environment of ['production', 'staging', 'production']) {
      const directory = synthesize(environment);
      const plan = await (await init(directory)).plan();
      expect(plan.plan.applyable).toBe(false);
      expect(addressesInState(directory, `${environment}.tfstate`)).toEqual(['terraform_data.one']);
    }
  });

  test('without the reset, Terraform refuses the second environment: the danger is real', async () => {
    const project = scratch();
    await init(writeStack({ ...dataStack({ one: {} }), terraform: localState('production.tfstate') }, { project }));
    const staging = writeStack({ ...dataStack({ one: {} }), terraform: localState('staging.tfstate') }, { project });
    await expect(init(staging)).rejects.toMatchObject({
      problems: [{ message: expect.stringMatching(/^Backend configuration changed: /) as string }],
    });
  });

  test('the same backend is remembered', async () => {
    const directory = writeStack(dataStack({ one: {} }));
    expect(resetForeignBackend(directory)).toBe(false);
    await init(directory);
    expect(resetForeignBackend(directory)).toBe(false);
    expect(existsSync(memory(directory))).toBe(true);
  });

  test('a kept data directory elsewhere is looked into', async () => {
    const directory = writeStack(dataStack({ one: {} }));
    mkdirSync(join(directory, 'elsewhere'));
    writeFileSync(join(directory, 'elsewhere', 'terraform.tfstate'), JSON.stringify({ backend: { type: 's3', config: {} } }));
    expect(resetForeignBackend(directory, 'elsewhere')).toBe(true);
  });

  test('an unreadable memory is forgotten', () => {
    const directory = writeStack(dataStack({ one: {} }));
    mkdirSync(join(directory, '.terraform'));
    writeFileSync(memory(directory), '{ half');
    expect(resetForeignBackend(directory)).toBe(true);
    expect(existsSync(memory(directory))).toBe(false);
  });
});

describe('S3 state, against a bucket on loopback that is always empty', () => {
  let server: Server;
  let endpoint = '';
  beforeAll(async () => {
    const empty =
      '<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><IsTruncated>false</IsTruncated></ListBucketResult>';
    server = createServer((request, answer) =>
      request.url?.includes('list-type') === true || request.url?.includes('prefix') === true
        ? answer.writeHead(200, { 'content-type': 'application/xml' }).end(empty)
        : answer.writeHead(404).end(),
    );
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((done) => server.close(done)));

  const s3 = (key: string, more: StackJson = {}): StackJson => ({
    terraform: {
      backend: {
        s3: {
          bucket: 'states',
          key,
          region: 'us-east-1',
          endpoints: { s3: endpoint },
          use_path_style: true,
          use_lockfile: true,
          skip_credentials_validation: true,
          skip_requesting_account_id: true,
          skip_metadata_api_check: true,
          skip_region_validation: true,
          skip_s3_checksum: true,
          ...more,
        },
      },
    },
    resource: { terraform_data: { one: {} } },
  });

  test('the same bucket and key are remembered, another key, bucket or kind is not', async () => {
    const project = scratch();
    const directory = writeStack(s3('production.tfstate'), { project });
    await init(directory);
    expect(JSON.parse(readFileSync(memory(directory), 'utf8'))).toMatchObject({ backend: { type: 's3' } });
    for (const same of [
      s3('production.tfstate'),
      s3('production.tfstate', { profile: 'me' }),
      s3('production.tfstate', { workspace_key_prefix: null }),
    ]) {
      writeStack(same, { project });
      expect(resetForeignBackend(directory)).toBe(false);
    }
    const remembered = readFileSync(memory(directory), 'utf8');
    for (const other of [
      s3('staging.tfstate'),
      s3('production.tfstate', { bucket: 'others' }),
      s3('production.tfstate', { endpoints: { s3: 'http://127.0.0.1:9' } }),
      dataStack({}),
    ]) {
      writeStack(other, { project });
      expect(resetForeignBackend(directory)).toBe(true);
      writeFileSync(memory(directory), remembered);
    }
  });
});
