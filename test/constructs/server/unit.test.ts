import { existsSync, readdirSync, writeFileSync } from 'node:fs';

import { releaseDocument, type ReleaseInput } from '../../../constructs/server';
import { needs } from '../../support/needs';
import { openStore, type Store } from './support/store';
import { FIRST_KEY, SECOND_KEY, openUnit, put, release, type Unit } from './support/unit';

const withTools = needs('bash', 'curl', 'jq', 'python3', 'flock', 'openssl');

let store: Store;
let unit: Unit;

beforeEach(async () => {
  store = await openStore();
  store.keys.set(FIRST_KEY.accessKeyId, FIRST_KEY.secretKey);
  unit = await openUnit(store, { server: 'app-1', address: '127.0.0.1' });
});

afterEach(async () => {
  await unit.close();
  await store.close();
});

function publish(input: ReleaseInput): void {
  store.body = JSON.stringify(releaseDocument(input));
}

describe('a server pulls its release', () => {
  withTools('and runs it', async () => {
    publish(release());
    expect(await unit.round()).toEqual({ code: 0, stderr: '' });
    expect(unit.status()).toMatchObject({ state: 'applied', healthy: true, server: 'app-1', channelKey: { inUse: 1, newest: 1, refused: false } });
    expect(unit.text('docker/image')).toBe('app:1\n');
  });
});
