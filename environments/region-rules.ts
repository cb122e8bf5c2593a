import { awsRegions } from '../catalog/aws';
import { regions } from '../catalog/digitalocean';
import type { PlatformId } from '../tiers/tier';
import { nearest } from '../values/nearest';
import { dotted, finding, quote, type Finding, type Path } from './finding';
import { repeated } from './repeated';

/** Regions by platform, with the name that a person knows the platform by. A platform that is not built yet has no list. */
const regionsOf: Readonly<
  Partial<Record<PlatformId, { readonly vendor: string; readonly slugs: () => readonly string[]; readonly more?: string }>>
> = {
  digitalocean: { vendor: 'DigitalOcean does not have', slugs: () => regions().map(({ slug }) => slug) },
  aws: {
    vendor: "Terrace's catalog does not know on AWS",
    slugs: () => awsRegions().map(({ slug }) => slug),
    more: ' Zones and prices of another are a row each in catalog/aws.',
  },
};

/** A region that the platform is not known to have. */
export function unknownRegion(platform: PlatformId, region: string, path: Path = ['region']): readonly Finding[] {
  const known = regionsOf[platform];
  const slugs = known?.slugs() ?? [region];
  if (known === undefined || slugs.includes(region)) return [];
  const near = nearest(region, slugs);
  const cure = near === undefined ? (known.more ?? '') : ` Did you mean ${near}?`;
  return [
    finding('UNKNOWN_REGION', path, `${dotted(path)} is ${quote(region)}, which ${known.vendor}. Allowed: ${slugs.join(', ')}.${cure}`),
  ];
}

/** A region that is named twice. */
export function regionAgain(region: string, further: readonly string[]): readonly Finding[] {
  const own = further.indexOf(region);
  const same =
    own === -1
      ? []
      : [finding('REPEATED', ['regions', own], `regions[${own}] is ${quote(region)}, like region. Name further regions only.`)];
  return [...same, ...repeated(further, ['regions'])];
}

/** A region that is left is one that the provider knows, and not home: what has one place only stands there. */
export function leavingFindings(platform: PlatformId, home: string, leaving: readonly string[]): readonly Finding[] {
  return [
    ...leaving.flatMap((region, index) => unknownRegion(platform, region, ['leavingRegions', index])),
    ...leaving.flatMap((region, index) => (region === home ? [homeNotLeft(region, index)] : [])),
    ...repeated(leaving, ['leavingRegions']),
  ];
}

function homeNotLeft(region: string, index: number): Finding {
  return finding(
    'REGION_NOT_LEFT',
    ['leavingRegions', index],
    `leavingRegions[${index}] is ${quote(region)}, like region, where what has one place only stands. Name further regions only.`,
  );
}
