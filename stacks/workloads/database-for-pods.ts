import type { TerraformResource } from 'cdktf';
import type { ForeignIdentity } from '../../constructs/kubernetes/foreign-identity';
import type { PoolerPods } from '../../constructs/kubernetes/pooler';

/** How the app in a cluster reaches the shards. */
export interface DatabaseForPods {
  /** Undefined where the database needs none. */
  readonly pooler: PoolerPods | undefined;
  /** What the app is told, as far as Terraform may know it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Secrets of the cluster that tell it the rest. */
  readonly secrets: readonly string[];
  /** Account of the cloud that the app's pods are. @default - none, or one that the cloud knows them by already */
  readonly account?: string;
  /** Who its pods are in the cloud of the database, where they are in another one. @default - nobody */
  readonly identity?: ForeignIdentity;
  /** What makes these secrets. */
  readonly after: readonly TerraformResource[];
}

/** Texts of a secret, and the secrets of the cloud's manager that they are made from. */
export interface FetchedTexts {
  readonly from: Readonly<Record<string, string>>;
  readonly texts: Readonly<Record<string, string>>;
}
