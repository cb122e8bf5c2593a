/** Where clients reach a database of Google, and as whom. Every text may be a Terraform reference; there is no password. */
export interface SqlEndpoint {
  readonly host: string;
  readonly port: string;
  readonly database: string;
  readonly user: string;
}
