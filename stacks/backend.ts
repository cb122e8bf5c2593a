import { LocalBackend, S3Backend } from 'cdktf';
import type { Environment, StateBackend } from '../environments/schema';
import type { TierStack } from './tier-stack';

/** From `cdktf.out/stacks/<tier>`, where Terraform runs, back to the folder that holds `cdktf.json`. */
const toProject = '../../..';

/** Gives the stack the environment's state: one for all its tiers, so that a promotion works on what is there. */
export function addBackend(stack: TierStack, { state }: Pick<Environment, 'state'>): void {
  if (state.backend === 'local') new LocalBackend(stack, { path: localStatePath(state) });
  else remote(stack, state);
}

type LocalState = Extract<StateBackend, { readonly backend: 'local' }>;
type RemoteState = Exclude<StateBackend, LocalState>;

/** A local state as Terraform finds it from where a stack runs. */
export function localStatePath({ path }: LocalState): string {
  return `${toProject}/${path}`;
}

/** How a remote state is reached, whoever reads it. */
export function remoteStateSettings(state: RemoteState) {
  return state.backend === 's3' ? s3(state.region) : spaces(state.region);
}

function remote(stack: TierStack, state: RemoteState): void {
  const backend = new S3Backend(stack, { bucket: state.bucket, key: state.key, ...remoteStateSettings(state) });
  // Not in CDKTF's types; Terraform has it since 1.10. On Spaces it stays off: see docs/state.md.
  if (state.backend === 's3') backend.addOverride('use_lockfile', true);
}

function s3(region: string) {
  return { region, encrypt: true };
}

/** Spaces speaks S3, but has neither Amazon's regions nor its account and metadata services. */
function spaces(region: string) {
  return {
    region: 'us-east-1',
    endpoints: { s3: `https://${region}.digitaloceanspaces.com` },
    skipCredentialsValidation: true,
    skipRequestingAccountId: true,
    skipMetadataApiCheck: true,
    skipRegionValidation: true,
    skipS3Checksum: true,
  };
}
