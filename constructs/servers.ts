/** A group of equal servers. Others refer to the group, not to its members, so that members can come and go. */
export interface IServers {
  /** Tag that every member carries: firewalls, databases and balancers admit it. */
  readonly tag: string;
  /** Private addresses of the members there are now. */
  readonly privateAddresses: readonly string[];
}

/** What takes requests from the internet. */
export interface IEntry {
  /** IPv4 address that the domain points to. */
  readonly address: string;
}
