import type { Environment } from '../../../environments/schema';

/** Settings of AWS's provider in a region. Whoever pays sees by these tags what belongs together. */
export function providerOf({ name, tags }: Pick<Environment, 'name' | 'tags'>, region: string) {
  return { region, defaultTags: [{ tags: { terrace: 'yes', environment: name, ...tags } }] };
}
