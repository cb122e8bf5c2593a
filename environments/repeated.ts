import { dotted, finding, quote, type Finding, type Path } from './finding';

/** A value that a list has twice. */
export function repeated(values: readonly string[], path: Path): readonly Finding[] {
  return values.flatMap((value, index) => {
    const first = values.indexOf(value);
    return first === index
      ? []
      : [
          finding(
            'REPEATED',
            [...path, index],
            `${dotted([...path, index])} is ${quote(value)}, like ${dotted([...path, first])}. Remove one of the two.`,
          ),
        ];
  });
}
