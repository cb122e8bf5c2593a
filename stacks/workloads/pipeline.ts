import type { MlPipeline } from '../../components/ml-pipeline';
import { BatchJobs } from '../../constructs/kubernetes/batch-jobs';
import { Space } from '../../constructs/kubernetes/space';
import { pipelineAccount } from '../platforms/models';
import { component } from '../platforms/naming';
import type { Filling } from './filling';

/** When a run begins, as cron has it. */
const schedules: Readonly<Record<MlPipeline['every'], string>> = { day: '0 2 * * *', week: '0 2 * * 0' };

/** The jobs of a tier's pipeline: in the first cluster alone, beside the bucket that keeps what they make. */
export function runPipeline(filling: Filling, registry: { readonly registry?: string }): void {
  const { stack, tier, id, share, environment, cluster } = filling;
  const pipeline = component(tier, 'ml-pipeline');
  if (pipeline === undefined || share.index > 0) return;
  const { jobs, vcpus, memoryGib, every, deadlineHours } = pipeline;
  const { image = environment.app.image, command } = environment.pipeline ?? {};
  // A pod that was taken back may still be leaving while the one in its place comes.
  const space = new Space(stack, id(pipeline.id, 'space'), {
    cluster,
    name: pipelineAccount.namespace,
    security: 'baseline',
    quota: { pods: 2 * jobs, cpu: 2 * jobs * vcpus, memoryGib: 2 * jobs * memoryGib, gpus: 2 * jobs },
  });
  new BatchJobs(stack, id(pipeline.id), {
    space,
    name: pipelineAccount.serviceAccount,
    image,
    ...(command === undefined ? {} : { command }),
    schedule: schedules[every],
    jobs,
    cpu: vcpus,
    memoryGib,
    deadlineHours,
    environment: registryOf(filling),
    ...registry,
  });
}

/** Where models are kept. Pods come as who they are, or with a key where a cloud gives them no identity. */
function registryOf({ state, cluster }: Filling): Readonly<Record<string, string>> {
  const of = (field: 'bucket' | 'endpoint' | 'region' | 'access_key_id'): string => state.modelRegistry(field);
  const keys = {
    MODEL_REGISTRY_ACCESS_KEY_ID: of('access_key_id'),
    MODEL_REGISTRY_SECRET_ACCESS_KEY: state.password('model_registry'),
  };
  return {
    MODEL_REGISTRY_BUCKET: of('bucket'),
    MODEL_REGISTRY_ENDPOINT: of('endpoint'),
    MODEL_REGISTRY_REGION: of('region'),
    ...(cluster.flavour.secrets.kept === 'state' ? keys : {}),
  };
}
