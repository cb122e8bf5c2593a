import { EbsVolume } from '@cdktf/provider-aws/lib/ebs-volume';
import { VolumeAttachment } from '@cdktf/provider-aws/lib/volume-attachment';
import { Fn } from 'cdktf';
import { Construct } from 'constructs';
import { keep } from '../keep';
import { named, type Site } from './site';

export interface DataVolumeProps {
  readonly site: Site;
  readonly name: string;
  /** Name of the zone of the server that it is attached to; a volume cannot leave its zone. */
  readonly zone: string;
  /** Size in GiB. It can grow, never shrink. */
  readonly sizeGib: number;
}

/** An encrypted EBS volume that outlives the server it is attached to. */
export class DataVolume extends Construct {
  /**
   * Where the server finds it, whatever order its disks come in: EBS volumes carry their id as the serial number of an NVMe
   * device (EC2 user guide, Amazon EBS volumes and NVMe).
   */
  readonly device: string;
  private readonly volumeId: string;

  constructor(scope: Construct, id: string, props: DataVolumeProps) {
    super(scope, id);
    const volume = new EbsVolume(this, 'Resource', {
      availabilityZone: props.zone,
      size: props.sizeGib,
      type: 'gp3',
      encrypted: true,
      // What is left of a disposable environment is nothing; any other keeps the disk once more when it goes.
      finalSnapshot: !props.site.disposable,
      ...keep(props.site),
      ...named(props.name),
    });
    this.volumeId = volume.id;
    this.device = `/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_${Fn.replace(volume.id, '-', '')}`;
  }

  /** Attaches the volume to an instance. */
  attachTo(instanceId: string): void {
    new VolumeAttachment(this, 'attachment', {
      volumeId: this.volumeId,
      instanceId,
      deviceName: '/dev/sdf',
      stopInstanceBeforeDetaching: true,
    });
  }
}
