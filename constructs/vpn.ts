/** One tunnel of a VPN to another cloud, as the side sees it that is built last. Every text but the inside addresses may be a reference. */
export interface RemoteTunnel {
  /** Address on the internet of its other end. */
  readonly address: string;
  /** What both ends show each other; sensitive. */
  readonly sharedSecret: string;
  /** A /30 of link-local addresses for the two routers, the other side's first: `169.254.100.0/30`. */
  readonly insideRange: string;
}

/** The other end of a VPN: two connections, with two tunnels each. */
export interface RemoteEnd {
  /** Its number in BGP. */
  readonly asn: number;
  /** By connection: the first is with the first address of this side, the second with the second. */
  readonly connections: readonly (readonly [RemoteTunnel, RemoteTunnel])[];
}

/** Addresses of the two routers of a tunnel. @param insideRange a /30, which has two: AWS takes the first (Site-to-Site VPN user guide, Tunnel options, recalled 2026-11-23) */
export function routersOf(insideRange: string): { readonly remote: string; readonly own: string } {
  const [network = ''] = insideRange.split('/', 1);
  const octets = network.split('.');
  const at = (place: number): string => [...octets.slice(0, 3), Number(octets[3]) + place].join('.');
  return { remote: at(1), own: at(2) };
}
