import { builtComponents } from '../../stacks/components';
import { platforms } from '../../tiers/tier';
import { markdownTable } from './regions';

/** Every pair of a component and a platform: built, built in part, or missing. */
export function componentTable(): string {
  const rows = builtComponents().map(({ kind, platforms: on, except }) => [
    `\`${kind}\``,
    ...platforms.map((platform) => (on.includes(platform) ? told(except[platform]) : 'missing')),
  ]);
  return markdownTable(['component', ...platforms], rows);
}

function told(not: readonly string[] | undefined): string {
  return not === undefined ? 'built' : `built, not as in ${not.join(' and ')}`;
}
