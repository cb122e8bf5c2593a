import type { ComponentBase } from './component-base';

/** PostgreSQL on one of our own servers, its data on a volume that outlives the server. */
export interface SelfHosted {
  readonly hosting: 'server';
  /** Id of the component whose first server it runs on. */
  readonly server: string;
  /** Size of the data volume, in GiB. */
  readonly volumeGib: number;
  /** What PostgreSQL may use of the server's memory, in GiB. */
  readonly memoryGib: number;
  /**
   * Whether a role that may move the data can log in from the private network. A promotion says so of the side that it leaves, while it lasts; no
   * tier does.
   * @default false
   */
  readonly movable?: boolean;
}

/** PostgreSQL run by the platform. */
export interface Managed {
  readonly hosting: 'managed';
  /** 1 is a single node; 2 and more add standbys that take over by themselves. */
  readonly nodes: number;
  /** Memory of each node, in GiB. */
  readonly memoryGib: number;
  /** vCPUs that each node has at least, none of them shared where the platform sells both. @default - those that come with the memory */
  readonly vcpus?: number;
  /** Connections that the platform's pool keeps open to the server. */
  readonly poolSize: number;
  /**
   * Whether it and databases of the same private network may reach each other, where a firewall stands between. A promotion says so of both sides
   * while it lasts; no tier does.
   * @default false
   */
  readonly movable?: boolean;
}

/** The relational database: where the product's data lives. */
export interface Database extends ComponentBase {
  readonly kind: 'database';
  readonly engine: 'postgresql';
  /** Major version. */
  readonly version: string;
  readonly hosting: SelfHosted | Managed;
}
