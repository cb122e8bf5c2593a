// Generated from catalog/aws/engines.csv by `npm run compile`. Do not edit.
import type { AwsEngineVersion } from './types';

export const awsEngineVersions: readonly AwsEngineVersion[] = [
  { engine: 'postgresql', major: '14', engineVersion: '14', family: 'postgres14', isDefault: false, source: 'AWS release calendars of Amazon RDS for PostgreSQL and of ElastiCache (recalled)', asOf: '2026-11-21' },
  { engine: 'postgresql', major: '15', engineVersion: '15', family: 'postgres15', isDefault: false, source: 'AWS release calendars of Amazon RDS for PostgreSQL and of ElastiCache (recalled)', asOf: '2026-11-21' },
  { engine: 'postgresql', major: '16', engineVersion: '16', family: 'postgres16', isDefault: false, source: 'AWS release calendars of Amazon RDS for PostgreSQL and of ElastiCache (recalled)', asOf: '2026-11-21' },
  { engine: 'postgresql', major: '17', engineVersion: '17', family: 'postgres17', isDefault: true, source: 'AWS release calendars of Amazon RDS for PostgreSQL and of ElastiCache (recalled)', asOf: '2026-11-21' },
  { engine: 'valkey', major: '7', engineVersion: '7.2', family: 'valkey7', isDefault: false, source: 'AWS release calendars of Amazon RDS for PostgreSQL and of ElastiCache (recalled)', asOf: '2026-11-21' },
  { engine: 'valkey', major: '8', engineVersion: '8.0', family: 'valkey8', isDefault: true, source: 'AWS release calendars of Amazon RDS for PostgreSQL and of ElastiCache (recalled)', asOf: '2026-11-21' },
];
