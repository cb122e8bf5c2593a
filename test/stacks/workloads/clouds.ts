import { flavours, type ClusterCloud } from '../../../constructs/kubernetes/flavour';
import type { Environment } from '../../../environments/schema';
import { scratch } from '../../support/scratch';
import { layers, twoRegions, withPipeline, type Document, type Layers } from './fixture';

export const CLOUDS = Object.keys(flavours) as ClusterCloud[];

/** The same tier, with a pipeline and odd settings, in two regions of each cloud. */
const made = new Map<ClusterCloud, Layers>();

export function inCloud(cloud: ClusterCloud): Layers {
  const known = made.get(cloud) ?? make(cloud);
  made.set(cloud, known);
  return known;
}

/** The app with a setting and a secret of its own. */
export function ownApp(cloud: ClusterCloud): Environment['app'] {
  return {
    ...twoRegions(cloud).app,
    settings: { GREETING: '${var.password} TfToken[TOKEN.1] "hello"' },
    secrets: ['SESSION_KEY'],
    ...(cloud === 'aws' ? { secretsFrom: 'manager' as const } : {}),
  };
}

function make(cloud: ClusterCloud): Layers {
  const own = {
    app: ownApp(cloud),
    pipeline: { image: 'ghcr.io/example/train:2', command: ['python', 'train.py'], spot: true },
  };
  return layers(scratch(), twoRegions(cloud, own), { tier: withPipeline });
}

/** What runs in the clusters of a cloud, as Terraform reads it. */
export function json(cloud: ClusterCloud): Document {
  return inCloud(cloud).json;
}

/** One resource of it; empty where there is none. */
export function one(cloud: ClusterCloud, type: string, name: string): Record<string, unknown> {
  return (json(cloud).resource[type]?.[name] ?? {}) as Record<string, unknown>;
}

/** What a chart is told, with a word for each reference. */
export function values(cloud: ClusterCloud, name: string): Record<string, unknown> {
  const [text = '{}'] = (json(cloud).resource['helm_release']?.[name]?.['values'] ?? ['{}']) as string[];
  return JSON.parse(text.replaceAll(/\$\{[^}]*\}/g, 'reference')) as Record<string, unknown>;
}
