export * from './availability';
export * from './database-connections';
export * from './engines';
export * from './images';
export * from './instances';
export * from './limits';
export * from './nodes';
export * from './regions';
export type * from './types';
