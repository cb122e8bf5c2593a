import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { sandboxUnreadable } from './errors';
import { withFileLock } from './lock';
import { isMap, type Value, type ValueMap } from './values';

/** An object of the account, as its resource's attributes. */
export type Attributes = ValueMap;

/** What the sandbox file holds: an account, as far as Terraform sees it. People may edit it to play drift. */
export interface Account {
  /** How many objects have been made under each name, ever: a replaced one gets a new id, and ids repeat from run to run. */
  readonly made: Readonly<Record<string, number>>;
  /** Attributes by resource type and id. */
  readonly objects: Readonly<Record<string, Readonly<Record<string, Attributes>>>>;
  /** Keys that others than Terraform have put into buckets, by bucket: a database's backups, for instance. */
  readonly contents: Readonly<Record<string, readonly string[]>>;
}

const EMPTY: Account = { made: {}, objects: {}, contents: {} };

/** The account in one JSON file, safe for several Terraform processes at once. */
export class Store {
  private queue: Promise<unknown> = Promise.resolve();
  /** What was read last, and the text that it was read from: to read the file for each of hundreds of objects anew takes longer than all else. */
  private latest: { readonly content: string; readonly account: Account } | undefined;

  /** @param path - the file; it and its folder are made by the first change */
  constructor(readonly path: string) {}

  /** The account as it is now; an empty one where there is no file. @throws STANDIN_SANDBOX_UNREADABLE */
  read(): Account {
    if (!existsSync(this.path)) return EMPTY;
    const content = readFileSync(this.path, 'utf8');
    if (this.latest?.content !== content) this.latest = { content, account: parse(this.path, content) };
    return this.latest.account;
  }

  /** Changes the account: nobody else reads or writes between what `change` is given and what it returns. */
  async update<Result>(change: (account: Account) => readonly [Account, Result]): Promise<Result> {
    const turn = this.queue.then(() => this.updateLocked(change));
    this.queue = turn.catch(() => undefined);
    return turn;
  }

  private async updateLocked<Result>(change: (account: Account) => readonly [Account, Result]): Promise<Result> {
    mkdirSync(dirname(this.path), { recursive: true });
    return withFileLock(`${this.path}.lock`, () => {
      const before = this.read();
      const [after, result] = change(before);
      if (after !== before) this.write(after);
      return result;
    });
  }

  /** A reader meets the old file or the new one, never half of one. */
  private write(account: Account): void {
    const fresh = `${this.path}.${process.pid}.new`;
    writeFileSync(fresh, `${JSON.stringify(account, null, 2)}\n`, { mode: 0o600 });
    renameSync(fresh, this.path);
  }
}

function parse(path: string, content: string): Account {
  try {
    const read = JSON.parse(content) as Partial<Account> | null;
    if (!isMap(read as Value) || !isMap((read?.objects ?? {}) as Value)) throw new Error('there is no "objects" in it');
    return { ...EMPTY, ...read };
  } catch (error) {
    throw sandboxUnreadable(path, (error as Error).message);
  }
}

/** The objects of one type. */
export function objectsOf(account: Account, type: string): readonly Attributes[] {
  return Object.values(account.objects[type] ?? {});
}

export function objectOf(account: Account, type: string, id: string): Attributes | undefined {
  return account.objects[type]?.[id];
}

export function withObject(account: Account, type: string, id: string, attributes: Attributes): Account {
  return { ...account, objects: { ...account.objects, [type]: { ...account.objects[type], [id]: attributes } } };
}

export function withoutObject(account: Account, type: string, id: string): Account {
  const { [id]: _, ...rest } = account.objects[type] ?? {};
  return { ...account, objects: { ...account.objects, [type]: rest } };
}
