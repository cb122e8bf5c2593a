import type { ProviderMappings } from '../../providers';
import type { Mapping } from '../types';
import { httpApi, restApi, restStage } from './api-gateway';
import { rdsCluster, rdsClusterInstance } from './aurora';
import { autoscalingGroup } from './autoscaling-group';
import { cloudfrontDistribution, cloudfrontFunction, cloudfrontKeyValueStore } from './cloudfront';
import { resolverEndpoint, route53HealthCheck, route53Zone } from './dns';
import { dynamodbTable } from './dynamodb';
import { ecsService } from './ecs';
import { eksCluster, eksFargateProfile, eksNodeGroup } from './eks';
import { cacheCluster, memoryDb, replicationGroup, serverlessCache } from './elasticache';
import { backupVault, ecrPublicRepository, ecrRepository, efsFileSystem, fastRestore } from './files';
import { freeTypes } from './free';
import { instance, spotRequest } from './instance';
import { lambdaFunction, provisionedConcurrency } from './lambda';
import { applicationLoadBalancer, classicLoadBalancer, loadBalancer } from './load-balancer';
import {
  eventArchive,
  eventBus,
  schemaDiscoverer,
  sesDomain,
  sesIdentity,
  snsSubscription,
  snsTopic,
  sqsQueue,
  stateMachine,
} from './messaging';
import {
  canary,
  cloudTrail,
  configRule,
  dashboard,
  grafanaWorkspace,
  logGroup,
  metricAlarm,
  metricFilter,
  prometheusScraper,
  prometheusWorkspace,
} from './monitoring';
import {
  clientVpnAssociation,
  clientVpnEndpoint,
  elasticIp,
  globalAccelerator,
  natGateway,
  networkFirewall,
  transitAttachment,
  transitPeering,
  vpcEndpoint,
  vpnConnection,
} from './network';
import { codeBuild, directConnect, userPool } from './others';
import { awsPools } from './pools';
import { dbInstance, dbProxy } from './rds';
import { s3Bucket } from './s3';
import { elasticsearchDomain, opensearchDomain } from './search';
import { guardDuty, kmsKey, otherKeys, privateAuthority, secret, shieldSubscription, ssmParameter, webAcl, webRuleGroup } from './security';
import { firehose, kinesisStream, mskCluster, mskServerless } from './streams';
import { unpricedTypes } from './unpriced';
import { ami, ebsSnapshot, ebsSnapshotCopy, ebsVolume } from './volumes';

/** Resource types of provider 5.100.0 that the estimator knows. */
export const awsMappings: readonly Mapping[] = [
  ami,
  applicationLoadBalancer,
  autoscalingGroup,
  backupVault,
  cacheCluster,
  canary,
  classicLoadBalancer,
  clientVpnAssociation,
  clientVpnEndpoint,
  cloudfrontDistribution,
  cloudfrontFunction,
  cloudfrontKeyValueStore,
  cloudTrail,
  codeBuild,
  configRule,
  dashboard,
  dbInstance,
  dbProxy,
  directConnect,
  dynamodbTable,
  ebsSnapshot,
  ebsSnapshotCopy,
  ebsVolume,
  ecrPublicRepository,
  ecrRepository,
  ecsService,
  efsFileSystem,
  eksCluster,
  eksFargateProfile,
  eksNodeGroup,
  elasticIp,
  elasticsearchDomain,
  eventArchive,
  eventBus,
  fastRestore,
  firehose,
  globalAccelerator,
  grafanaWorkspace,
  guardDuty,
  httpApi,
  instance,
  kinesisStream,
  kmsKey,
  lambdaFunction,
  loadBalancer,
  logGroup,
  memoryDb,
  metricAlarm,
  metricFilter,
  mskCluster,
  mskServerless,
  natGateway,
  networkFirewall,
  opensearchDomain,
  privateAuthority,
  prometheusScraper,
  prometheusWorkspace,
  provisionedConcurrency,
  rdsCluster,
  rdsClusterInstance,
  replicationGroup,
  resolverEndpoint,
  restApi,
  restStage,
  route53HealthCheck,
  route53Zone,
  s3Bucket,
  schemaDiscoverer,
  secret,
  serverlessCache,
  sesDomain,
  sesIdentity,
  shieldSubscription,
  snsSubscription,
  snsTopic,
  spotRequest,
  sqsQueue,
  ssmParameter,
  stateMachine,
  transitAttachment,
  transitPeering,
  userPool,
  vpcEndpoint,
  vpnConnection,
  webAcl,
  webRuleGroup,
  ...otherKeys,
  ...freeTypes,
  ...unpricedTypes,
];

const notes = [
  'AWS: public IPv4 addresses are charged, whether anything holds them or not; what an account has free each month is not deducted. Committed prices are those of one year.',
];

/** AWS, as the estimator loads it. */
export const aws: ProviderMappings = { mappings: awsMappings, pools: awsPools, notes };
