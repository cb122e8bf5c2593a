import type { PriceTable } from '../prices';
import { awsComputePrices } from './prices-compute.generated';
import { awsDatabasesPrices } from './prices-databases.generated';
import { awsNetworkPrices } from './prices-network.generated';
import { awsServicesPrices } from './prices-services.generated';
import { awsStoragePrices } from './prices-storage.generated';

/** The list prices of AWS. A file for each kind of service, so that a refreshed one is a readable change. */
export const awsPrices: readonly PriceTable[] = [
  awsComputePrices,
  awsDatabasesPrices,
  awsNetworkPrices,
  awsServicesPrices,
  awsStoragePrices,
];
