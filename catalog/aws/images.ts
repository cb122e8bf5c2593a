import type { Dated } from '../types';
import type { Architecture } from './types';

/** A public parameter of Systems Manager that names the newest image of a series, in every region. */
export interface ImageParameter extends Dated {
  readonly name: string;
  /** Device of the system's disk. */
  readonly rootDevice: string;
}

/** Ubuntu 24.04, the release that the bootstrap text of servers is written for. The SSM agent is in it. */
export function ubuntuImage(architecture: Architecture): ImageParameter {
  return {
    name: `/aws/service/canonical/ubuntu/server/24.04/stable/current/${architecture}/hvm/ebs-gp3/ami-id`,
    rootDevice: '/dev/sda1',
    source: 'Canonical, Finding Ubuntu images with AWS Systems Manager (documentation.ubuntu.com/aws)',
    asOf: '2026-11-21',
  };
}

/** Amazon Linux 2023 with NVIDIA's drivers, Docker and its NVIDIA runtime. Its root disk takes at least 75 GiB. */
export function gpuImage(): ImageParameter {
  return {
    name: '/aws/service/deeplearning/ami/x86_64/base-oss-nvidia-driver-gpu-amazon-linux-2023/latest/ami-id',
    rootDevice: '/dev/xvda',
    source: 'AWS Deep Learning AMIs, Base OSS Nvidia Driver GPU AMI (Amazon Linux 2023), parameter as used in public infrastructure code',
    asOf: '2026-11-22',
  };
}
