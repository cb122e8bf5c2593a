import type { CdkTfJson } from '../../../../analysis/graph';
import type { TierId } from '../../../../tiers/tier';
import { foreignAws } from './aws-base';
import { scratch } from '../../../support/scratch';
import { keptEnvironment } from '../../../support/sandbox';
import { synthesize } from '../../../../stacks/synthesize';

const made = new Map<string, CdkTfJson>();

/** A tier of DigitalOcean as it is synthesized for an environment that is kept, without its backend. */
export function digitalOceanTier(tier: string): CdkTfJson {
  const known = made.get(tier);
  if (known !== undefined) return known;
  const environment = keptEnvironment({
    name: 'production',
    tier: tier as TierId,
    namePrefix: 'deadlock-coach',
    domain: 'app.deadlock-coach.example',
    alerts: { emails: ['ops@deadlock-coach.example'] },
    load: { dailyUsers: 10 },
  });
  const { recorded } = synthesize(environment, { project: scratch(), recordedOnly: true });
  const json = JSON.parse(JSON.stringify(recorded.json)) as CdkTfJson;
  made.set(tier, json);
  return json;
}

/** The configuration that a case edits. */
export function baseOf(name: string): CdkTfJson {
  return name === 'aws' ? foreignAws : digitalOceanTier(name);
}
