import { conditionalReplacements, replacementPaths } from '../../../catalog/digitalocean';
import type { Attribute } from '../../../terraform/standin/schema';
import { isUnknown, unknown, type Value, type ValueMap } from '../../../terraform/standin/values';
import { known, listed, planOf } from './cloud';
import { everyType } from './fixture';

const types = Object.keys(everyType());

/** A state as it would stand after apply: references are texts like any other. */
function applied(type: string): ValueMap {
  const args = listed(type, everyType()[type]?.['a'] ?? {});
  const { state } = planOf(type, null, numbered(args));
  return Object.fromEntries(Object.entries(state).map(([name, value]) => [name, isUnknown(value) ? '1' : value]));
}

function numbered(args: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) => [name, name === 'droplet_id' ? 7 : name === 'droplet_ids' ? [7] : value]),
  );
}

function another(attribute: Attribute, value: Value | undefined): Value {
  if (attribute.type === 'string') return `${typeof value === 'string' ? value : ''}-other`;
  if (attribute.type === 'number') return (typeof value === 'number' ? value : 0) + 1;
  if (attribute.type === 'bool') return value !== true;
  return attribute.type[0] === 'map' ? { other: 'x' } : [attribute.type[1] === 'number' ? 99 : 'other'];
}

describe.each(types)('%s', (type) => {
  const state = applied(type);
  const settable = Object.entries(known(type).attributes).filter(([name, { mode }]) => mode !== 'C' && name !== 'id');
  const changed = (name: string, attribute: Attribute): ReturnType<typeof planOf> =>
    planOf(type, state, { [name]: another(attribute, state[name]) });

  test('replaces exactly where the catalog says so', () => {
    const replacing = settable.filter(([name, attribute]) => changed(name, attribute).replace.length > 0).map(([name]) => name);
    const expected = (replacementPaths(type) ?? []).filter((path) => settable.some(([name]) => name === path));
    // A custom certificate's domains come from itself, and the example's is not custom; both lists know the attribute.
    expect(replacing.sort()).toEqual([...expected].sort());
  });

  test('names the attribute that forces it, and replaces as well when its new value is not known yet', () => {
    for (const [name, attribute] of settable.filter(([, { forceNew }]) => forceNew === true)) {
      expect(changed(name, attribute).replace).toEqual([[name]]);
      expect(planOf(type, state, { [name]: unknown }).replace).toEqual([[name]]);
    }
  });

  test('plans nothing for the same arguments again', () => {
    expect(planOf(type, state, {})).toEqual({ state, replace: [], errors: [] });
  });
});

test('ipv6 of a droplet can be switched on in place, and off only by a new droplet', () => {
  const off = applied('digitalocean_droplet');
  const on = planOf('digitalocean_droplet', off, { ipv6: true });
  expect([on.replace, on.state['ipv6_address']]).toEqual([[], unknown]);
  expect(planOf('digitalocean_droplet', { ...off, ipv6: true }, { ipv6: false }).replace).toEqual([['ipv6']]);
  expect(conditionalReplacements('digitalocean_droplet').length).toBeGreaterThan(0);
});
