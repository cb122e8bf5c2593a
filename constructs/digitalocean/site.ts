import type { Project } from './project';

/** What every construct of an environment on DigitalOcean needs to know. */
export interface Site {
  /** Beginning of every name that must be unique in the account or, for buckets, in the world. */
  readonly prefix: string;
  /** Region of servers and databases. */
  readonly region: string;
  /** Region of buckets: the same, or the nearest that has Spaces. */
  readonly spacesRegion: string;
  readonly project: Project;
  readonly vpcId: string;
  readonly tags: readonly string[];
  /** Whether what holds data may be destroyed: only in an environment that is declared disposable. */
  readonly disposable: boolean;
}
