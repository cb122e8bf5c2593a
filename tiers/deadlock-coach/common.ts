import type { Component } from '../../components/component';
import type { Deviation } from '../tier';

/** Components that every tier of the ladder has in the same shape. */
export const network: Component = { id: 'network', kind: 'network' };

export const storage: Component = { id: 'storage', kind: 'object-storage', contents: ['screenshots', 'builds'], keepVersionsDays: 30 };

export const configuration: Component = { id: 'configuration', kind: 'configuration' };

export const backup: Component = { id: 'backup', kind: 'backup', database: 'database', retentionDays: 14 };

export const frontend: Component = { id: 'frontend', kind: 'frontend', cacheSeconds: 3600 };

/** The document has object storage from its fourth tier on; servers that hold no data need it from the first. */
export const storageFromTheStart: Deviation = {
  component: 'storage',
  stated: 'no object storage before the fourth tier',
  deployed: 'a bucket for screenshots and builds from the first tier on',
  reason: 'Servers that hold no files can be replaced; the bucket costs nothing beside the one for backups.',
  lines: '19-24',
};
