// Generated from catalog/aws/regions.csv by `npm run compile`. Do not edit.
import type { AwsRegion } from './types';

export const awsRegionList: readonly AwsRegion[] = [
  { slug: 'ap-southeast-1', name: 'Singapore', zones: ['apse1-az1', 'apse1-az2', 'apse1-az3'], network: '10.20.0.0/16', source: 'AWS, Regions and Availability Zones: zone IDs (recalled); those that EKS does not take are left out (Amazon EKS user guide, Subnet requirements: use1-az3)', asOf: '2026-11-21' },
  { slug: 'eu-central-1', name: 'Frankfurt', zones: ['euc1-az1', 'euc1-az2', 'euc1-az3'], network: '10.19.0.0/16', source: 'AWS, Regions and Availability Zones: zone IDs (recalled); those that EKS does not take are left out (Amazon EKS user guide, Subnet requirements: use1-az3)', asOf: '2026-11-21' },
  { slug: 'eu-west-1', name: 'Ireland', zones: ['euw1-az1', 'euw1-az2', 'euw1-az3'], network: '10.18.0.0/16', source: 'AWS, Regions and Availability Zones: zone IDs (recalled); those that EKS does not take are left out (Amazon EKS user guide, Subnet requirements: use1-az3)', asOf: '2026-11-21' },
  { slug: 'sa-east-1', name: 'Sao Paulo', zones: ['sae1-az1', 'sae1-az2', 'sae1-az3'], network: '10.21.0.0/16', source: 'AWS, Regions and Availability Zones: zone IDs (recalled); those that EKS does not take are left out (Amazon EKS user guide, Subnet requirements: use1-az3)', asOf: '2026-11-21' },
  { slug: 'us-east-1', name: 'N. Virginia', zones: ['use1-az1', 'use1-az2', 'use1-az4', 'use1-az6'], network: '10.16.0.0/16', source: 'AWS, Regions and Availability Zones: zone IDs (recalled); those that EKS does not take are left out (Amazon EKS user guide, Subnet requirements: use1-az3)', asOf: '2026-11-21' },
  { slug: 'us-west-2', name: 'Oregon', zones: ['usw2-az1', 'usw2-az2', 'usw2-az3', 'usw2-az4'], network: '10.17.0.0/16', source: 'AWS, Regions and Availability Zones: zone IDs (recalled); those that EKS does not take are left out (Amazon EKS user guide, Subnet requirements: use1-az3)', asOf: '2026-11-21' },
];
