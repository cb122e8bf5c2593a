export { guard, inOrder } from './guard';
export { kinds, type GuardId } from './findings';
export { clusterTypes } from './regions';
export { helperType, helperTypes, holdingsOf, serverType, statefulType, statefulTypes } from './tables';
