import { Token, type IResolvable, type IResolveContext } from 'cdktf';

/** A reference as CDKTF writes it into a text until synthesis. */
const reference = /(\$\{TfToken\[TOKEN\.\d+\]\})/;

/** Cuts a text at its references: literal parts stand at even places, references at odd ones. */
export function cutAtReferences(text: string): string[] {
  return text.split(reference);
}

/** Writes what a reference became as an interpolation of its own. @param expression Terraform, without `${}` around it */
export type WriteReference = (expression: string) => string;

/**
 * One reference that stands for a whole text with references in it. CDKTF itself reads such a text to its end for every brace
 * that it holds, looking for escapes, which in a long script is most of the time of a synthesis. This text is cut once.
 */
export function assembledText(text: string, write: WriteReference = interpolated): string {
  const parts = cutAtReferences(text);
  return parts.length === 1 ? text : Token.asString(new AssembledText(parts, write));
}

function interpolated(expression: string): string {
  return `\${${expression}}`;
}

class AssembledText implements IResolvable {
  readonly creationStack: string[] = [];

  constructor(
    private readonly parts: readonly string[],
    private readonly write: WriteReference,
  ) {}

  resolve(context: IResolveContext): string {
    return this.parts.map((part, index) => (index % 2 === 0 ? part : this.write(expression(part, context)))).join('');
  }

  toString(): string {
    return Token.asString(this);
  }
}

/** What a reference becomes, without the braces that CDKTF would put around it in a text. */
function expression(token: string, context: IResolveContext): string {
  const before = context.suppressBraces ?? false;
  context.suppressBraces = true;
  try {
    return String(context.resolve(token));
  } finally {
    context.suppressBraces = before;
  }
}
