import { Construct } from 'constructs';
import { gpuTaint } from './flavour';
import type { Space } from './space';
import { strict, Workload } from './workload';

export interface ModelServerProps {
  readonly space: Space;
  readonly name: string;
  /** Where the model's file is, and what it must hash to. */
  readonly model: { readonly url: string; readonly file: string; readonly sha256?: string };
  readonly pods: number;
  /** Processors of each pod, where it has no GPU. @default - a GPU each */
  readonly cpus?: number;
  /** Memory beside the GPU's, in GiB. */
  readonly memoryGib: number;
  /** Requests that one pod answers at a time. */
  readonly parallel: number;
  /** Tokens of context of each request. */
  readonly contextTokens: number;
  /** Size of the volume that keeps the model, in GiB. */
  readonly cacheGib: number;
  readonly storageClass: string;
}

/** llama.cpp's server with CUDA, and without. Named from the publisher's page as of 2026-11; not pulled in any test. */
export const modelServerImage = 'ghcr.io/ggml-org/llama.cpp:server-cuda';
export const cpuModelServerImage = 'ghcr.io/ggml-org/llama.cpp:server';
/** Fetches the model before the server starts; named from Docker Hub, recalled on 2026-11-21, not pulled. */
export const fetchImage = 'curlimages/curl:8.16.0';

export const modelPort = 8081;

/** One user of both images' kind, so that what one writes the other reads. */
const user = '10001';

/** Downloads to another name and moves it when its hash is right: a pod that is killed half-way leaves no half model. */
const fetchScript = [
  'set -eu',
  'cd /models',
  'test -f "$FILE" && exit 0',
  'curl --fail --location --silent --show-error --retry 5 --output "$FILE.part" "$URL"',
  'if [ -n "$SHA256" ]; then echo "$SHA256  $FILE.part" | sha256sum -c -; fi',
  'mv "$FILE.part" "$FILE"',
].join('\n');

/**
 * A language model in a cluster. Each pod asks for one GPU, which also finds it a node, or for processors in its place; the model is kept on a
 * volume of each pod's own, so that a pod that comes back does not fetch gigabytes again.
 */
export class ModelServer extends Construct {
  readonly workload: Workload;

  constructor(scope: Construct, id: string, props: ModelServerProps) {
    super(scope, id);
    const { space, name } = props;
    this.workload = new Workload(this, 'pods', {
      space,
      name,
      port: modelPort,
      pods: props.pods,
      container: serverOf(props),
      volumes: [{ name: home.name, emptyDir: {} }],
      // Numbered pods: a GPU has no room for a second one, so that the old one goes first.
      disk: { name: 'models', sizeGib: props.cacheGib, storageClass: props.storageClass },
      pod: {
        ...(props.cpus === undefined ? { toleration: [gpuTaint] } : {}),
        securityContext: { runAsUser: user, runAsGroup: user, fsGroup: user },
        initContainer: [fetcher(props)],
        terminationGracePeriodSeconds: 60,
      },
    });
    space.release(this, 'to_models', name, [{ ports: [{ port: '443', protocol: 'TCP' }] }]);
    // On AWS its service account may read models, which is worth nothing to pods that cannot show who they are.
    space.identify(this, name);
  }
}

const mount = [{ name: 'models', mountPath: '/models' }];

/** Where programs may write that want a home; nothing in it is kept. */
const home = { name: 'home', mountPath: '/tmp' };

function fetcher({ model }: ModelServerProps) {
  return {
    name: 'fetch',
    image: fetchImage,
    command: ['sh', '-c', fetchScript],
    env: [
      { name: 'URL', value: model.url },
      { name: 'FILE', value: model.file },
      { name: 'SHA256', value: model.sha256 ?? '' },
    ],
    resources: { requests: { cpu: '500m', memory: '128Mi' }, limits: { memory: '256Mi' } },
    securityContext: strict,
    volumeMount: mount,
  };
}

/** What a pod computes with, and how its server is told. */
function computing({ cpus, memoryGib }: ModelServerProps) {
  const memory = `${memoryGib}Gi`;
  if (cpus !== undefined)
    return { image: cpuModelServerImage, args: ['--threads', `${cpus}`], requests: { cpu: `${cpus}`, memory }, limits: { memory } };
  const gpu = { 'nvidia.com/gpu': '1' };
  return { image: modelServerImage, args: ['--n-gpu-layers', '999'], requests: { cpu: '2', memory, ...gpu }, limits: { memory, ...gpu } };
}

function serverOf(props: ModelServerProps) {
  const { model, parallel, contextTokens } = props;
  const { image, args, requests, limits } = computing(props);
  const asked = { httpGet: { path: '/health', port: `${modelPort}` }, timeoutSeconds: 5 };
  return {
    image,
    args: [
      '--model',
      `/models/${model.file}`,
      '--host',
      '0.0.0.0',
      '--port',
      `${modelPort}`,
      ...args,
      '--parallel',
      `${parallel}`,
      '--ctx-size',
      `${parallel * contextTokens}`,
      '--metrics',
    ],
    port: [{ name: 'main', containerPort: modelPort }],
    resources: { requests, limits },
    securityContext: strict,
    // A model of tens of gigabytes takes minutes from the disk to the GPU.
    startupProbe: { ...asked, periodSeconds: 10, failureThreshold: 90 },
    readinessProbe: { ...asked, periodSeconds: 5, failureThreshold: 3 },
    livenessProbe: { ...asked, periodSeconds: 15, failureThreshold: 8 },
    env: [{ name: 'HOME', value: home.mountPath }],
    volumeMount: [...mount, home],
  };
}
