import type { TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { charts } from './charts';
import type { Cluster } from './cluster';
import { ChartRelease } from './release';
import { Space } from './space';

export interface ObservabilityProps {
  readonly cluster: Cluster;
  readonly name: string;
  readonly storageClass: string;
  /** Days that metrics are kept. */
  readonly metricDays: number;
  /** Days that logs and traces are kept. */
  readonly logDays: number;
  /** Share of CPU and memory above which nodes raise an alert, in percent. */
  readonly thresholdPercent: number;
}

/** Port on which the collector takes traces, metrics and logs (OTLP over HTTP). */
export const collectorPort = 4318;

/** Metrics, logs and traces of one cluster, kept in it: Prometheus with Grafana, Loki, Tempo, and the collector that apps send to. */
export class Observability extends Construct {
  readonly namespace: string;
  /** Where apps send traces, metrics and logs. */
  readonly endpoint: string;

  constructor(scope: Construct, id: string, props: ObservabilityProps) {
    super(scope, id);
    const { cluster } = props;
    // The exporter on each node reads the node itself.
    const space = new Space(this, 'space', { cluster, name: props.name, security: 'privileged' });
    this.namespace = space.name;
    const install = (name: keyof typeof parts, after: readonly TerraformResource[] = []): TerraformResource =>
      new ChartRelease(this, name, {
        cluster,
        chart: charts[name],
        name: parts[name],
        namespace: space.name,
        values: values[name](props),
        after,
      }).resource;
    const prometheus = install('prometheus');
    const stores = [install('loki'), install('tempo')];
    install('collector', [prometheus, ...stores]);
    this.endpoint = `http://${parts.collector}.${props.name}.svc.cluster.local:${collectorPort}`;
  }
}

/** Names of the releases. */
const parts = { prometheus: 'prometheus', loki: 'loki', tempo: 'tempo', collector: 'collector' } as const;

/** Values of each chart. Their names were read in the charts' own values.yaml, see `charts.ts`. */
const values: Readonly<Record<keyof typeof parts, (props: ObservabilityProps) => Record<string, unknown>>> = {
  prometheus: ({ storageClass, metricDays, thresholdPercent }) => ({
    fullnameOverride: 'prometheus',
    // The cloud runs these, and shows them to no one.
    kubeControllerManager: { enabled: false },
    kubeScheduler: { enabled: false },
    kubeEtcd: { enabled: false },
    kubeProxy: { enabled: false },
    prometheus: {
      prometheusSpec: {
        retention: `${metricDays}d`,
        enableRemoteWriteReceiver: true,
        serviceMonitorSelectorNilUsesHelmValues: false,
        podMonitorSelectorNilUsesHelmValues: false,
        resources: { requests: { cpu: '500m', memory: '2Gi' }, limits: { memory: '4Gi' } },
        storageSpec: {
          volumeClaimTemplate: {
            spec: { storageClassName: storageClass, accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '50Gi' } } },
          },
        },
      },
    },
    grafana: { enabled: true, persistence: { enabled: false }, additionalDataSources: dataSources },
    additionalPrometheusRulesMap: { terrace: { groups: [{ name: 'nodes', rules: nodeRules(thresholdPercent) }] } },
  }),
  loki: ({ storageClass, logDays }) => ({
    deploymentMode: 'Monolithic',
    fullnameOverride: 'loki',
    loki: {
      auth_enabled: false,
      commonConfig: { replication_factor: 1 },
      storage: { type: 'filesystem' },
      schemaConfig: {
        configs: [
          { from: '2026-01-01', store: 'tsdb', object_store: 'filesystem', schema: 'v13', index: { prefix: 'index_', period: '24h' } },
        ],
      },
      limits_config: { retention_period: `${24 * logDays}h` },
      compactor: { retention_enabled: true, delete_request_store: 'filesystem' },
    },
    singleBinary: { replicas: 1, persistence: { enabled: true, size: '50Gi', storageClass } },
    chunksCache: { enabled: false },
    resultsCache: { enabled: false },
    lokiCanary: { enabled: false },
    test: { enabled: false },
  }),
  tempo: ({ storageClass, logDays }) => ({
    fullnameOverride: 'tempo',
    tempo: { retention: `${24 * logDays}h`, reportingEnabled: false },
    persistence: { enabled: true, size: '20Gi', storageClassName: storageClass },
  }),
  collector: () => ({
    fullnameOverride: 'collector',
    mode: 'daemonset',
    image: { repository: 'ghcr.io/open-telemetry/opentelemetry-collector-releases/opentelemetry-collector-k8s' },
    presets: { logsCollection: { enabled: true }, kubernetesAttributes: { enabled: true } },
    service: { enabled: true },
    resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '512Mi' } },
    config: collectorConfig,
  }),
};

const dataSources = [
  { name: 'Loki', type: 'loki', access: 'proxy', url: 'http://loki:3100' },
  { name: 'Tempo', type: 'tempo', access: 'proxy', url: 'http://tempo:3200' },
];

/** Three signals, three stores. */
const collectorConfig = {
  exporters: {
    otlp: { endpoint: 'tempo:4317', tls: { insecure: true } },
    'otlphttp/logs': { endpoint: 'http://loki:3100/otlp' },
    prometheusremotewrite: { endpoint: 'http://prometheus-prometheus:9090/api/v1/write' },
  },
  service: {
    pipelines: {
      traces: { receivers: ['otlp'], exporters: ['otlp'] },
      logs: { receivers: ['otlp'], exporters: ['otlphttp/logs'] },
      metrics: { receivers: ['otlp'], exporters: ['prometheusremotewrite'] },
    },
  },
};

function nodeRules(percent: number): Record<string, unknown>[] {
  const rule = (alert: string, expr: string): Record<string, unknown> => ({
    alert,
    expr: `${expr} > ${percent / 100}`,
    for: '10m',
    labels: { severity: 'warning' },
  });
  return [
    rule('NodeCpuBusy', '1 - avg by (instance) (rate(node_cpu_seconds_total{mode="idle"}[5m]))'),
    rule('NodeMemoryFull', '1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes'),
  ];
}
