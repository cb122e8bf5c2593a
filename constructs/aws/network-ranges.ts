/** The kinds of subnets, in the order in which they lie in the network's range. */
export type SubnetKind = 'public' | 'private' | 'data';

/** Ranges that each kind may have at most: one a zone. */
const placesPerKind = 4;

const firstPlace: Readonly<Record<SubnetKind, number>> = { public: 0, private: placesPerKind, data: 2 * placesPerKind };

/**
 * The range of a subnet: the network's /16 cut into sixteen /20 of 4,091 addresses each. Every subnet has a place of its own,
 * whatever the number of zones, so that a zone that joins moves none.
 * @param cidr the network's range, `10.16.0.0/16`
 * @param zone place of the zone, from 0
 */
export function subnetRange(cidr: string, kind: SubnetKind, zone: number): string {
  const [first, second] = cidr.split('.');
  return `${first}.${second}.${(firstPlace[kind] + zone) * 16}.0/20`;
}
