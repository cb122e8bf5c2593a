/** An object as a listing tells of it. */
export interface StoredObject {
  readonly key: string;
  readonly size: number;
  /** When it was written; milliseconds since 1970. */
  readonly modified: number;
  /** MD5 in hexadecimal. Undefined where the store tells something else: of an upload in parts, or encrypted with a key of one's own. */
  readonly md5?: string | undefined;
}

/** A place that holds objects: a bucket, or a folder of a disk. */
export interface Store {
  /** For people: `s3://uploads`. */
  readonly name: string;
  /** The store's clock, by which it says when an object was written; milliseconds since 1970. */
  readonly now: () => Promise<number>;
  readonly list: () => Promise<ReadonlyMap<string, StoredObject>>;
  /** When one object was written, now; undefined where there is none. */
  readonly modified: (key: string) => Promise<number | undefined>;
  /** Writes an object into a file, and says what belongs to it beside its bytes. */
  readonly read: (key: string, file: string) => Promise<Headers>;
  /** Puts a file's bytes under a key, whole or not at all. */
  readonly write: (key: string, file: string, headers: Headers) => Promise<void>;
}

/** What is kept with an object and travels with it: its type, how it is cached and shown, what the app has noted. */
export type Headers = Readonly<Record<string, string>>;

/** Where a move notes in its target how far it is; no object of the app. */
export const NOTES = '.terrace-promotion/';
