import type { Rule } from '../../types';
import { recordedTierAddress } from '../../../graph';
import { fromTier } from './tiers';

export const localState: Rule = {
  id: 'TRC-TIER-004',
  severity: 'medium',
  summary: 'The state of this environment lies in a file on one machine.',
  why: 'Whoever loses the file loses the way to change or remove what runs; and two people deploy over each other.',
  remedy: 'Set state.backend to s3 or spaces in the environment file.',
  link: 'https://developer.hashicorp.com/terraform/language/backend',
  breaches: fromTier(2, ({ context }) =>
    context?.stateBackend === 'local' && !context.disposable ? [{ address: recordedTierAddress }] : [],
  ),
};
