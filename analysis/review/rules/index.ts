import type { Rule } from '../types';
import { administratorAccess } from './aws/administrator-access';
import { balancerDeletionProtection } from './aws/balancer-deletion-protection';
import { balancerHttp } from './aws/balancer-http';
import { balancerInvalidHeaders } from './aws/balancer-invalid-headers';
import { balancerTls } from './aws/balancer-tls';
import { bucketForceDestroyOnAws } from './aws/bucket-force-destroy';
import { bucketLifecycle } from './aws/bucket-lifecycle';
import { bucketVersioningOnAws } from './aws/bucket-versioning';
import { cacheBackups } from './aws/cache-backups';
import { cacheEncryption } from './aws/cache-encryption';
import { cacheFailover } from './aws/cache-failover';
import { cacheTls } from './aws/cache-tls';
import { cdnFirewall } from './aws/cdn-firewall';
import { cdnHttps } from './aws/cdn-https';
import { cdnOriginAccess } from './aws/cdn-origin-access';
import { cdnTls } from './aws/cdn-tls';
import { clusterLogs } from './aws/cluster-logs';
import { clusterNetworkPolicyOnAws } from './aws/cluster-network-policy';
import { clusterOpenApiOnAws } from './aws/cluster-open-api';
import { clusterSecrets } from './aws/cluster-secrets';
import { databaseBackups } from './aws/database-backups';
import { databaseDeletionProtection } from './aws/database-deletion-protection';
import { databaseEncryption } from './aws/database-encryption';
import { databaseFinalSnapshot } from './aws/database-final-snapshot';
import { databaseLiteralPassword } from './aws/database-literal-password';
import { databaseLogs } from './aws/database-logs';
import { databaseMinorUpgrades } from './aws/database-minor-upgrades';
import { databasePlainConnections } from './aws/database-plain-connections';
import { databaseSingleZone } from './aws/database-single-zone';
import { defaultSecurityGroup } from './aws/default-security-group';
import { everyRight } from './aws/every-right';
import { fileSystemEncryption } from './aws/file-system-encryption';
import { flowLogs } from './aws/flow-logs';
import { groupHealthCheck } from './aws/group-health-check';
import { groupSingleZone } from './aws/group-single-zone';
import { imageRegistry } from './aws/image-registry';
import { instanceDiskEncryption } from './aws/instance-disk-encryption';
import { instanceMetadata } from './aws/instance-metadata';
import { instancePublicIp } from './aws/instance-public-ip';
import { keyDeletionWindow } from './aws/key-deletion-window';
import { keyRotation } from './aws/key-rotation';
import { logRetention } from './aws/log-retention';
import { nodesOpenSsh } from './aws/nodes-open-ssh';
import { openAdminPortsOnAws } from './aws/open-admin-ports';
import { openDataPortsOnAws } from './aws/open-data-ports';
import { openPortsOnAws } from './aws/open-ports';
import { publicAccessBlock } from './aws/public-access-block';
import { publicBrokers } from './aws/public-brokers';
import { publicBucketAcl } from './aws/public-bucket-acl';
import { publicBucketPolicy } from './aws/public-bucket-policy';
import { publicDatabase } from './aws/public-database';
import { publicMessages } from './aws/public-messages';
import { queueEncryption } from './aws/queue-encryption';
import { roleForEveryone } from './aws/role-for-everyone';
import { ruleDescription } from './aws/rule-description';
import { secretRecovery } from './aws/secret-recovery';
import { secretsInUserDataOnAws } from './aws/secrets-in-user-data';
import { streamEncryption } from './aws/stream-encryption';
import { subnetPublicAddresses } from './aws/subnet-public-addresses';
import { tableRecovery } from './aws/table-recovery';
import { topicEncryption } from './aws/topic-encryption';
import { trailEverywhere } from './aws/trail-everywhere';
import { trailUnlocked } from './aws/trail-unlocked';
import { unprotectedDataOnAws } from './aws/unprotected-data';
import { volumeEncryption } from './aws/volume-encryption';
import { alertWithoutRecipient } from './digitalocean/alert-without-recipient';
import { balancerCiphers } from './digitalocean/balancer-ciphers';
import { balancerHealthCheck } from './digitalocean/balancer-health-check';
import { balancerHttps } from './digitalocean/balancer-https';
import { balancerOutsideVpc } from './digitalocean/balancer-outside-vpc';
import { bucketForceDestroy } from './digitalocean/bucket-force-destroy';
import { bucketPolicyPublicRead } from './digitalocean/bucket-policy-public-read';
import { bucketPolicyPublicWrite } from './digitalocean/bucket-policy-public-write';
import { bucketVersioning } from './digitalocean/bucket-versioning';
import { cdnCertificate } from './digitalocean/cdn-certificate';
import { certificateKeyInState } from './digitalocean/certificate-key-in-state';
import { clusterAutoUpgrade } from './digitalocean/cluster-auto-upgrade';
import { clusterDestroysVolumes } from './digitalocean/cluster-destroys-volumes';
import { clusterHighAvailability } from './digitalocean/cluster-high-availability';
import { clusterMaintenanceWindow } from './digitalocean/cluster-maintenance-window';
import { clusterOpenApi } from './digitalocean/cluster-open-api';
import { clusterOutsideVpc } from './digitalocean/cluster-outside-vpc';
import { clusterSurgeUpgrade } from './digitalocean/cluster-surge-upgrade';
import { corsFromEverywhere } from './digitalocean/cors-from-everywhere';
import { databaseMaintenanceWindow } from './digitalocean/database-maintenance-window';
import { databaseOpenToWorld } from './digitalocean/database-open-to-world';
import { databaseOutsideVpc } from './digitalocean/database-outside-vpc';
import { databaseSingleNode } from './digitalocean/database-single-node';
import { databaseTrustedSources } from './digitalocean/database-trusted-sources';
import { directExposure } from './digitalocean/direct-exposure';
import { dropletBackups } from './digitalocean/droplet-backups';
import { dropletMonitoring } from './digitalocean/droplet-monitoring';
import { dropletOutsideVpc } from './digitalocean/droplet-outside-vpc';
import { keyToEveryBucket } from './digitalocean/key-to-every-bucket';
import { openAdminPorts } from './digitalocean/open-admin-ports';
import { openDataPorts } from './digitalocean/open-data-ports';
import { openEgress } from './digitalocean/open-egress';
import { openPorts } from './digitalocean/open-ports';
import { poolSingleNode } from './digitalocean/pool-single-node';
import { publicBucket } from './digitalocean/public-bucket';
import { publicObject } from './digitalocean/public-object';
import { registryCredentials } from './digitalocean/registry-credentials';
import { secretsInUserData } from './digitalocean/secrets-in-user-data';
import { serverWithoutFirewall } from './digitalocean/server-without-firewall';
import { serversWithoutAlerts } from './digitalocean/servers-without-alerts';
import { sshKeys } from './digitalocean/ssh-keys';
import { topicSingleCopy } from './digitalocean/topic-single-copy';
import { unprotectedData } from './digitalocean/unprotected-data';
import { uptimeWithoutAlert } from './digitalocean/uptime-without-alert';
import { versionsWithoutEnd } from './digitalocean/versions-without-end';
import { clusterOpenApiOnGoogle } from './google/cluster-open-api';
import { clusterPublicNodes } from './google/cluster-public-nodes';
import { deletionProtectionOnGoogle } from './google/deletion-protection';
import { nodesDefaultAccount } from './google/nodes-default-account';
import { nodesSecureBoot } from './google/nodes-secure-boot';
import { nodesMetadata } from './google/nodes-metadata';
import { nodesUpkeep } from './google/nodes-upkeep';
import { clusterReleaseChannel } from './google/cluster-release-channel';
import { clusterNetworkPolicyOnGoogle } from './google/cluster-network-policy';
import { openDataPortsOnGoogle } from './google/open-data-ports';
import { openAdminPortsOnGoogle } from './google/open-admin-ports';
import { publicDatabaseOnGoogle } from './google/public-database';
import { databasePublicAddress } from './google/database-public-address';
import { databaseBackupsOnGoogle } from './google/database-backups';
import { databasePlainConnectionsOnGoogle } from './google/database-plain-connections';
import { bucketPublicOnGoogle } from './google/bucket-public';
import { bucketPublicAccessPrevention } from './google/bucket-public-access-prevention';
import { bucketVersioningOnGoogle } from './google/bucket-versioning';
import { subnetFlowLogs } from './google/subnet-flow-logs';
import { basicRoles } from './google/basic-roles';
import { unprotectedDataOnGoogle } from './google/unprotected-data';
import { balancerNotProxied } from './cloudflare/balancer-not-proxied';
import { monitorPlain } from './cloudflare/monitor-plain';
import { poolWithoutMonitor } from './cloudflare/pool-without-monitor';
import { chartVersion } from './kubernetes/chart-version';
import { defaultNamespace } from './kubernetes/default-namespace';
import { disruptionBudget } from './kubernetes/disruption-budget';
import { gpuJobEnd } from './kubernetes/gpu-job-end';
import { hostNamespaces } from './kubernetes/host-namespaces';
import { imageTag } from './kubernetes/image-tag';
import { literalSecret } from './kubernetes/literal-secret';
import { networkPolicy } from './kubernetes/network-policy';
import { openBalancer } from './kubernetes/open-balancer';
import { privileged } from './kubernetes/privileged';
import { readiness } from './kubernetes/readiness';
import { resources } from './kubernetes/resources';
import { runAsRoot } from './kubernetes/run-as-root';
import { auditLogMissing } from './tier/audit-log';
import { connectionChain } from './tier/connection-chain';
import { localState } from './tier/local-state';
import { madeDisposable } from './tier/made-disposable';
import { monitoringBeforeAutoscaling } from './tier/monitoring-before-autoscaling';
import { podsFitNodes } from './tier/pods-fit-nodes';
import { poolerBeforeReplicas } from './tier/pooler-before-replicas';
import { retention } from './tier/retention';
import { roadmapRisks } from './tier/roadmap-risks';
import { spotShare } from './tier/spot-share';
import { spotState } from './tier/spot-state';
import { twoZones } from './tier/two-zones';

/** Everything that is checked, in order of the ids: by platform, then by number. */
export const rules: readonly Rule[] = [
  openPorts,
  directExposure,
  openEgress,
  sshKeys,
  balancerHttps,
  clusterSurgeUpgrade,
  publicBucket,
  bucketVersioning,
  clusterAutoUpgrade,
  bucketForceDestroy,
  databaseTrustedSources,
  databaseOpenToWorld,
  openDataPorts,
  openAdminPorts,
  dropletBackups,
  dropletOutsideVpc,
  dropletMonitoring,
  databaseOutsideVpc,
  databaseSingleNode,
  databaseMaintenanceWindow,
  clusterMaintenanceWindow,
  clusterHighAvailability,
  clusterOpenApi,
  clusterOutsideVpc,
  clusterDestroysVolumes,
  poolSingleNode,
  balancerOutsideVpc,
  balancerHealthCheck,
  balancerCiphers,
  certificateKeyInState,
  cdnCertificate,
  bucketPolicyPublicWrite,
  bucketPolicyPublicRead,
  publicObject,
  keyToEveryBucket,
  corsFromEverywhere,
  versionsWithoutEnd,
  registryCredentials,
  alertWithoutRecipient,
  uptimeWithoutAlert,
  serversWithoutAlerts,
  secretsInUserData,
  topicSingleCopy,
  unprotectedData,
  serverWithoutFirewall,
  publicDatabase,
  databaseEncryption,
  databaseDeletionProtection,
  databaseBackups,
  databaseSingleZone,
  databaseFinalSnapshot,
  databaseMinorUpgrades,
  databaseLiteralPassword,
  databasePlainConnections,
  volumeEncryption,
  instanceDiskEncryption,
  instanceMetadata,
  instancePublicIp,
  openAdminPortsOnAws,
  openDataPortsOnAws,
  openPortsOnAws,
  ruleDescription,
  defaultSecurityGroup,
  flowLogs,
  subnetPublicAddresses,
  publicAccessBlock,
  bucketVersioningOnAws,
  publicBucketAcl,
  publicBucketPolicy,
  bucketForceDestroyOnAws,
  bucketLifecycle,
  cdnTls,
  cdnHttps,
  cdnOriginAccess,
  cdnFirewall,
  balancerHttp,
  balancerTls,
  balancerInvalidHeaders,
  balancerDeletionProtection,
  keyRotation,
  keyDeletionWindow,
  clusterOpenApiOnAws,
  clusterLogs,
  clusterSecrets,
  nodesOpenSsh,
  cacheEncryption,
  cacheTls,
  cacheBackups,
  cacheFailover,
  topicEncryption,
  queueEncryption,
  publicMessages,
  everyRight,
  roleForEveryone,
  administratorAccess,
  streamEncryption,
  publicBrokers,
  logRetention,
  secretRecovery,
  tableRecovery,
  fileSystemEncryption,
  imageRegistry,
  secretsInUserDataOnAws,
  groupHealthCheck,
  groupSingleZone,
  unprotectedDataOnAws,
  databaseLogs,
  trailEverywhere,
  trailUnlocked,
  clusterNetworkPolicyOnAws,
  privileged,
  hostNamespaces,
  resources,
  readiness,
  imageTag,
  defaultNamespace,
  literalSecret,
  chartVersion,
  disruptionBudget,
  networkPolicy,
  openBalancer,
  runAsRoot,
  gpuJobEnd,
  clusterOpenApiOnGoogle,
  clusterPublicNodes,
  deletionProtectionOnGoogle,
  nodesDefaultAccount,
  nodesSecureBoot,
  nodesMetadata,
  nodesUpkeep,
  clusterReleaseChannel,
  clusterNetworkPolicyOnGoogle,
  openDataPortsOnGoogle,
  openAdminPortsOnGoogle,
  publicDatabaseOnGoogle,
  databasePublicAddress,
  databaseBackupsOnGoogle,
  databasePlainConnectionsOnGoogle,
  bucketPublicOnGoogle,
  bucketPublicAccessPrevention,
  bucketVersioningOnGoogle,
  subnetFlowLogs,
  basicRoles,
  unprotectedDataOnGoogle,
  balancerNotProxied,
  monitorPlain,
  poolWithoutMonitor,
  twoZones,
  poolerBeforeReplicas,
  monitoringBeforeAutoscaling,
  localState,
  madeDisposable,
  podsFitNodes,
  connectionChain,
  spotShare,
  spotState,
  retention,
  roadmapRisks,
  auditLogMissing,
];
