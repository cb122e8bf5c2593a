import { resourceGraph } from '../graph';
import { stored, type StoredTier } from './stored';

/** A tier whose language model answers elsewhere: without the component, and without what it alone has. */
export function withoutInference({ tier, platform, graph }: StoredTier): StoredTier {
  const ids = new Set(tier.components.filter(({ kind }) => kind === 'inference' || kind === 'gpu-pool').map(({ id }) => id));
  const components = tier.components.filter(({ id }) => !ids.has(id));
  const resources = graph.resources.filter((node) => !ids.has(node.component));
  return stored(
    { ...tier, components },
    platform,
    resourceGraph(resources, { removed: graph.removed, providers: graph.providers, opaque: graph.opaque }),
  );
}
