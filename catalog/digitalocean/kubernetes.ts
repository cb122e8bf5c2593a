import type { Dated } from '../types';

/**
 * The minor version that new clusters begin with; DigitalOcean takes its newest patch and keeps it current. Not the newest minor,
 * which the API's description of 2026-08-07 says is 1.36: the one before it has been out longer.
 */
export const kubernetesVersion: Dated & { readonly minor: string } = {
  minor: '1.35',
  source: 'inferred from digitalocean/openapi, which speaks of 1.36; look at GET /v2/kubernetes/options before a deploy',
  asOf: '2026-08-07',
};

/** Networks of a cluster's pods and services. */
export interface PodNetworks {
  readonly pods: string;
  readonly services: string;
}

/** Regions by the place of their networks. One that comes is added at the end: at another place clusters would be made anew. */
const places = 'ams2 ams3 atl1 blr1 fra1 lon1 mem1 mkc1 nyc1 nyc2 nyc3 ric1 sfo1 sfo2 sfo3 sgp1 syd1 tor1'.split(' ');

/**
 * Networks of an environment's cluster in a region, which no other region has: clusters whose networks are peered must not overlap,
 * nor may one that comes with one that goes in the same deploy. VPCs get theirs from DigitalOcean, in 10.0.0.0/8; these lie in
 * 172.16.0.0/12, beyond Docker's own. Room for 128 nodes, of which each takes 128 addresses.
 * @throws RangeError for a region without a place
 */
export function podNetworks(region: string): PodNetworks {
  const place = places.indexOf(region);
  if (place === -1) throw new RangeError(`${region} has no place in catalog/digitalocean/kubernetes.ts`);
  return {
    pods: `172.${20 + Math.floor(place / 4)}.${64 * (place % 4)}.0/18`,
    services: `172.${29 + Math.floor(place / 8)}.${32 * (place % 8)}.0/19`,
  };
}
