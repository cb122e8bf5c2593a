import type { PriceTable } from '../prices';
import { googleCloudPrices } from './prices-cloud.generated';
import { googleModelsPrices } from './prices-models.generated';

/** The list prices of Google: its cloud, and the tokens of its language models. */
export const googlePrices: readonly PriceTable[] = [googleCloudPrices, googleModelsPrices];
