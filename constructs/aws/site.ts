import type { TerraformProvider } from 'cdktf';
import type { INetwork } from './private-network';

/** What every construct of an environment on AWS needs to know. */
export interface Site {
  /** Beginning of every name that must be unique in the account or, for buckets, in the world. */
  readonly prefix: string;
  /** Region of everything that has one. */
  readonly region: string;
  readonly network: INetwork;
  /**
   * The provider configuration of `us-east-1`, for what AWS keeps there whatever the region: CloudFront's certificates, the
   * measurements of health checks. Undefined where the site itself lies there.
   */
  readonly global: TerraformProvider | undefined;
  /** Whether what holds data may be destroyed: only in an environment that is declared disposable. */
  readonly disposable: boolean;
}

/** The name that AWS's own pages show for a resource. */
export function named(name: string): { readonly tags: Readonly<Record<'Name', string>> } {
  return { tags: { Name: name } };
}

/** For what lies in `us-east-1` always. */
export function inGlobalRegion(site: Pick<Site, 'global'>): { readonly provider?: TerraformProvider } {
  return site.global === undefined ? {} : { provider: site.global };
}
