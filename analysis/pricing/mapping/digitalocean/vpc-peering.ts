import { decimal } from '../../decimal';
import type { Mapping } from '../types';
import { product } from './products';

/** Two networks joined: free by itself, and each GB that leaves for another region is not. */
export const vpcPeering: Mapping = {
  type: 'digitalocean_vpc_peering',
  map: () => ({
    kind: 'priced',
    components: [
      {
        name: 'traffic to another region',
        quantity: decimal(0),
        unit: 'GB',
        product: product('vpc', 'peering-between-regions'),
        dependsOn: 'interRegionGb',
      },
    ],
  }),
};
