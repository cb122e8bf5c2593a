import { lookup } from '../lookup';
import { awsRegionList } from './regions.generated';
import type { AwsRegion } from './types';

/** The region with this name. @throws `CATALOG_NAME_UNKNOWN` with the nearest name */
export const awsRegion: (slug: string) => AwsRegion = lookup('AWS region', awsRegionList, (row) => row.slug);

/** Regions whose zones and prices the catalog knows. AWS has more; a row in `regions.csv` adds one. */
export function awsRegions(): readonly AwsRegion[] {
  return awsRegionList;
}

/** Where CloudFront takes its certificates from, and where Route 53 reports its health checks, whatever the region of the rest. */
export const globalRegion = 'us-east-1';
