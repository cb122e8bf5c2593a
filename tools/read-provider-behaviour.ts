import { readFileSync } from 'node:fs';

/** What a dump of a provider's schema says of one attribute. */
interface Attribute {
  readonly forceNew?: boolean;
  readonly children?: Readonly<Record<string, Attribute>>;
}

/** A dump of a provider's own schema: attributes by resource type. */
export type ProviderBehaviour = Readonly<Record<string, { readonly attributes: Readonly<Record<string, Attribute>> }>>;

/**
 * The `forces` section of catalog/digitalocean/replacement.yaml, from a dump of the provider's schema: how that section is
 * renewed for another version of the provider.
 */
export function forcesSection(behaviour: ProviderBehaviour): string {
  const lines = Object.keys(behaviour)
    .sort()
    .map(
      (type) =>
        `  ${type}: [${forcingPaths(behaviour[type]?.attributes ?? {})
          .sort()
          .join(', ')}]\n`,
    );
  return `forces:\n${lines.join('')}`;
}

function forcingPaths(attributes: Readonly<Record<string, Attribute>>, prefix = ''): string[] {
  return Object.entries(attributes).flatMap(([name, { forceNew, children }]) => [
    ...(forceNew === true ? [`${prefix}${name}`] : []),
    ...forcingPaths(children ?? {}, `${prefix}${name}.`),
  ]);
}

if (require.main === module) {
  const [dump] = process.argv.slice(2);
  if (dump === undefined) throw new Error('usage: node dist/tools/read-provider-behaviour.js BEHAVIOUR.json');
  process.stdout.write(forcesSection(JSON.parse(readFileSync(dump, 'utf8')) as ProviderBehaviour));
}
