import type { Decimal } from 'decimal.js';
import type { ResourceGraph, ResourceNode } from '../../graph/types';
import type { Band } from '../estimate-types';
import type { UsageKey } from '../usage';

/** What is bought: the key into the price book. */
export interface Product {
  readonly provider: string;
  readonly service: string;
  readonly sku: string;
  /** @default 'all': the price does not vary by region */
  readonly region?: string;
}

/** A quantity of a product that a resource uses in a month. Knows no money. */
export interface CostComponent {
  readonly name: string;
  readonly quantity: Decimal;
  /** Unit of the price: `month`, `hour`, `GB-month`, `GB`, or `percent-of-resource` together with `percentOf`. */
  readonly unit: string;
  readonly product: Product;
  /** For `percent-of-resource`: the product whose monthly price the percentage is taken of. */
  readonly percentOf?: Product;
  /** Stands in for `quantity` where the resource leaves it open, as an autoscaling group does. */
  readonly usage?: Band & { readonly assumption: string };
  /** Quantity comes from `Usage`; without a figure there it is `usage` or else `quantity`, and a line of 0 says why it is 0. */
  readonly dependsOn?: UsageKey;
  /** A second figure of `Usage` that the first is multiplied with, as calls are with their duration. */
  readonly times?: UsageKey;
  /** Units of the price in one unit of the usage figure: 100 where a figure in millions meets a price per 10,000. @default 1 */
  readonly factor?: Decimal;
  /** Left out, and not shown as 0, where usage has no figure: a variant that few resources use. */
  readonly optional?: true;
  /** Whether it is a part of its resource even where nothing else of that is paid for: a volume of what runs on nodes. */
  readonly part?: true;
  /** The same for a commitment of one year, in order of preference. @default - sold without commitment only */
  readonly committed?: readonly Product[];
}

/** A share in something that is billed for all resources of an account together. */
export interface PoolShare {
  readonly pool: string;
  /** Region whose prices the pool is billed at; each region has a pool of its own. @default 'all' */
  readonly region?: string;
  /** What this resource takes from the pool. @default 1 */
  readonly quantity?: Decimal;
  /** What it takes comes from `Usage` instead. */
  readonly dependsOn?: UsageKey;
  /** As of a component. */
  readonly times?: UsageKey;
  readonly factor?: Decimal;
  /** It has no share, and shows none, where usage has no figure for it. */
  readonly optional?: true;
  /** What it adds to the allowance of the pool. @default 0 */
  readonly grants?: Decimal;
}

/** A part of a resource whose cost is not known, while the rest is priced. */
export interface UnpricedPart {
  readonly name: string;
  readonly reason: string;
}

/** The three answers about a resource. */
export type MappingResult =
  | {
      readonly kind: 'priced';
      readonly components: readonly CostComponent[];
      readonly pools?: readonly PoolShare[];
      readonly unpriced?: readonly UnpricedPart[];
      /** What a reader of the estimate must know. */
      readonly notes?: readonly string[];
    }
  | { readonly kind: 'free'; readonly reason: string }
  | { readonly kind: 'unpriced'; readonly reason: string };

/** How one resource type becomes cost components. */
export interface Mapping {
  readonly type: string;
  /** The answer that holds for every resource of this type, where there is one. */
  readonly always?: MappingResult;
  readonly map: (node: ResourceNode, graph: ResourceGraph) => MappingResult;
}
