import { StorageClassV1 } from '@cdktf/provider-kubernetes/lib/storage-class-v1';
import type { Construct } from 'constructs';
import type { Cluster } from './cluster';

/** The class that volumes of a cluster are of, made where the cloud brings none that will do. @returns its name */
export function storageClass(scope: Construct, id: string, cluster: Cluster): string {
  return classOf(scope, id, cluster, cluster.flavour.storage.className, 'Delete');
}

/**
 * The class of volumes that stay when what they belong to goes; whoever wants them gone deletes them in the cloud. Made where we
 * know how the cloud makes volumes. @returns its name
 */
export function retainedStorageClass(scope: Construct, id: string, cluster: Cluster): string {
  return classOf(scope, id, cluster, `${cluster.flavour.storage.className}-retained`, 'Retain');
}

function classOf(
  scope: Construct,
  id: string,
  { flavour: { storage }, kubernetes }: Cluster,
  name: string,
  reclaimPolicy: 'Delete' | 'Retain',
): string {
  if (storage.provisioner === undefined) return storage.className;
  const made = new StorageClassV1(scope, id, {
    provider: kubernetes,
    metadata: { name },
    storageProvisioner: storage.provisioner,
    parameters: { ...storage.parameters },
    reclaimPolicy,
    allowVolumeExpansion: true,
    // A volume is made in the zone of the pod that asks for it.
    volumeBindingMode: 'WaitForFirstConsumer',
  });
  return made.metadata.name;
}
