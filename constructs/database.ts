/** How an application reaches a PostgreSQL database. Every field may be a Terraform reference: pass it on, never look into it. */
export interface DatabaseConnection {
  readonly host: string;
  readonly port: string;
  readonly user: string;
  readonly password: string;
  readonly name: string;
  /** The owner's own way to it, past every pool: who gives the user its rights. */
  readonly owner: { readonly host: string; readonly port: string; readonly database: string; readonly user: string; readonly password: string };
}

/** A database, whoever runs it. */
export interface IDatabase {
  readonly connection: DatabaseConnection;
}
