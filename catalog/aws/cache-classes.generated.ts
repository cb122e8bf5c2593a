// Generated from catalog/aws/cache-classes.csv by `npm run compile`. Do not edit.
import type { NodeClass } from './types';

export const cacheClasses: readonly NodeClass[] = [
  { class: 'cache.t4g.micro', family: 'burstable', vcpus: 2, memoryGib: 0.5, monthlyUsdRounded: 9, source: 'size: AWS, Amazon ElastiCache supported node types (recalled); price of one Valkey node: catalog/aws/prices-databases.csv', asOf: '2026-11-21' },
  { class: 'cache.t4g.small', family: 'burstable', vcpus: 2, memoryGib: 1.37, monthlyUsdRounded: 19, source: 'size: AWS, Amazon ElastiCache supported node types (recalled); price of one Valkey node: catalog/aws/prices-databases.csv', asOf: '2026-11-21' },
  { class: 'cache.t4g.medium', family: 'burstable', vcpus: 2, memoryGib: 3.09, monthlyUsdRounded: 38, source: 'size: AWS, Amazon ElastiCache supported node types (recalled); price of one Valkey node: catalog/aws/prices-databases.csv', asOf: '2026-11-21' },
  { class: 'cache.m7g.large', family: 'general', vcpus: 2, memoryGib: 6.38, monthlyUsdRounded: 92, source: 'size: AWS, Amazon ElastiCache supported node types (recalled); price of one Valkey node: catalog/aws/prices-databases.csv', asOf: '2026-11-21' },
  { class: 'cache.m7g.xlarge', family: 'general', vcpus: 4, memoryGib: 12.93, monthlyUsdRounded: 184, source: 'size: AWS, Amazon ElastiCache supported node types (recalled); price of one Valkey node: catalog/aws/prices-databases.csv', asOf: '2026-11-21' },
  { class: 'cache.m7g.2xlarge', family: 'general', vcpus: 8, memoryGib: 26.04, monthlyUsdRounded: 367, source: 'size: AWS, Amazon ElastiCache supported node types (recalled); price of one Valkey node: catalog/aws/prices-databases.csv', asOf: '2026-11-21' },
  { class: 'cache.m7g.4xlarge', family: 'general', vcpus: 16, memoryGib: 52.26, monthlyUsdRounded: 734, source: 'size: AWS, Amazon ElastiCache supported node types (recalled); price of one Valkey node: catalog/aws/prices-databases.csv', asOf: '2026-11-21' },
  { class: 'cache.r7g.large', family: 'memory', vcpus: 2, memoryGib: 13.07, monthlyUsdRounded: 128, source: 'size: AWS, Amazon ElastiCache supported node types (recalled); price of one Valkey node: catalog/aws/prices-databases.csv', asOf: '2026-11-21' },
  { class: 'cache.r7g.xlarge', family: 'memory', vcpus: 4, memoryGib: 26.32, monthlyUsdRounded: 255, source: 'size: AWS, Amazon ElastiCache supported node types (recalled); price of one Valkey node: catalog/aws/prices-databases.csv', asOf: '2026-11-21' },
  { class: 'cache.r7g.2xlarge', family: 'memory', vcpus: 8, memoryGib: 52.82, monthlyUsdRounded: 510, source: 'size: AWS, Amazon ElastiCache supported node types (recalled); price of one Valkey node: catalog/aws/prices-databases.csv', asOf: '2026-11-21' },
  { class: 'cache.r7g.4xlarge', family: 'memory', vcpus: 16, memoryGib: 105.81, monthlyUsdRounded: 1019, source: 'size: AWS, Amazon ElastiCache supported node types (recalled); price of one Valkey node: catalog/aws/prices-databases.csv', asOf: '2026-11-21' },
];
