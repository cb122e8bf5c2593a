/** Who owns a database. Every text may be a Terraform reference. */
export interface DatabaseOwner {
  readonly host: string;
  readonly port: string;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  /** Whether the app's user is made by the owner too, on the server, because the platform makes none. @default - the platform made it */
  readonly makesUser?: boolean;
}

/** How an application reaches a PostgreSQL database. Every field may be a Terraform reference: pass it on, never look into it. */
export interface DatabaseConnection {
  readonly host: string;
  readonly port: string;
  readonly user: string;
  readonly password: string;
  readonly name: string;
  /** The owner's own way to it, past every pool: who gives the user its rights. */
  readonly owner: DatabaseOwner;
}

/** Copies of a database that answer reads. Every field may be a Terraform reference. */
export interface DatabaseReaders {
  readonly hosts: readonly string[];
  /** The same for all of them. */
  readonly port: string;
}

/** A database, whoever runs it. */
export interface IDatabase {
  readonly connection: DatabaseConnection;
}
