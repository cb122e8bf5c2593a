import type { Calls } from './provider-calls';
import { within } from './protobuf';

/** The types of resources and of data sources that a configuration speaks of. */
export function typesIn(configuration: Readonly<Record<string, unknown>>): readonly string[] {
  return ['resource', 'data'].flatMap((kind) => Object.keys(configuration[kind] ?? {}));
}

/** A provider's schema of the types alone that were spoken of: to read all 1,526 of hashicorp/aws takes Terraform longer than most plans. */
export class Spoken {
  private readonly types = new Set<string>();

  private constructor(private readonly everything: Buffer) {}

  static async by({ ask }: Calls): Promise<Spoken> {
    return new Spoken(await ask('GetSchema', Buffer.alloc(0)));
  }

  /** From now on these too. */
  readonly of = (types: Iterable<string>): void => [...types].forEach((type) => this.types.add(type));

  /** The answer to `GetSchema`. */
  readonly schema = (): Buffer => within(this.everything, this.types);

  /** The same for one type. */
  schemaOf(type: string): Buffer {
    return within(this.everything, new Set([type]));
  }
}
