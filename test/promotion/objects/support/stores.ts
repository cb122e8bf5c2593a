import { writeFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bucketStore, fine } from '../../../../promotion/objects/bucket';
import { ask, type Bucket } from '../../../../promotion/objects/curl';
import type { ObjectSettings } from '../../../../promotion/objects/mover';
import { type Emulator, motoInstalled, startEmulator } from '../../../support/aws-emulator';
import { installed, needs } from '../../../support/needs';
import { scratch } from '../../../support/scratch';

export interface TestStore {
  /** moto stands for the store: an emulator, which does not look at signatures. */
  readonly withStore: typeof test;
  readonly endpoint: () => string;
  readonly gaps: () => readonly string[];
  readonly bucket: (objects?: Readonly<Record<string, string>>) => Promise<Bucket>;
  readonly put: (to: Bucket, key: string, text: string, headers?: Record<string, string>) => Promise<void>;
  readonly get: (from: Bucket, key: string) => Promise<string | number>;
}

/** A store for the tests of a file. */
export function openStore(): TestStore {
  let emulator: Emulator | undefined;
  let endpoint = '';
  let count = 0;
  beforeAll(async () => {
    if (!motoInstalled() || !installed('curl')) return;
    emulator = await startEmulator(scratch());
    endpoint = emulator.env['AWS_ENDPOINT_URL'] ?? '';
  }, 120_000);
  afterAll(() => emulator?.stop());
  const bucket: TestStore['bucket'] = async (objects = {}) => {
    const made: Bucket = { endpoint, region: 'us-east-1', bucket: `bucket-${(count += 1)}`, keyId: 'test', secretKey: 'test' };
    await fine(made, { method: 'PUT' });
    for (const [key, text] of Object.entries(objects)) await put(made, key, text);
    return made;
  };
  return {
    withStore: motoInstalled() ? needs('curl') : needs('the emulator moto'),
    endpoint: () => endpoint,
    gaps: () => emulator?.gaps() ?? [],
    bucket,
    put,
    get: async (from, key) => {
      const { status, text } = await ask(from, { method: 'GET', key });
      return status === 200 ? text : status;
    },
  };
}

async function put(to: Bucket, key: string, text: string, headers: Record<string, string> = {}): Promise<void> {
  const file = join(scratch(), 'object');
  writeFileSync(file, text);
  await bucketStore(to).write(key, file, headers);
}

export function settingsFor(
  source: ObjectSettings['source'],
  target: Bucket,
): { settings: ObjectSettings; place: () => { database: string } } {
  const file = join(scratch(), 'bucket.json');
  writeFileSync(file, '{}');
  return {
    settings: { id: 'uploads', source, target, route: { kind: 'file', file } },
    place: () => JSON.parse(readFileSync(file, 'utf8')) as { database: string },
  };
}
