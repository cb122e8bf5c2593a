import type { Decimal } from 'decimal.js';
import { objectAt, textAt } from '../../graph/json';
import type { ResourceGraph, ResourceNode } from '../../graph/types';
import { hoursPerMonth } from '../arithmetic';
import { decimal, one, zero } from '../decimal';
import type { UsageKey } from '../usage';
import { attributesOf, type Block, isUnknown, quantityOr, text, why } from './read';
import { type Count, missing, type Part, timesCount, unpriced } from './results';
import type { CostComponent, Mapping, MappingResult, Product } from './types';

/** What a usage figure becomes on a bill. */
export interface Used {
  /** Units of the price in one unit of the figure. @default 1 */
  readonly factor?: number;
  /** A second figure to multiply with. */
  readonly times?: UsageKey;
  /** Not shown where no figure is given. */
  readonly optional?: true;
}

/** Makes cost components at the prices of one region. */
export interface Place {
  readonly node: ResourceNode;
  readonly graph: ResourceGraph;
  readonly region: string;
  product(service: string, sku: string): Product;
  /** Runs all hours of the month. */
  hourly(name: string, service: string, sku: string, count?: Count, committed?: readonly Product[]): CostComponent;
  monthly(name: string, service: string, sku: string, quantity?: Decimal): CostComponent;
  amount(name: string, service: string, sku: string, unit: string, quantity: Decimal): CostComponent;
  /** A quantity that only usage knows. */
  used(name: string, key: UsageKey, service: string, sku: string, unit: string, used?: Used): CostComponent;
  /** A number that an argument of a block states; what it costs is missing where the number is not known. */
  stated(name: string, block: Block, argument: string, service: string, sku: string, unit: string, options?: Stated): Part;
}

/** How an argument becomes a quantity. */
export interface Stated {
  /** Number where the argument is absent. @default - it must be there */
  readonly fallback?: number;
  /** How many there are of it. @default 1 */
  readonly count?: Count;
  readonly factor?: number;
}

/** A mapping that needs to know the region: where that is not known, nothing of the resource can be priced. */
export function regional(provider: string, regionOf: (node: ResourceNode, graph: ResourceGraph) => string | undefined) {
  return (type: string, map: (block: Block, at: Place) => MappingResult): Mapping => ({
    type,
    map: (node, graph) => {
      const region = regionOf(node, graph);
      if (region === undefined)
        return unpriced(`its region is not known: neither it nor the provider configuration "${node.provider}" states one`);
      return map(attributesOf(node), placeOf(provider, region, node, graph));
    },
  });
}

/** The components of one resource in a region. */
export function placeOf(provider: string, region: string, node: ResourceNode, graph: ResourceGraph): Place {
  const product = (service: string, sku: string): Product => ({ provider, service, sku, region });
  const amount: Place['amount'] = (name, service, sku, unit, quantity) => ({ name, unit, quantity, product: product(service, sku) });
  return {
    node,
    graph,
    region,
    product,
    amount,
    hourly: (name, service, sku, count = { quantity: one }, committed = []) => ({
      ...timesCount(count, decimal(hoursPerMonth)),
      name,
      unit: 'hour',
      product: product(service, sku),
      ...(committed.length === 0 ? {} : { committed }),
    }),
    monthly: (name, service, sku, quantity = one) => amount(name, service, sku, 'month', quantity),
    used: (name, key, service, sku, unit, { factor, times, optional } = {}) => ({
      ...amount(name, service, sku, unit, zero),
      dependsOn: key,
      ...(factor === undefined ? {} : { factor: decimal(factor) }),
      ...(times === undefined ? {} : { times }),
      ...(optional === undefined ? {} : { optional }),
    }),
    stated: (name, block, argument, service, sku, unit, { fallback, count = { quantity: one }, factor = 1 } = {}) => {
      const number = fallback === undefined ? quantityOf(block, argument) : quantityOr(block, argument, fallback);
      if (number === undefined) return missing(name, why(block, argument));
      return { name, unit, product: product(service, sku), ...timesCount(count, number.times(factor)) };
    },
  };
}

function quantityOf(block: Block, argument: string): Decimal | undefined {
  return isUnknown(block, argument) || (block.values[argument] ?? null) === null ? undefined : quantityOr(block, argument, 0);
}

/**
 * A text of the provider configuration that a resource uses. In a module it may be named `module.web:aws`; where the module has
 * no such configuration of its own, that of the root module is meant, but one that is unclear is never taken for another.
 */
export function providerSetting(node: ResourceNode, graph: ResourceGraph, name: string): string | undefined {
  const used = node.provider in graph.providers ? node.provider : (node.provider.split(':').at(-1) ?? '');
  const setting = textAt(objectAt(graph.providers, used), name);
  return setting === undefined || setting.includes('${') ? undefined : setting;
}

/** The text of an argument where it is no expression. */
export function literalText(block: Block, name: string): string | undefined {
  const value = text(block, name);
  return value === undefined || value.includes('${') ? undefined : value;
}
