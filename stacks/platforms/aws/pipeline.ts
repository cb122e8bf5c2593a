import { TerraformOutput } from 'cdktf';
import { Construct } from 'constructs';
import type { ComponentOf } from '../../../components/component';
import { Bucket } from '../../../constructs/aws/bucket';
import { allow } from '../../../constructs/aws/policy';
import { batchPool } from '../../../constructs/kubernetes/flavour';
import { pipelineAccount, registryPurpose } from '../models';
import { layerOutput } from '../naming';
import { zoneCount } from './builds';
import { clusterId, gpuDiskGib, subnetsIn } from './clusters';
import { jobTypes, jobZones } from './gpu';
import type { Workshop } from './workshop';

/** The bucket of models, nodes of the home cluster that are there only while jobs run, and what these may do. */
export function buildPipeline(shop: Workshop, pipeline: ComponentOf<'ml-pipeline'>): void {
  const { stack, site, environment, tier } = shop;
  const [home] = shop.parts.clusters;
  if (home === undefined) return;
  const registry = new Bucket(stack, `${pipeline.id}_registry`, {
    site,
    purpose: registryPurpose,
    holdsData: true,
    versioned: true,
    expireVersionsDays: pipeline.keepVersionsDays,
  });
  const ground = { region: site.region, zones: zoneCount(tier) };
  const here = new Construct(stack, `${pipeline.id}_${clusterId(shop)}`);
  home.cluster.addNodes(here, {
    name: batchPool,
    instanceTypes: jobTypes(pipeline, ground),
    subnetIds: subnetsIn(shop, site, jobZones(pipeline, ground)),
    min: 0,
    max: pipeline.jobs,
    diskGib: environment.gpu?.diskGib ?? gpuDiskGib,
    gpu: true,
    spot: environment.pipeline?.spot ?? true,
    reserved: true,
  });
  home.cluster.addPermission(here, {
    id: 'pipeline',
    ...pipelineAccount,
    statements: [
      allow(['s3:ListBucket', 's3:GetBucketLocation'], [registry.arn]),
      // Nothing is deleted: what is replaced stays as a version.
      allow(['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload'], [`${registry.arn}/*`]),
    ],
  });
  new TerraformOutput(stack, layerOutput(environment, tier)('model_registry'), {
    value: { bucket: registry.name, endpoint: registry.endpoint, region: registry.region },
    staticId: true,
    description: 'Where the pipeline keeps models.',
  });
}
