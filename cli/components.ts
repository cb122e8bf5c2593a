import { builtComponents, type BuiltComponent } from '../stacks/components';
import { platforms } from '../tiers/tier';
import { printJson } from './answer';
import type { Io } from './io';
import { table } from '../values/text-table';

/** Shows which kinds of components are built on which platforms. */
export async function componentsCommand(options: { readonly json?: boolean }, io: Io): Promise<number> {
  const components = builtComponents();
  if (options.json === true)
    printJson(
      components.map(({ kind, platforms: on }) => ({ kind, platforms: on })),
      io,
    );
  else io.out(`${table([{ title: 'component' }, ...platforms.map((title) => ({ title }))], components.map(row), 120).join('\n')}\n`);
  return Promise.resolve(0);
}

function row(component: BuiltComponent): readonly string[] {
  return [component.kind, ...platforms.map((platform) => cell(component, platform))];
}

function cell({ platforms: on, except }: BuiltComponent, platform: (typeof platforms)[number]): string {
  if (!on.includes(platform)) return 'not built';
  const not = except[platform];
  return not === undefined ? 'built' : `built, not as in ${not.join(' and ')}`;
}
