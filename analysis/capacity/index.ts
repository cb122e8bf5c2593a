export { type Load, loadOf, scaledLoad } from './load';
export { bases, type Basis, type CheckedLoad, checkLoad, constantsOf, type LoadInput, mostUsers, sourceOf } from './load-input';
export { placesIn, usageOf, type UsagePlaces } from './usage';
