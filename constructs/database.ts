/** How an application reaches a PostgreSQL database. Every field may be a Terraform reference: pass it on, never look into it. */
export interface DatabaseConnection {
  readonly host: string;
  readonly port: string;
  readonly user: string;
  readonly password: string;
  readonly name: string;
}

/** A database, whoever runs it. */
export interface IDatabase {
  readonly connection: DatabaseConnection;
}
