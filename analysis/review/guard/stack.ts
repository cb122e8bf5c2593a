import type { StackChange } from '../change';
import type { Finding } from '../types';
import { finding } from './findings';
import { holdingsOf } from './tables';

/** What is to be said of a stack as a whole. */
export function stackFindings(change: StackChange): readonly Finding[] {
  return [...stackGone(change), ...stateMoved(change), ...modules(change)];
}

function stackGone({ before, after, stack }: StackChange): readonly Finding[] {
  if (before === undefined || after !== undefined) return [];
  const holding = before.resources.filter((node) => holdingsOf(node) !== undefined).map(({ address }) => address);
  if (before.resources.length === 0) return [];
  return [finding('guard/stack-gone', whole(stack), `The stack ${stack} is no more: its ${before.resources.length} resources are left running, and no plan shows them.`, holding.length === 0 ? 'None of them holds data.' : `${holding.length} of them hold data.`, { protects: holding })];
}

function stateMoved({ factsBefore, factsAfter, stack }: StackChange): readonly Finding[] {
  if (factsBefore === undefined || factsAfter === undefined || factsBefore.backend === factsAfter.backend) return [];
  return [finding('guard/state', whole(stack), `The state of ${stack} lies elsewhere after this change.`, 'The backend of the state is another one, or has other settings.')];
}

/** Two configurations do not show what is in a module. */
function modules({ before, after, planned }: StackChange): readonly Finding[] {
  if (planned) return [];
  const now = new Set((after?.opaque ?? []).map(({ address }) => address));
  const was = (before?.opaque ?? []).map(({ address }) => address);
  const gone = was.filter((address) => !now.has(address)).map((address) => finding('guard/not-seen', { address, component: address }, `${address} is removed, and what was in it cannot be seen.`, 'Everything in it is deleted, data too.', { severity: 'high' }));
  const kept = was.filter((address) => now.has(address)).map((address) => finding('guard/not-seen', { address, component: address }, `What is in ${address} cannot be seen in two configurations.`, 'A configuration does not hold the resources of its modules.', { severity: 'low' }));
  return [...gone, ...kept];
}

function whole(stack: string): { readonly address: string; readonly component: string } {
  return { address: `stack ${stack}`, component: stack };
}
