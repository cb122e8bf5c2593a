import { listBook } from '../analysis/pricing';
import { curveSvg } from '../analysis/selection';
import type { Compiler } from './compiler';
import {
  constantTable,
  gitlabTable,
  ladderCapacity,
  readingsTable,
  serviceTable,
  sparklines,
  statedTable,
  tierPages,
  workedTable,
} from './docs/capacity-tables';
import { fillRegions, type Regions } from './docs/regions';

const page = 'docs/capacity.md';

const regions: Regions = {
  ladder: ladderCapacity,
  sparklines,
  tiers: tierPages,
  services: serviceTable,
  constants: constantTable,
  readings: readingsTable,
  stated: statedTable,
  worked: workedTable,
  gitlab: gitlabTable,
};

/** The page about capacity, and its picture. Both follow from the stored resources of the tiers. */
export const capacityCompilers: readonly Compiler[] = [
  { source: page, target: page, compile: (text) => fillRegions(text, regions) },
  { source: page, target: 'docs/capacity-curve.svg', compile: () => curveSvg(listBook()) },
];
