export * from './engines';
export * from './images';
export * from './instances';
export * from './nodes';
export * from './regions';
export type * from './types';
