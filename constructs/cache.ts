/** A cache, whoever runs it. */
export interface ICache {
  /** Address with user and password; may be a Terraform reference. */
  readonly uri: string;
}
