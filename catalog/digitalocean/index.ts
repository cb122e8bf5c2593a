export * from './databases';
export * from './droplets';
export * from './regions';
export type * from './types';
