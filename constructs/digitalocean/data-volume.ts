import { VolumeAttachment } from '@cdktf/provider-digitalocean/lib/volume-attachment';
import { Volume } from '@cdktf/provider-digitalocean/lib/volume';
import { Construct } from 'constructs';
import { numeric } from '../numeric';
import { keep } from '../keep';
import type { Site } from './site';

export interface DataVolumeProps {
  readonly site: Site;
  readonly name: string;
  /** Size in GiB. It can grow, never shrink. */
  readonly sizeGib: number;
  /** False for what can be had again, such as a downloaded model: it may be destroyed. @default - true */
  readonly holdsData?: boolean;
}

/** Block storage that outlives the server it is attached to. */
export class DataVolume extends Construct {
  private readonly volumeId: string;

  constructor(scope: Construct, id: string, props: DataVolumeProps) {
    super(scope, id);
    const volume = new Volume(this, 'Resource', {
      name: props.name,
      region: props.site.region,
      size: props.sizeGib,
      tags: [...props.site.tags],
      ...(props.holdsData === false ? {} : keep(props.site)),
    });
    props.site.project.add(volume.urn);
    this.volumeId = volume.id;
  }

  /** Attaches the volume to a droplet. */
  attachTo(dropletId: string): void {
    new VolumeAttachment(this, 'attachment', { volumeId: this.volumeId, dropletId: numeric(dropletId) });
  }
}
