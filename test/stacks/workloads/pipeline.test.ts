import type { ClusterCloud } from '../../../constructs/kubernetes/flavour';
import { scratch } from '../../support/scratch';
import { CLOUDS, json, one } from './clouds';
import { layers, twoRegions, withPipeline } from './fixture';

describe('the pipeline', () => {
  const jobs = (cloud: ClusterCloud): Record<string, unknown> =>
    one(cloud, 'kubernetes_cron_job_v1', `ml_${twoRegions(cloud).region}_jobs`)['spec'] as Record<string, unknown>;

  test('runs the same jobs in every cloud, in the first cluster alone, and none before another is over', () => {
    for (const cloud of CLOUDS)
      expect(Object.keys(json(cloud).resource['kubernetes_cron_job_v1'] ?? {})).toEqual([`ml_${twoRegions(cloud).region}_jobs`]);
    const [first, ...others] = CLOUDS.map((cloud) => JSON.stringify(jobs(cloud)).replaceAll(twoRegions(cloud).region, 'home'));
    expect(others).toEqual([first, first]);
    expect(jobs('digitalocean')).toMatchObject({
      schedule: '0 2 * * 0',
      timezone: 'Etc/UTC',
      suspend: false,
      concurrency_policy: 'Forbid',
      job_template: {
        spec: {
          completion_mode: 'Indexed',
          completions: 2,
          parallelism: 2,
          backoff_limit: 4,
          active_deadline_seconds: 12 * 3600,
          // A node that was taken back is no failure of the job's.
          pod_failure_policy: { rule: [{ action: 'Ignore', on_pod_condition: [{ type: 'DisruptionTarget', status: 'True' }] }] },
        },
      },
    });
  });

  test('asks for one GPU a job, on nodes of its own, which the pods that serve do not tolerate', () => {
    const { spec: pod } = (jobs('aws') as { job_template: { spec: { template: { spec: Record<string, unknown> } } } }).job_template.spec
      .template;
    expect(pod).toMatchObject({
      restart_policy: 'Never',
      service_account_name: '${kubernetes_service_account_v1.ml_eu-central-1_account.metadata[0].name}',
      node_selector: { 'terrace.dev/pool': 'batch' },
      toleration: [
        { key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' },
        { key: 'terrace.dev/pool', operator: 'Equal', value: 'batch', effect: 'NoSchedule' },
      ],
      container: [
        {
          image: 'ghcr.io/example/train:2',
          command: ['python', 'train.py'],
          resources: {
            requests: { cpu: '6', memory: '24Gi', 'nvidia.com/gpu': '1' },
            limits: { memory: '24Gi', 'nvidia.com/gpu': '1' },
          },
        },
      ],
    });
    const serving = JSON.stringify(one('aws', 'kubernetes_stateful_set_v1', 'inference_eu-central-1_pods_stateful_set'));
    expect(serving).not.toContain('terrace.dev/pool');
  });

  test('comes to the registry as who it is, and with a key only where pods have no identity', () => {
    const told = (cloud: ClusterCloud): string[] => {
      const { locals } = json(cloud) as unknown as { locals: Record<string, string> };
      return [...(locals[`ml_${twoRegions(cloud).region}_environment`] ?? '').matchAll(/"MODEL_REGISTRY_([A-Z_]+)":/g)].map(
        ([, name]) => name ?? '',
      );
    };
    const place = ['BUCKET', 'ENDPOINT', 'REGION'];
    expect([told('aws'), told('google')]).toEqual([place, place]);
    expect(told('digitalocean')).toEqual([...place, 'ACCESS_KEY_ID', 'SECRET_ACCESS_KEY']);
    const agent = (cloud: ClusterCloud) =>
      one(cloud, 'kubernetes_network_policy_v1', `ml_${twoRegions(cloud).region}_to_identity`)['spec'] ?? 'none';
    expect(agent('digitalocean')).toBe('none');
    expect(agent('aws')).toMatchObject({
      egress: [{ to: [{ ip_block: { cidr: '169.254.170.23/32' } }], ports: [{ port: '80', protocol: 'TCP' }] }],
    });
  });

  test('is suspended until the environment says what it runs', () => {
    const { json: quiet } = layers(scratch(), twoRegions('aws'), { tier: withPipeline });
    expect(quiet.resource['kubernetes_cron_job_v1']?.['ml_eu-central-1_jobs']).toMatchObject({
      spec: {
        suspend: true,
        job_template: { spec: { template: { spec: { container: [{ image: 'ghcr.io/example/deadlock-coach:1.4.2' }] } } } },
      },
    });
  });
});
