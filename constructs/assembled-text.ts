import { Token, type IResolvable, type IResolveContext } from 'cdktf';

/** A reference as CDKTF writes it into a text until synthesis. */
export const reference = /\$\{TfToken\[TOKEN\.\d+\]\}/;

/** Cuts a text at its references: literal parts stand at even places, references at odd ones. */
export function cutAtReferences(text: string): string[] {
  return text.split(cut);
}

const cut = new RegExp(`(${reference.source})`);

/**
 * One reference that stands for a whole text with references in it. CDKTF itself reads such a text to its end for every brace
 * that it holds, looking for escapes, which in a long script is most of the time of a synthesis. This text is cut once.
 */
export function assembledText(text: string): string {
  const parts = cutAtReferences(text);
  return parts.length === 1 ? text : Token.asString(new AssembledText(parts));
}

class AssembledText implements IResolvable {
  readonly creationStack: string[] = [];

  constructor(private readonly parts: readonly string[]) {}

  resolve(context: IResolveContext): string {
    return this.parts.map((part, index) => (index % 2 === 0 ? part : String(context.resolve(part)))).join('');
  }

  toString(): string {
    return Token.asString(this);
  }
}
