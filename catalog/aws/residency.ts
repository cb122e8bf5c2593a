import type { Jurisdiction } from '../digitalocean';
import { awsRegions } from './regions';

/** By region. A jurisdiction that nobody asks for yet is left out. */
const byRegion: Readonly<Record<string, Jurisdiction>> = {
  'us-east-1': 'US',
  'us-west-2': 'US',
  'eu-west-1': 'EU',
  'eu-central-1': 'EU',
  'ap-southeast-1': 'SG',
};

/** The jurisdiction of a region of AWS; undefined where it is not known. */
export function awsJurisdictionOf(region: string): Jurisdiction | undefined {
  return byRegion[region];
}

/** Regions that keep all of an environment's data in one jurisdiction. What CloudFront keeps at its edges is the built frontend. */
export function awsRegionsIn(jurisdiction: Jurisdiction): readonly string[] {
  return awsRegions()
    .map(({ slug }) => slug)
    .filter((slug) => awsJurisdictionOf(slug) === jurisdiction);
}
