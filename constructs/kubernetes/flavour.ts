/** The clouds whose Kubernetes we know. */
export type ClusterCloud = 'digitalocean' | 'aws' | 'google';

/** A cluster as the workloads see it. Every text may be a Terraform reference. */
export interface ClusterAccess {
  readonly id: string;
  readonly name: string;
  /** URL of its API. */
  readonly endpoint: string;
  /** Its certificate authority, in base64. */
  readonly caCertificate: string;
  readonly region: string;
}

/** A program that gives a token for a cluster: no token is ever kept. */
export interface TokenProgram {
  readonly command: string;
  readonly args: (cluster: ClusterAccess) => readonly string[];
}

/** How clusters of one cloud differ from those of another. Everything else is the same. */
export interface ClusterFlavour {
  readonly token: TokenProgram;
  /** Class of volumes, which is made here where `provisioner` says how. */
  readonly storage: { readonly className: string; readonly provisioner?: string; readonly parameters?: Readonly<Record<string, string>> };
  /** What brings the requests to the ingress controller: the platform's balancer on fixed ports of every node, or a balancer of its own. */
  readonly entrance:
    | { readonly type: 'NodePort' }
    | { readonly type: 'LoadBalancer'; readonly annotations: Readonly<Record<string, string>> };
  /** Where passwords are: in the platform layer's state, or in the cloud's secret manager, which the External Secrets operator asks as this says. */
  readonly secrets:
    | { readonly kept: 'state' }
    | { readonly kept: 'manager'; readonly provider: (region: string) => Readonly<Record<string, unknown>> };
  /** Where pods get the credentials of their own identity, for network policies. @default - pods have none */
  readonly identity?: { readonly cidr: string; readonly port: string };
  /** Parts of a cluster that this cloud does not bring itself. */
  readonly lacks: { readonly metrics: boolean; readonly devicePlugin: boolean; readonly autoscaler: boolean };
}

/** Where the ingress controller listens on every node, for the platform's balancers. */
export const entrancePorts = { http: 30080, https: 30443 } as const;

/** Where poolers before a database in the cluster listen on every node, for the clusters of other regions. */
export const databaseNodePort = 30432;

/** The taint of nodes with GPUs, which pods of other kinds do not tolerate. */
export const gpuTaint = { key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' } as const;

/** Label of nodes that says which pool they are in: the same in every cloud. */
export const poolLabel = 'terrace.dev/pool';

/** The pool of nodes with cards at the full price, for when there are none that may be taken back. */
export const fallbackNodes = 'gpu-ondemand';

/** The pool of nodes for jobs, which its taint keeps for those that name it. */
export const batchPool = 'batch';

/** What a pod tolerates that may stand in that pool: its own taint, and the one of nodes with cards. */
export const batchTolerations = [gpuTaint, { key: poolLabel, operator: 'Equal', value: batchPool, effect: 'NoSchedule' }];

/** Version of the protocol between Kubernetes clients and programs that give tokens. */
export const tokenProtocol = 'client.authentication.k8s.io/v1beta1';

/** Facts about each cloud's Kubernetes, recalled from its documentation on 2026-11-21 where no source is named. */
export const flavours: Readonly<Record<ClusterCloud, ClusterFlavour>> = {
  digitalocean: {
    // Source: digitalocean/digitalocean, docs/resources/kubernetes_cluster.md, "Exec credential plugin".
    token: { command: 'doctl', args: ({ id }) => ['kubernetes', 'cluster', 'kubeconfig', 'exec-credential', '--version=v1beta1', id] },
    storage: { className: 'do-block-storage' },
    secrets: { kept: 'state' },
    entrance: { type: 'NodePort' },
    // GPU nodes come with drivers and device plug-in; metrics are an add-on of the marketplace.
    lacks: { metrics: true, devicePlugin: false, autoscaler: false },
  },
  aws: {
    token: { command: 'aws', args: ({ name, region }) => ['eks', 'get-token', '--cluster-name', name, '--region', region] },
    storage: { className: 'gp3', provisioner: 'ebs.csi.aws.com', parameters: { type: 'gp3', encrypted: 'true' } },
    secrets: { kept: 'manager', provider: (region) => ({ aws: { service: 'SecretsManager', region } }) },
    // The agent of EKS Pod Identity (docs.aws.amazon.com/eks, pod-id-agent-setup).
    identity: { cidr: '169.254.170.23/32', port: '80' },
    entrance: { type: 'NodePort' },
    // Metrics come as an add-on of the cluster; the image for GPU nodes has drivers and no device plug-in. Groups of nodes have bounds, and
    // nothing that moves them between these.
    lacks: { metrics: false, devicePlugin: true, autoscaler: true },
  },
  google: {
    token: { command: 'gke-gcloud-auth-plugin', args: () => [] },
    storage: { className: 'premium-rwo' },
    secrets: { kept: 'manager', provider: () => ({ gcpsm: {} }) },
    // GKE's metadata server under Dataplane V2 (cloud.google.com/kubernetes-engine, network-policy).
    identity: { cidr: '169.254.169.254/32', port: '80' },
    entrance: { type: 'LoadBalancer', annotations: { 'cloud.google.com/l4-rbs': 'enabled' } },
    lacks: { metrics: false, devicePlugin: false, autoscaler: false },
  },
};
