export type { AvailabilityPart, AvailabilityReport, SinglePoint } from './availability';
export { type Load, loadOf, scaledLoad } from './load';
export { bases, type Basis, type CheckedLoad, checkLoad, constantsOf, type LoadInput, mostUsers, sourceOf } from './load-input';
export { type ManagedNodes, type Plant, plantOf, type Servers } from './plant';
export { actShare, type Binding, type CapacityReport, capacityOf, type ComponentUse, type LimitUse, requiredHeadroom } from './report';
export { placesIn, tokensOf, usageOf, type UsagePlaces } from './usage';
export { dayAfter, growthDates, type Reached } from './growth';
export { capacityToJson, type CapacityJson, type LimitJson } from './json';
export { renderCapacity } from './render';
