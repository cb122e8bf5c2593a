// Generated from catalog/aws/database-classes.csv by `npm run compile`. Do not edit.
import type { NodeClass } from './types';

export const databaseClasses: readonly NodeClass[] = [
  { class: 'db.t4g.micro', family: 'burstable', vcpus: 2, memoryGib: 1, monthlyUsdRounded: 12, source: 'size: AWS, Amazon RDS DB instance classes (recalled); price of one node: catalog/aws/prices-databases.csv', asOf: '2026-11-21' },
  { class: 'db.t4g.small', family: 'burstable', vcpus: 2, memoryGib: 2, monthlyUsdRounded: 23, source: 'size: AWS, Amazon RDS DB instance classes (recalled); price of one node: catalog/aws/prices-databases.csv', asOf: '2026-11-21' },
  { class: 'db.t4g.medium', family: 'burstable', vcpus: 2, memoryGib: 4, monthlyUsdRounded: 47, source: 'size: AWS, Amazon RDS DB instance classes (recalled); price of one node: catalog/aws/prices-databases.csv', asOf: '2026-11-21' },
  { class: 'db.t4g.large', family: 'burstable', vcpus: 2, memoryGib: 8, monthlyUsdRounded: 94, source: 'size: AWS, Amazon RDS DB instance classes (recalled); price of one node: catalog/aws/prices-databases.csv', asOf: '2026-11-21' },
  { class: 'db.t4g.xlarge', family: 'burstable', vcpus: 4, memoryGib: 16, monthlyUsdRounded: 188, source: 'size: AWS, Amazon RDS DB instance classes (recalled); price of one node: catalog/aws/prices-databases.csv', asOf: '2026-11-21' },
  { class: 'db.t4g.2xlarge', family: 'burstable', vcpus: 8, memoryGib: 32, monthlyUsdRounded: 377, source: 'size: AWS, Amazon RDS DB instance classes (recalled); price of one node: catalog/aws/prices-databases.csv', asOf: '2026-11-21' },
  { class: 'db.m7g.large', family: 'general', vcpus: 2, memoryGib: 8, monthlyUsdRounded: 123, source: 'size: AWS, Amazon RDS DB instance classes (recalled); price of one node: catalog/aws/prices-databases.csv', asOf: '2026-11-21' },
  { class: 'db.m7g.xlarge', family: 'general', vcpus: 4, memoryGib: 16, monthlyUsdRounded: 246, source: 'size: AWS, Amazon RDS DB instance classes (recalled); price of one node: catalog/aws/prices-databases.csv', asOf: '2026-11-21' },
  { class: 'db.m7g.2xlarge', family: 'general', vcpus: 8, memoryGib: 32, monthlyUsdRounded: 492, source: 'size: AWS, Amazon RDS DB instance classes (recalled); price of one node: catalog/aws/prices-databases.csv', asOf: '2026-11-21' },
  { class: 'db.m7g.4xlarge', family: 'general', vcpus: 16, memoryGib: 64, monthlyUsdRounded: 984, source: 'size: AWS, Amazon RDS DB instance classes (recalled); price of one node: catalog/aws/prices-databases.csv', asOf: '2026-11-21' },
  { class: 'db.m7g.8xlarge', family: 'general', vcpus: 32, memoryGib: 128, monthlyUsdRounded: 1967, source: 'size: AWS, Amazon RDS DB instance classes (recalled); price of one node: catalog/aws/prices-databases.csv', asOf: '2026-11-21' },
  { class: 'db.r7g.large', family: 'memory', vcpus: 2, memoryGib: 16, monthlyUsdRounded: 174, source: 'size: AWS, Amazon RDS DB instance classes (recalled); price of one node: catalog/aws/prices-databases.csv', asOf: '2026-11-21' },
  { class: 'db.r7g.xlarge', family: 'memory', vcpus: 4, memoryGib: 32, monthlyUsdRounded: 349, source: 'size: AWS, Amazon RDS DB instance classes (recalled); price of one node: catalog/aws/prices-databases.csv', asOf: '2026-11-21' },
  { class: 'db.r7g.2xlarge', family: 'memory', vcpus: 8, memoryGib: 64, monthlyUsdRounded: 698, source: 'size: AWS, Amazon RDS DB instance classes (recalled); price of one node: catalog/aws/prices-databases.csv', asOf: '2026-11-21' },
  { class: 'db.r7g.4xlarge', family: 'memory', vcpus: 16, memoryGib: 128, monthlyUsdRounded: 1396, source: 'size: AWS, Amazon RDS DB instance classes (recalled); price of one node: catalog/aws/prices-databases.csv', asOf: '2026-11-21' },
  { class: 'db.r7g.8xlarge', family: 'memory', vcpus: 32, memoryGib: 256, monthlyUsdRounded: 2792, source: 'size: AWS, Amazon RDS DB instance classes (recalled); price of one node: catalog/aws/prices-databases.csv', asOf: '2026-11-21' },
];
