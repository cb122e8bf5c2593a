export * from './databases';
export * from './droplets';
export * from './engines';
export * from './gpus';
export * from './images';
export * from './limits';
export * from './regions';
export * from './replacement';
export type * from './types';
