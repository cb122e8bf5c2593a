import { freeType } from '../results';
import type { Mapping } from '../types';
import { freeFoundations } from './free-foundations';
import { freeServices } from './free-services';

/** Types that never cost anything of their own. */
export const freeTypes: readonly Mapping[] = Object.entries({ ...freeFoundations, ...freeServices }).flatMap(([reason, names]) =>
  names.map((name) => freeType(`aws_${name}`, reason)),
);
