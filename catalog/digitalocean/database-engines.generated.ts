// Generated from catalog/digitalocean/database-engines.csv by `npm run compile`. Do not edit.
import type { EngineVersion } from './types';

export const databaseEngineVersions: readonly EngineVersion[] = [
  { engine: 'postgresql', slug: 'pg', version: '13', isDefault: false, endOfAvailability: '2025-05-13', endOfLife: '2025-11-13', source: 'digitalocean/openapi 2026-08-07, example of GET /v2/databases/options', asOf: '2026-08-07' },
  { engine: 'postgresql', slug: 'pg', version: '14', isDefault: false, endOfAvailability: '2026-05-12', endOfLife: '2026-11-12', source: 'digitalocean/openapi 2026-08-07, example of GET /v2/databases/options', asOf: '2026-08-07' },
  { engine: 'postgresql', slug: 'pg', version: '15', isDefault: false, endOfAvailability: '2027-05-12', endOfLife: '2027-11-11', source: 'digitalocean/openapi 2026-08-07, example of GET /v2/databases/options', asOf: '2026-08-07' },
  { engine: 'postgresql', slug: 'pg', version: '16', isDefault: false, endOfAvailability: '2028-05-09', endOfLife: '2028-11-09', source: 'digitalocean/openapi 2026-08-07, example of GET /v2/databases/options', asOf: '2026-08-07' },
  { engine: 'postgresql', slug: 'pg', version: '17', isDefault: true, endOfAvailability: '2029-05-08', endOfLife: '2029-11-08', source: 'digitalocean/openapi 2026-08-07, example of GET /v2/databases/options', asOf: '2026-08-07' },
  { engine: 'postgresql', slug: 'pg', version: '18', isDefault: false, endOfAvailability: undefined, endOfLife: undefined, source: 'DigitalOcean docs, PostgreSQL (digitalocean.md, section 5: versions 13-18)', asOf: '2025-11' },
  { engine: 'valkey', slug: 'valkey', version: '8', isDefault: true, endOfAvailability: undefined, endOfLife: undefined, source: 'digitalocean/openapi 2026-08-07, example of GET /v2/databases/options', asOf: '2026-08-07' },
  { engine: 'kafka', slug: 'kafka', version: '3.8', isDefault: true, endOfAvailability: undefined, endOfLife: undefined, source: 'digitalocean/openapi 2026-08-07, example of GET /v2/databases/options, whose day without new clusters (2025-06-03) is left out: the same example calls 3.8 the default', asOf: '2026-08-07' },
];
