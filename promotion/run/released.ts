import type { CdkTfJson, JsonObject } from '../../analysis/graph';
import { isRecord } from '../../values/record';
import type { ServerSettings } from '../postgres/session';

/** A server of the app, with its pooler. */
export interface AppServer {
  readonly name: string;
  /** Its private address, which the other side's network may reach and a person's machine may not. */
  readonly address: string | undefined;
}

/** What a release says of one side: its servers, and where their poolers find the database. */
export interface Released {
  readonly servers: readonly AppServer[];
  /** As whom the app logs in to the database. */
  readonly appRole: string | undefined;
  /** The server, as far as the release knows it: of a database beside the app only while a promotion opens it to what moves it. */
  readonly database: Partial<ServerSettings>;
  /** Files of the pooler, by their names. */
  readonly pooler: Readonly<Record<string, string>>;
  readonly upstream: Readonly<Record<string, unknown>>;
}

/** A side that the state says nothing of. */
export const unreleased: Released = { servers: [], appRole: undefined, database: {}, pooler: {}, upstream: {} };

/** A resource of the state, as far as this room reads it. */
export interface Held {
  readonly address: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Releases with a pooler that only one of two configurations has, by address. */
export function releaseAddresses(own: CdkTfJson, other: CdkTfJson): readonly string[] {
  const others = new Set(withPooler(other));
  return withPooler(own).filter((address) => !others.has(address));
}

function withPooler(json: CdkTfJson): readonly string[] {
  return Object.entries(record(json['resource'])).flatMap(([type, named]) =>
    Object.entries(record(named))
      .filter(([, body]) => /"pooler":\{"kind":/.test(text(record(body)['content']) ?? ''))
      .map(([name]) => `${type}.${name}`),
  );
}

/** What the state holds of these releases. @returns undefined where it holds none */
export function releasedIn(state: readonly Held[], addresses: readonly string[]): Released | undefined {
  const documents = addresses.flatMap((address) => {
    const content = text(state.find((each) => each.address === address)?.values['content']);
    return content === undefined ? [] : [ownOf(record(JSON.parse(content)))];
  });
  const [first] = documents;
  if (first === undefined) return undefined;
  const upstream = record(first['pooler']);
  return {
    servers: documents.flatMap(serversOf),
    appRole: text(upstream['user']),
    database: databaseOf(upstream, first),
    pooler: poolerFiles(first),
    upstream,
  };
}

/** From the cutover on the old side's release leads to the new database; what it led to before is kept in it. */
function ownOf(document: JsonObject): JsonObject {
  return { ...document, ...record(document['own']) };
}

function serversOf(document: Readonly<Record<string, unknown>>): readonly AppServer[] {
  const servers = Array.isArray(document['servers']) ? (document['servers'] as readonly unknown[]) : [];
  return servers.map(record).map(({ name, address }) => ({ name: text(name) ?? '', address: text(address) }));
}

/** Beside the app on its first server, where a promotion makes the role that moves it; or elsewhere, where its owner makes what the engine needs. */
function databaseOf(upstream: Readonly<Record<string, unknown>>, document: Readonly<Record<string, unknown>>): Partial<ServerSettings> {
  if (upstream['kind'] === 'local') {
    const mover = record(record(document['database'])['mover']);
    return present({
      host: serversOf(document)[0]?.address,
      port: 5432,
      database: text(upstream['database']),
      user: text(mover['user']),
      password: text(mover['password']),
      sslmode: 'require' as const,
    });
  }
  const { host, port, database, user, password } = isRecord(upstream['owner'])
    ? upstream['owner']
    : { ...upstream, user: undefined, password: undefined };
  return present({
    host: text(host),
    port: Number(port),
    database: text(database),
    user: text(user),
    password: text(password),
    sslmode: 'require' as const,
  });
}

function poolerFiles(document: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const files = Object.entries(record(document['files'])).filter(([path]) => path.startsWith('live/pooler/'));
  return Object.fromEntries(files.map(([path, file]) => [path.slice('live/pooler/'.length), text(record(file)['content']) ?? '']));
}

/** Without what is not known. */
export function present<T extends object>(value: T): Partial<{ [K in keyof T]: Exclude<T[K], undefined> }> {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as Partial<{
    [K in keyof T]: Exclude<T[K], undefined>;
  }>;
}

function record(value: unknown): JsonObject {
  return isRecord(value) ? (value as JsonObject) : {};
}

/** A text, where it is one. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
