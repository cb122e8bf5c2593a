import { listBook } from '../analysis/pricing';
import { select } from '../analysis/selection';
import { timed } from './measure';
import { figureRow, type Row } from './report';

/** Of processor time, in ms. Where it stands: docs/benchmarks.md. */
const limit = 50;

/** No stock tier carries them, so that the variations of every tier are looked at too. */
const users = 5_000;

/** The selector over everything that is built. */
export function selection(): Row[] {
  const book = listBook();
  const once = () => timed(() => void select({ load: { users } }, book)).cpu;
  for (let times = 0; times < 5; times += 1) once();
  return [figureRow('select over every tier and variation', limit, Array.from({ length: 30 }, once))];
}
