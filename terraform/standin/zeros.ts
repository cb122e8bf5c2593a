import { nested, type Block, type NestedBlock, type Type } from './schema';
import { isList, isMap, type Value, type ValueMap } from './values';

/** What the provider's SDK takes an absent value for. */
export function zeroOf(type: Type): Value {
  if (type === 'string') return '';
  if (type === 'number') return 0;
  if (type === 'bool') return false;
  if (type === 'dynamic') return null;
  return type[0] === 'map' || type[0] === 'object' ? {} : [];
}

/** As the SDK reads a state: what is absent in an element of a set is there, and empty. */
export function withZeros(block: Block, state: ValueMap, inSet = false): ValueMap {
  const attributes = Object.entries(block.attributes).map(
    ([name, { type }]) => [name, state[name] ?? (inSet ? zeroOf(type) : null)] as const,
  );
  const inner = nested(block).map(([name, child]) => [name, zerosInside(child, state[name] ?? null, inSet)] as const);
  return Object.fromEntries([...attributes, ...inner]);
}

function zerosInside(block: NestedBlock, value: Value, inSet: boolean): Value {
  if (block.nesting === 'single' || !isList(value)) return value;
  return value.filter(isMap).map((element) => withZeros(block, element, inSet || block.nesting === 'set'));
}
