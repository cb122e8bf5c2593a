/**
 * What the texts that run on a server are made of. Every string may be a Terraform reference that is known only at
 * apply time: nothing here is parsed, measured, cut or changed; it is only placed where any content is safe.
 */

import type { Distribution } from './distributions';

/** Any JSON value; what `releaseDocument` returns and a caller encodes. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** One generation of the read-only key of the configuration channel. */
export interface ChannelKey {
  /** 1, 2, 3...; the entry of the environment file's `channelKeys` that this key belongs to. */
  readonly generation: number;
  readonly accessKeyId: string;
  readonly secretKey: string;
}

/** Where a server reads its release document. */
export interface Channel {
  /** With scheme and without a final slash: `https://fra1.digitaloceanspaces.com`. */
  readonly endpoint: string;
  /** Region in the signature: a Spaces region. */
  readonly region: string;
  /** Name of the `config` bucket. */
  readonly bucket: string;
  /** Key of the group's document, see `documentKey`. */
  readonly object: string;
  /** The key that opens it, or the role that the machine itself has at its provider (an AWS instance profile): no key, and none to rotate. */
  readonly key: ChannelKey | 'instance-role';
}

/** A block storage volume of this server. */
export interface ServerVolume {
  /** The volume's name at DigitalOcean, where the device is `/dev/disk/by-id/scsi-0DO_Volume_<name>`; elsewhere the whole path of the device. */
  readonly name: string;
  /** Folder it is mounted on, see `dataMount`. */
  readonly mount: string;
}

/** What a server must know to find the rest: constant for the server's life. */
export interface BootstrapInput {
  /**
   * Unique in the group and one of `ReleaseInput.servers`: its place there is the server's slot.
   * @default - the machine's host name; for members that share one text, whose releases need a `Lease`
   */
  readonly server?: string;
  readonly group: string;
  readonly channel: Channel;
  /** @default - none */
  readonly volumes?: readonly ServerVolume[];
  /** What its image holds. @default 'ubuntu' */
  readonly distribution?: Distribution;
}

/** A server of a group. */
export interface GroupServer {
  readonly name: string;
  /**
   * Where the other servers of the group can ask for its health: a private address. A server takes a release only while another one answers.
   * @default - the others are not asked; turns are kept by the clock alone
   */
  readonly address?: string;
}

/** The product's own container. */
export interface AppContainer {
  readonly image: string;
  /** Port in the container; published on the loopback address. */
  readonly port: number;
  readonly healthPath: string;
  /** Plain environment variables, any characters but NUL. */
  readonly settings: Readonly<Record<string, string>>;
  /** Secret environment variables, name to value (a reference to a sensitive variable), any characters but NUL. */
  readonly secrets: Readonly<Record<string, string>>;
  /** More of them, which the server reads with its machine's role when it prepares a release. @default - none */
  readonly managedSecrets?: ManagedSecrets;
  /** MiB. @default - no limit */
  readonly memory?: number;
}

/** Secrets in a secret manager that speaks as AWS's does: where it answers, and their ids by the name of the environment variable. */
export interface ManagedSecrets {
  readonly endpoint: string;
  readonly region: string;
  readonly ids: Readonly<Record<string, string>>;
}

/** How requests come in: Caddy stands before the app in both cases and holds requests while the app is switched. */
export type Entrance =
  | { readonly kind: 'automatic-tls'; readonly domain: string }
  | { readonly kind: 'behind-load-balancer'; readonly port: number };

/** Where the local PgBouncer connects to. */
export type Upstream =
  | { readonly kind: 'local' }
  | {
      readonly kind: 'remote';
      readonly host: string;
      readonly port: number | string;
      readonly database: string;
      readonly user: string;
      readonly password: string;
      /**
       * Who owns the database and gives the user its rights in it, over a connection of its own: poolers hand out no other user's.
       * With `makesUser` it makes the user too, with `password`, which must then hold no quotes and no backslashes.
       * @default - the user has them already
       */
      readonly owner?: {
        readonly host: string;
        readonly port: number | string;
        readonly database: string;
        readonly user: string;
        readonly password: string;
        readonly makesUser?: boolean;
      };
      /**
       * Copies of the database that answer reads, of which each connection takes one; the app reaches them as DATABASE_REPLICA_URL.
       * @default - none
       */
      readonly readers?: { readonly hosts: readonly string[]; readonly port: number | string; readonly database: string };
      /** PEM of the authority that signed the server's certificate. @default - TLS is required, the certificate is not verified */
      readonly authority?: string;
    };

export interface Pooler {
  readonly upstream: Upstream;
  /** Connections to the database, per server. @default 20 */
  readonly poolSize?: number;
}

/** PostgreSQL on this server, data on a volume. */
export interface PostgresContainer {
  /** Major version. @default '17' */
  readonly version?: string;
  /** Mount of the volume that carries the data: the `mount` of one of the server's volumes. */
  readonly mount: string;
  /** MiB that the container may use; buffers are sized from it. */
  readonly memory: number;
  /** @default 100 */
  readonly maxConnections?: number;
  /** Private address on which other servers of the network reach it (TLS, members of `terrace_remote` only). @default - only the pooler reaches it */
  readonly listenAddress?: string;
  /**
   * Password of `terrace_mover`, a role that may move the database over the network; single quotes and backslashes are not allowed in it.
   * @default - there is no such role, or no longer
   */
  readonly moverPassword?: string;
  /** @default - no archive; a release says so in the status */
  readonly backups?: BackupRepository;
}

/** The bucket of base backups and WAL. */
export interface BackupRepository {
  /** Host without scheme: `fra1.digitaloceanspaces.com`. */
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretKey: string;
  /** Folder in the bucket, starting with a slash; the database's generation belongs in it. @default '/database' */
  readonly path?: string;
  /** 'path' for a store on loopback. @default 'host' */
  readonly uriStyle?: 'host' | 'path';
  /** @default 443 */
  readonly port?: number;
  /** False only for a store with a throw-away certificate. @default true */
  readonly verifyTls?: boolean;
}

/** llama.cpp's server, on CPUs or cards. */
export interface InferenceContainer {
  /** @default - the one of `INFERENCE_IMAGES` for what computes */
  readonly image?: string;
  readonly model: {
    /** https address of a GGUF file. */
    readonly url: string;
    /** Hex digest of the file; the file is used only when it matches. @default - not checked */
    readonly sha256?: string;
    /** File name in the models folder. */
    readonly file: string;
  };
  /** MiB: the limit of the container; the kernel ends it there rather than its neighbours. */
  readonly memory: number;
  /** Whose cards compute; the machine brings the drivers. @default - CPUs */
  readonly gpu?: 'nvidia' | 'amd';
  /** Requests that are answered at once; they share the context. @default - llama.cpp's own choice */
  readonly parallel?: number;
  /** @default - llama.cpp's own choice */
  readonly threads?: number;
  /** Tokens. @default 4096 */
  readonly context?: number;
  /** Address on which other servers of the network reach port 8081. @default - the app on this server only */
  readonly listenAddress?: string;
}

/** Where private images are pulled from. */
export interface Registry {
  readonly server: string;
  readonly username: string;
  readonly password: string;
}

/** Where members that nobody can name in advance claim their turns: a bucket that holds nothing else. */
export interface Lease {
  /** Members that may switch at the same time. */
  readonly atOnce: number;
  /** As in `Channel`. */
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  /** Reads and writes this bucket, and no other. */
  readonly accessKeyId: string;
  readonly secretKey: string;
}

/** Seconds. A switch starts in the part of a window that is left after 2 1/3 times `healthLimit` (there, back, and clocks that differ). */
export interface ReleaseTiming {
  /** Length of a server's turn. @default 300 */
  readonly window?: number;
  /** How long containers may take to become healthy before the release before is brought back. @default 90 */
  readonly healthLimit?: number;
}

/** Everything about a server group that changes in its life. */
export interface ReleaseInput {
  readonly environment: string;
  readonly group: string;
  /** In the order of their turns; empty in a group that grows and shrinks. */
  readonly servers: readonly GroupServer[];
  /** What the servers' image holds. @default 'ubuntu' */
  readonly distribution?: Distribution;
  /** @default - turns by the clock, in the order of the servers */
  readonly lease?: Lease;
  readonly app?: AppContainer;
  readonly entrance?: Entrance;
  readonly pooler?: Pooler;
  readonly postgres?: PostgresContainer;
  readonly inference?: InferenceContainer;
  readonly registry?: Registry;
  /** Person to public key, one line each. */
  readonly adminKeys: Readonly<Record<string, string>>;
  /** @default - servers read with the role of their machine */
  readonly channelKeys?: {
    /** The newest key: servers store it, try it and report its generation. */
    readonly newest: ChannelKey;
    /** Generations that are valid now, the environment file's `channelKeys`. */
    readonly valid: readonly number[];
  };
  readonly timing?: ReleaseTiming;
}

/** A file that a release brings, by its path below the release folder. */
export interface ReleaseFile {
  readonly content: string;
  /** Octal: '0600'. */
  readonly mode: string;
}

/** How `apply` asks whether a container works. */
export type HealthCheck =
  | { readonly service: string; readonly http: { readonly port: number; readonly path: string } }
  | { readonly service: string; readonly exec: readonly string[] };
