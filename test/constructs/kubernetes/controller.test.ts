import { CronJobV1 } from '@cdktf/provider-kubernetes/lib/cron-job-v1';
import { DeploymentV1 } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { StatefulSetV1 } from '@cdktf/provider-kubernetes/lib/stateful-set-v1';
import { TerraformOutput, Testing } from 'cdktf';
import type { IConstruct } from 'constructs';
import { Controller, maps } from '../../../constructs/kubernetes/controller';
import { nested, type Block } from '../../../terraform/standin/schema';
import { dataOf } from '../../../terraform/standin/schema-document';

const bindings = {
  kubernetes_deployment_v1: DeploymentV1,
  kubernetes_stateful_set_v1: StatefulSetV1,
  kubernetes_cron_job_v1: CronJobV1,
} as const;
const kinds = Object.keys(bindings) as (keyof typeof bindings)[];

test('the attributes with keys of their own are those that the provider calls maps', () => {
  const { resources } = dataOf('kubernetes');
  expect(new Set(kinds.flatMap((kind) => mapsIn(resources[kind] as Block)))).toEqual(maps);
});

function mapsIn(block: Block): readonly string[] {
  const own = Object.entries(block.attributes).filter(([, { type }]) => Array.isArray(type) && type[0] === 'map');
  return [...own.map(([name]) => name), ...nested(block).flatMap(([, inner]) => mapsIn(inner))];
}

test.each(kinds)('%s is written as its bindings write it', (kind) => {
  const pod = {
    metadata: { labels: { camelCase: 'kept', 'a.b/c': 'd' }, annotations: {} },
    spec: {
      nodeSelector: { someKey: 'x' },
      container: [
        {
          name: 'one',
          image: 'two',
          command: ['a', 'b'],
          env: [{ name: 'camelCase', value: '1' }],
          resources: { limits: { 'nvidia.com/gpu': '1' }, requests: { cpu: '500m' } },
          securityContext: { readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
          livenessProbe: { httpGet: { path: '/', port: '8080', httpHeader: [{ name: 'X', value: 'y' }] }, periodSeconds: 5 },
        },
      ],
      volume: [{ name: 'v', emptyDir: { sizeLimit: '1Gi' } }],
    },
  };
  const many = { selector: { matchLabels: { camelCase: 'kept' } }, template: pod };
  const spec = kind === 'kubernetes_cron_job_v1' ? { schedule: '* * * * *', jobTemplate: { metadata: {}, spec: { template: pod } } } : many;
  const config = {
    metadata: { name: 'x', labels: { oneTwo: '3' } },
    spec: { ...spec, ...(kind === 'kubernetes_stateful_set_v1' ? { serviceName: 's' } : {}) },
  };
  const Binding = bindings[kind] as unknown as new (...args: unknown[]) => object;
  expect(written((scope) => new Controller(scope, 'it', kind, config as never))).toEqual(
    written((scope) => new Binding(scope, 'it', config)),
  );
});

test('others refer to it as to its bindings, and so come after it', () => {
  const config = { metadata: { name: 'x' }, spec: { template: { metadata: {}, spec: {} } } };
  const referring = (name: (scope: IConstruct) => string): unknown =>
    written((scope) => new TerraformOutput(scope, 'name', { value: name(scope) }));
  const ours = referring((scope) => new Controller(scope, 'it', 'kubernetes_deployment_v1', config).name);
  expect(ours).toEqual(referring((scope) => new DeploymentV1(scope, 'it', config).metadata.name));
});

function written(make: (scope: IConstruct) => unknown): unknown {
  return JSON.parse(Testing.synthScope((scope) => void make(scope)));
}
