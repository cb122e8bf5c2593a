import { defaultEngineVersion, engineVersion, engineVersions, engineVersionsOn } from '../../../catalog/digitalocean';

const names = (rows: readonly { version: string }[]): string[] => rows.map((row) => row.version);

test('PostgreSQL 13 to 18 and Valkey 8 are known, with the slugs the provider wants', () => {
  expect(names(engineVersions('postgresql'))).toEqual(['13', '14', '15', '16', '17', '18']);
  expect(names(engineVersions('valkey'))).toEqual(['8']);
  expect(engineVersions('postgresql')[0]?.slug).toBe('pg');
  expect(engineVersions('valkey')[0]?.slug).toBe('valkey');
});

test('every engine has one default', () => {
  expect(defaultEngineVersion('postgresql').version).toBe('17');
  expect(defaultEngineVersion('valkey').version).toBe('8');
});

test('versions leave on their day', () => {
  expect(names(engineVersionsOn('postgresql', '2026-05-11'))).toEqual(['14', '15', '16', '17', '18']);
  expect(names(engineVersionsOn('postgresql', '2026-05-12'))).toEqual(['15', '16', '17', '18']);
});

test('an unknown version is answered with those that exist', () => {
  expect(() => engineVersion('postgresql', '19')).toThrow('"19" is not a known postgresql version. Allowed: 13, 14, 15, 16, 17, 18.');
});
