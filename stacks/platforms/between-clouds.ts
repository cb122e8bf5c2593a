import { enginePlaces } from '../../components/distributed-database';
import type { Tier } from '../../tiers/tier';
import { spansGoogle } from '../workloads/sites';
import { component } from './naming';

/**
 * Whether a VPN joins the clouds that a tier stands in: where its database has addresses of the home network alone, and shows itself by
 * a password. It leads to the home region; networks of further regions lie behind a peering, which takes nothing on from a VPN (Amazon VPC
 * peering guide, "Edge to edge routing", recalled 2026-11-23).
 */
export function joinsClouds(tier: Tier): boolean {
  const engine = component(tier, 'distributed-database')?.engine;
  const atHome = component(tier, 'sharded-database') !== undefined || (engine !== undefined && enginePlaces[engine] === 'cluster');
  return atHome && spansGoogle(tier);
}

/** Numbers of both ends in BGP, of those for private use (RFC 6996). */
export const asns = { aws: 64512, google: 64514 } as const;

/**
 * Link-local addresses of the routers of each tunnel, by connection: none that AWS keeps for itself (169.254.0.0 to 169.254.5.0 and
 * 169.254.169.252, each a /30; Site-to-Site VPN user guide, Tunnel options, recalled 2026-11-23), and none that pods are given their identity by.
 */
export const insideRanges = [
  ['169.254.100.0/30', '169.254.100.4/30'],
  ['169.254.100.8/30', '169.254.100.12/30'],
] as const;
