/** A cache, whoever runs it. */
export interface ICache {
  /** Address with user and password; may be a Terraform reference. */
  readonly uri: string;
  /** Whether only clients that speak the cluster protocol find every key. @default false */
  readonly cluster?: boolean;
}
