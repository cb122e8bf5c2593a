import { storedTiers } from '../../../analysis/selection';

/** Every tier as its example builds it on each platform, with what those who run its clusters and split its traffic are paid for. */
test.each(storedTiers.map((stored) => [`${stored.tier.id} on ${stored.platform}`, stored] as const))(
  "%s is made by that platform's provider alone, by that of a second cloud where the tier names one, by those of its workloads, and by Terraform's own memory",
  (_name, { tier, platform, graph }) => {
    const clouds = tier.components.flatMap((each) => (each.kind === 'kubernetes-cluster' ? each.clouds : []));
    const pods = tier.components.some(({ kind }) => kind === 'kubernetes-cluster') ? ['helm', 'kubernetes'] : [];
    const between = clouds.length > 1 ? ['cloudflare'] : [];
    const providers = new Set([platform, ...clouds, ...pods, ...between].map((each) => `${each}_`));
    const others = graph.resources
      .map(({ type }) => type)
      .filter((type) => type !== 'terraform_data' && ![...providers].some((provider) => type.startsWith(provider)));
    expect(others).toEqual([]);
    expect(clouds.length > 0).toBe(tier.id === 'tier6');
  },
);
