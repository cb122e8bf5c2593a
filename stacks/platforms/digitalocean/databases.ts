import { region, regions } from '../../../catalog/digitalocean';
import type { Component } from '../../../components/component';
import type { Environment } from '../../../environments/schema';
import type { Tier } from '../../../tiers/tier';
import type { Problem } from '../../../values/errors';
import { databasesNotSold } from './errors';

const names = { postgresql: 'PostgreSQL', valkey: 'Valkey', kafka: 'Kafka' } as const;

type Engine = keyof typeof names;

/** What DigitalOcean would run of a component, and whether beyond the home region too. */
function managed(component: Component): { readonly engine: Engine; readonly beyond: boolean } | undefined {
  switch (component.kind) {
    case 'database':
      return component.hosting.hosting === 'managed' ? { engine: 'postgresql', beyond: false } : undefined;
    case 'read-replicas':
      return { engine: 'postgresql', beyond: false };
    case 'sharded-database':
      return { engine: 'postgresql', beyond: component.replicas > 0 };
    case 'cache':
      return { engine: 'valkey', beyond: false };
    case 'event-stream':
      return { engine: 'kafka', beyond: false };
    default:
      return undefined;
  }
}

/** Managed databases in regions that are not known to have any. The provider does not look before it asks, and then waits. */
export function databaseProblems(
  { region: home }: Pick<Environment, 'region'>,
  tier: Tier,
  standing: readonly string[],
): readonly Problem[] {
  const known = regions().map(({ slug }) => slug);
  return standing
    .filter((slug) => known.includes(slug))
    .flatMap((slug) => (Object.keys(names) as Engine[]).flatMap((engine) => problemsIn(slug, engine, home, tier)));
}

function problemsIn(slug: string, engine: Engine, home: string, { components }: Tier): readonly Problem[] {
  const { databaseEngines, asOf } = region(slug);
  const asking = components.filter((each) => {
    const wanted = managed(each);
    return wanted?.engine === engine && (slug === home || wanted.beyond);
  });
  if (asking.length === 0 || databaseEngines.includes(engine)) return [];
  const sold = regions().filter((each) => each.databaseEngines.includes(engine) && each.closed === undefined);
  return [
    databasesNotSold(
      names[engine],
      asking.map(({ id }) => id),
      { slug, asOf, field: slug === home ? 'region' : 'regions' },
      sold.map((each) => each.slug),
    ),
  ];
}
