import { Construct } from 'constructs';
import type { Lease } from '../server';
import { Bucket } from './bucket';
import type { Site } from './site';

export interface TurnsProps {
  readonly site: Site;
  /** The group whose members take turns. */
  readonly group: string;
  /** The fewest members that the group has. */
  readonly least: number;
}

/** The bucket in which members of a group that grows and shrinks claim their turns: theirs to write, and with nothing else in it. */
export class Turns extends Construct {
  readonly lease: Lease;

  constructor(scope: Construct, id: string, { site, group, least }: TurnsProps) {
    super(scope, id);
    const bucket = new Bucket(this, 'Default', { site, purpose: `${group}-turns`, holdsData: false, expireObjectsDays: 1 });
    const { endpoint, region, accessKeyId, secretAccessKey, bucket: name } = bucket.grant('members', 'readwrite', `${group}-turns`);
    this.lease = { atOnce: aThirdOf(least), endpoint, region, bucket: name, accessKeyId, secretKey: secretAccessKey };
  }
}

/** Members that may be down at once. Of the fewest that there can be, because no member knows how many there are. */
export function aThirdOf(least: number): number {
  return Math.max(1, Math.floor(least / 3));
}
