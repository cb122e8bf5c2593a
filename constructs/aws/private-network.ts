import type { ITerraformDependable } from 'cdktf';

/** A subnet, and the zone that it lies in. Both are Terraform references. */
export interface Place {
  readonly subnetId: string;
  /** Name of the zone in this account: `us-east-1a`. */
  readonly zone: string;
}

/** A private network over several zones. */
export interface INetwork {
  readonly vpcId: string;
  /** Its range: `10.16.0.0/16`. */
  readonly cidr: string;
  /** One subnet a zone, with addresses of the internet: balancers, and servers that answer it themselves. */
  readonly public: readonly Place[];
  /** One subnet a zone, without: servers behind a balancer. They reach out through NAT, where there is one. */
  readonly private: readonly Place[];
  /** One subnet a zone, without any way to or from the internet: databases and caches. */
  readonly data: readonly Place[];
  /** Route tables of private and data subnets: what another network is reached through. */
  readonly inner: readonly string[];
  /**
   * What servers wait for, and go before: one that starts before it can reach out never gets its packages, because it asks for
   * them once.
   */
  readonly ways: readonly ITerraformDependable[];
}
