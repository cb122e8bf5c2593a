/** A chart that Helm installs, pinned. */
export interface Chart {
  readonly name: string;
  readonly repository: string;
  readonly version: string;
  /** Version of what it installs. */
  readonly appVersion: string;
  /** Day on which this version was published. */
  readonly released: string;
  /** Where version and values were read. */
  readonly source: string;
  /** Whether the chart has been rendered with our values. No chart can be had where this is built: none has. */
  readonly rendered: false;
}

const read = 'read in its repository on 2026-11-21';

/**
 * Every chart of the workloads layer. Versions were read in the charts' repositories, and our values were held against the
 * `values.schema.json` and `values.yaml` of these very versions on 2026-11-21, by hand and outside the tests; no chart was
 * downloaded or rendered, so that a first deploy should be tried on an empty cluster.
 */
export const charts = {
  certManager: {
    name: 'cert-manager',
    repository: 'https://charts.jetstack.io',
    version: 'v1.21.1',
    appVersion: 'v1.21.1',
    released: '2026-07-29',
    source: `cert-manager/cert-manager, tag v1.21.1, ${read}`,
    rendered: false,
  },
  // Not ingress-nginx: it has been retired, its last release came before March 2026 (kubernetes.io, 2025-11-11).
  traefik: {
    name: 'traefik',
    repository: 'https://traefik.github.io/charts',
    version: '41.3.0',
    appVersion: 'v3.7.11',
    released: '2026-08-21',
    source: `traefik/traefik-helm-chart, traefik/Chart.yaml, ${read}`,
    rendered: false,
  },
  externalSecrets: {
    name: 'external-secrets',
    repository: 'https://charts.external-secrets.io',
    version: '2.9.0',
    appVersion: 'v2.9.0',
    released: '2026-08-08',
    source: `external-secrets/external-secrets, tag helm-chart-2.9.0, ${read}`,
    rendered: false,
  },
  prometheus: {
    name: 'kube-prometheus-stack',
    repository: 'https://prometheus-community.github.io/helm-charts',
    version: '88.5.3',
    appVersion: 'v0.93.1',
    released: '2026-08-21',
    source: `prometheus-community/helm-charts, charts/kube-prometheus-stack/Chart.yaml, ${read}`,
    rendered: false,
  },
  // Grafana's charts for Loki and Tempo live in grafana-community since 2026-01-30.
  loki: {
    name: 'loki',
    repository: 'https://grafana-community.github.io/helm-charts',
    version: '18.11.0',
    appVersion: '3.7.6',
    released: '2026-08-20',
    source: `grafana-community/helm-charts, charts/loki/Chart.yaml, ${read}`,
    rendered: false,
  },
  tempo: {
    name: 'tempo',
    repository: 'https://grafana-community.github.io/helm-charts',
    version: '2.2.4',
    appVersion: '2.10.8',
    released: '2026-08-13',
    source: `grafana-community/helm-charts, charts/tempo/Chart.yaml, ${read}`,
    rendered: false,
  },
  collector: {
    name: 'opentelemetry-collector',
    repository: 'https://open-telemetry.github.io/opentelemetry-helm-charts',
    version: '0.170.0',
    appVersion: '0.158.0',
    released: '2026-08-14',
    source: `open-telemetry/opentelemetry-helm-charts, charts/opentelemetry-collector/Chart.yaml, ${read}`,
    rendered: false,
  },
  devicePlugin: {
    name: 'nvidia-device-plugin',
    repository: 'https://nvidia.github.io/k8s-device-plugin',
    version: '0.20.0',
    appVersion: '0.20.0',
    released: '2026-08-19',
    source: `NVIDIA/k8s-device-plugin, tag v0.20.0, ${read}`,
    rendered: false,
  },
  stackgres: {
    name: 'stackgres-operator',
    repository: 'https://stackgres.io/downloads/stackgres-k8s/stackgres/helm/',
    version: '1.18.6',
    appVersion: '1.18.6',
    released: '2026-02-27',
    source: 'ongres/stackgres, tag 1.18.6, stackgres-k8s/install/helm/stackgres-operator/Chart.yaml, read in its repository on 2026-11-22',
    rendered: false,
  },
  clusterAutoscaler: {
    name: 'cluster-autoscaler',
    repository: 'https://kubernetes.github.io/autoscaler',
    version: '9.59.0',
    appVersion: '1.35.0',
    released: '2026-07-13',
    source: `kubernetes/autoscaler, cluster-autoscaler/charts/cluster-autoscaler/Chart.yaml, ${read}`,
    rendered: false,
  },
  metricsServer: {
    name: 'metrics-server',
    repository: 'https://kubernetes-sigs.github.io/metrics-server/',
    version: '3.13.1',
    appVersion: '0.8.1',
    released: '2026-06-11',
    source: `kubernetes-sigs/metrics-server, tag metrics-server-helm-chart-3.13.1, ${read}`,
    rendered: false,
  },
} as const satisfies Readonly<Record<string, Chart>>;
