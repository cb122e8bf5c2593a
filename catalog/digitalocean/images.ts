import { lookup } from '../lookup';
import { dropletSize } from './droplets';
import { images } from './images.generated';
import type { Image } from './types';

/** The image with this slug. @throws `CATALOG_NAME_UNKNOWN` with the nearest slug */
export const image: (slug: string) => Image = lookup('DigitalOcean image', images, (row) => row.slug);

/** Every public image, those for GPU droplets included. */
export function imageList(): readonly Image[] {
  return images;
}

/** The slug of a distribution's release: `imageSlug('ubuntu', '24.04')`. @throws `CATALOG_NAME_UNKNOWN` with the nearest pair */
export function imageSlug(distribution: string, release: string): string {
  return byRelease(`${distribution} ${release}`).slug;
}

/** The slug of the image that has the drivers of a GPU size: NVIDIA for one card, for several, or AMD. */
export function gpuImageSlug(size: string): string {
  const cards = dropletSize(size).gpu?.count ?? 0;
  const kind = size.startsWith('gpu-mi') ? 'amd' : cards > 1 ? 'nvidia-8' : 'nvidia-1';
  return byKind(kind).slug;
}

const plain = images.filter((row) => row.kind === 'plain');
const byRelease = lookup('image', plain, (row) => `${row.distribution} ${row.release}`);
const byKind = lookup(
  'kind of GPU image',
  images.filter((row) => row.kind !== 'plain'),
  (row) => row.kind,
);
