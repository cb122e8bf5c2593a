import { hostname } from 'node:os';
import { Client } from 'pg';
import { unreachable, tookTooLong } from '../engine/errors';

/** Where a PostgreSQL server is, and as whom to speak to it. */
export interface ServerSettings {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  /** Never written anywhere. @default none: the server trusts the connection, or a service gives it */
  readonly password?: string;
  /** @default "disable" on loopback; managed databases want "require" or "verify-full" */
  readonly sslmode?: 'disable' | 'require' | 'verify-full';
  /** The certificate of the authority, in PEM, for `verify-full`. */
  readonly authority?: string;
  /** How the servers of the other side reach this one, where that differs from how the engine does. */
  readonly peer?: { readonly host: string; readonly port: number };
}

export type Row = Readonly<Record<string, unknown>>;

/** One connection whose every wait is bounded: a server that is gone is an error, never a hang. */
export interface Session {
  readonly server: ServerSettings;
  readonly rows: (sql: string, values?: readonly unknown[], milliseconds?: number) => Promise<readonly Row[]>;
  /** The first column of the first row; undefined where there is none. */
  readonly value: (sql: string, values?: readonly unknown[], milliseconds?: number) => Promise<unknown>;
  /** Limits every statement from now on, by the server and, where that does not answer, a moment later from here; without a number as before. */
  readonly limit: (milliseconds?: number) => Promise<void>;
  /** Ends the connection without waiting for the server. */
  readonly close: () => void;
}

/** How long one statement may take unless the caller says otherwise, in milliseconds. */
const STATEMENT = 15_000;

/** Milliseconds by which a server may say later that a statement's time is over. */
const NOTICE = 500;

/** Names the engine's connections, so that the next run can tell a dead engine's connection from a live one's. */
export const ENGINE_NAME = `terrace promote ${hostname().slice(0, 24)} ${process.pid}`;

/**
 * Opens a connection.
 * @param connect how long to wait for the server, in milliseconds
 * @param plain changes no setting of the session: behind a pooler it is somebody else's next
 * @throws `PROMOTION_UNREACHABLE`
 */
export async function openSession(server: ServerSettings, connect = 3000, name = ENGINE_NAME, plain = false): Promise<Session> {
  const client = new Client({ ...clientOptions(server), application_name: name, connectionTimeoutMillis: connect, keepAlive: true });
  client.on('error', () => undefined);
  const close = (): void => {
    (client as unknown as { connection?: { stream?: { destroy(): void } } }).connection?.stream?.destroy();
  };
  try {
    await bounded(client.connect(), connect + 500, 'connecting', close);
  } catch (error) {
    close();
    throw unreachable(server, error);
  }
  // One statement after the other: the driver's own queue would let the limit run while a statement waits for its turn.
  let turn: Promise<unknown> = Promise.resolve();
  let patience = STATEMENT;
  const rows: Session['rows'] = (sql, values, milliseconds) => {
    const result = turn.then(() => ask(sql, values, milliseconds ?? patience));
    turn = result.catch(() => undefined);
    return result;
  };
  const ask = async (sql: string, values: readonly unknown[] | undefined, milliseconds: number): Promise<readonly Row[]> => {
    const asked = values === undefined ? client.query(sql) : client.query(sql, [...values]);
    const result = await bounded(asked, milliseconds, sql, close);
    const last = Array.isArray(result) ? result.at(-1) : result;
    return (last as { rows?: Row[] } | undefined)?.rows ?? [];
  };
  const value: Session['value'] = async (...given) => Object.values((await rows(...given))[0] ?? {})[0];
  const limit: Session['limit'] = async (milliseconds) => {
    await rows(`set statement_timeout = ${milliseconds ?? 0}`);
    patience = milliseconds === undefined ? STATEMENT : milliseconds + NOTICE;
  };
  const session = { server, rows, value, limit, close };
  if (!plain) await prepare(session);
  return session;
}

/** A server ends by itself what an engine has left behind whose machine is gone. PgBouncer's console knows none of it. */
async function prepare({ rows, server }: Session): Promise<void> {
  if (server.database === 'pgbouncer') return;
  await rows(
    `set tcp_keepalives_idle = 5; set tcp_keepalives_interval = 2; set tcp_keepalives_count = 3; set synchronous_commit = on; set search_path = pg_catalog; set lock_timeout = '10s'`,
  );
}

function clientOptions({ host, port, database, user, password, sslmode, authority }: ServerSettings): object {
  const tls =
    sslmode === undefined || sslmode === 'disable'
      ? false
      : { rejectUnauthorized: sslmode === 'verify-full', ...(authority === undefined ? {} : { ca: authority }) };
  return { host, port, database, user, ssl: tls, ...(password === undefined ? {} : { password }) };
}

/** Waits for something no longer than this. Afterwards the connection is useless, so it is closed. @throws `PROMOTION_TOOK_TOO_LONG` */
export async function bounded<T>(work: Promise<T>, milliseconds: number, what: string, giveUp: () => void = () => undefined): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      giveUp();
      reject(tookTooLong(what, milliseconds));
    }, milliseconds);
  });
  work.catch(() => undefined);
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}

/** The connection string that a server of the other side uses. */
export function peerConnection({ host, port, database, user, password, sslmode, peer }: ServerSettings): string {
  const parts = {
    host: peer?.host ?? host,
    port: peer?.port ?? port,
    dbname: database,
    user,
    password,
    sslmode,
    connect_timeout: 3,
    application_name: 'terrace_link',
  };
  const given = Object.entries(parts).filter(([, value]) => value !== undefined);
  return given.map(([key, value]) => `${key}='${String(value).replaceAll(/[\\']/g, String.raw`\$&`)}'`).join(' ');
}

export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** An expression for a moment as ISO 8601, in UTC. */
export function utc(moment: string): string {
  return `to_char(${moment} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

/** Milliseconds between two looks at what is over soon. */
export const MOMENT = 50;

export function pause(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds));
}
