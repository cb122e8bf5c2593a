import { unpricedType } from '../results';
import type { Mapping } from '../types';

const tokens = 'inference is billed by tokens, which no resource states and the price book has no price for';
const noPrice = 'the price book has no price for it';

const reasons: Readonly<Record<string, string>> = {
  digitalocean_byoip_prefix: noPrice,
  digitalocean_genai_agent: tokens,
  digitalocean_genai_function: 'the function it calls is billed by its own compute, which this resource does not state',
  digitalocean_genai_knowledge_base: 'indexing is billed by tokens and its database by size, neither of which it states',
  digitalocean_genai_knowledge_base_data_source: 'indexing is billed by tokens, which no resource states',
  digitalocean_nfs: noPrice,
  digitalocean_nfs_snapshot: noPrice,
  digitalocean_partner_attachment: noPrice,
  digitalocean_reserved_ipv6: noPrice,
  digitalocean_vpc_nat_gateway: noPrice,
};

/** Types whose cost is not known. */
export const unpricedTypes: readonly Mapping[] = Object.entries(reasons).map(([type, reason]) => unpricedType(type, reason));
