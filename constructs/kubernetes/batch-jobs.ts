import type { CronJobV1SpecJobTemplateSpec } from '@cdktf/provider-kubernetes/lib/cron-job-v1';
import { ServiceAccountV1 } from '@cdktf/provider-kubernetes/lib/service-account-v1';
import { Construct } from 'constructs';
import type { Literal } from '../template';
import { Controller } from './controller';
import { batchPool, batchTolerations, poolLabel } from './flavour';
import { labels } from './labels';
import { pullSecret, settingsSecret } from './settings';
import type { Space } from './space';
import { tame } from './workload';

export interface BatchJobsProps {
  readonly space: Space;
  /** Name of the jobs, and of the service account that the platform gives rights. */
  readonly name: string;
  readonly image: string;
  /** What the image is to run; without it nothing runs. @default - the jobs are suspended */
  readonly command?: readonly string[];
  /** When a run begins, as cron has it, in UTC. */
  readonly schedule: string;
  /** Jobs of one run, side by side: each has its number in JOB_COMPLETION_INDEX, and a GPU. */
  readonly jobs: number;
  readonly cpu: number;
  readonly memoryGib: number;
  /** Hours after which a run is ended. */
  readonly deadlineHours: number;
  /** What the program finds in its environment. */
  readonly environment: Readonly<Record<string, string | Literal>>;
  /** Credentials for a private image, as a Docker configuration. @default - the image is public */
  readonly registry?: string;
}

/** How often a job that fails is tried again. A node that was taken back does not count. */
const retries = 2;

/** Seconds that what is over stays to be looked at: three days, over a weekend. */
const keptSeconds = 3 * 24 * 3600;

/** Room for data and models beside the image, in GiB; half a node's disk. */
const scratchGib = 100;

/** Where the program may write that much; nothing in it is kept. */
const scratch = { name: 'scratch', mountPath: '/scratch' };

/**
 * Jobs on GPUs that run by a timetable. They name the pool of nodes that is there for them, so that they take no card from what
 * answers people; its nodes come when a run begins and go when it is over. A run is ended at its deadline; the next one waits for it.
 */
export class BatchJobs extends Construct {
  constructor(scope: Construct, id: string, props: BatchJobsProps) {
    super(scope, id);
    const { space, name } = props;
    const metadata = { name, namespace: space.name, labels: labels(name) };
    const account = new ServiceAccountV1(this, 'account', {
      provider: space.cluster.kubernetes,
      metadata,
      automountServiceAccountToken: false,
    });
    new Controller(this, 'jobs', 'kubernetes_cron_job_v1', {
      provider: space.cluster.kubernetes,
      metadata,
      spec: {
        schedule: props.schedule,
        timezone: 'Etc/UTC',
        suspend: props.command === undefined,
        // Two runs would ask for twice the nodes, and for one another's files.
        concurrencyPolicy: 'Forbid',
        // A control plane that was away at the hour begins it within the next.
        startingDeadlineSeconds: 3600,
        successfulJobsHistoryLimit: 3,
        failedJobsHistoryLimit: 3,
        jobTemplate: { metadata: { labels: labels(name) }, spec: runOf(this, props, account.metadata.name) },
      },
    });
    ways(this, props);
  }
}

function runOf(scope: Construct, props: BatchJobsProps, serviceAccountName: string): CronJobV1SpecJobTemplateSpec {
  const { name, jobs, deadlineHours } = props;
  const settings = settingsSecret(scope, props, props.environment);
  return {
    completionMode: 'Indexed',
    completions: jobs,
    parallelism: jobs,
    backoffLimit: retries * jobs,
    activeDeadlineSeconds: deadlineHours * 3600,
    ttlSecondsAfterFinished: `${keptSeconds}`,
    podFailurePolicy: { rule: [{ action: 'Ignore', onPodCondition: [{ type: 'DisruptionTarget', status: 'True' }] }] },
    template: {
      metadata: { labels: labels(name) },
      spec: {
        serviceAccountName,
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        restartPolicy: 'Never',
        nodeSelector: { [poolLabel]: batchPool },
        toleration: batchTolerations,
        terminationGracePeriodSeconds: 90,
        securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
        container: [containerOf(props, settings.metadata.name)],
        volume: [{ name: scratch.name, emptyDir: { sizeLimit: `${scratchGib}Gi` } }],
        ...pullSecret(scope, props, props.registry),
      },
    },
  };
}

function containerOf({ name, image, command, cpu, memoryGib }: BatchJobsProps, settings: string) {
  const size = { memory: `${memoryGib}Gi`, 'nvidia.com/gpu': '1' };
  return {
    name,
    image,
    ...(command === undefined ? {} : { command: [...command] }),
    envFrom: [{ secretRef: { name: settings } }],
    resources: { requests: { cpu: `${cpu}`, ...size }, limits: size },
    securityContext: tame,
    volumeMount: [scratch],
  };
}

/** The registry, and what else is on the internet; and the agent that says who the pod is. */
function ways(scope: Construct, { space, name }: BatchJobsProps): void {
  space.release(scope, 'to_internet', name, [{ ports: [{ port: '443', protocol: 'TCP' }] }]);
  space.identify(scope, name);
}
