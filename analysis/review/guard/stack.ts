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
  return [
    finding(
      'guard/stack-gone',
      whole(stack),
      `The stack ${stack} is no more: its ${before.resources.length} resources are left running, and no plan shows them.`,
      holding.length === 0 ? 'None of them holds data.' : `${holding.length} of them hold data.`,
      { protects: holding },
    ),
  ];
}

function stateMoved({ factsBefore, factsAfter, stack }: StackChange): readonly Finding[] {
  if (factsBefore === undefined || factsAfter === undefined || factsBefore.backend === factsAfter.backend) return [];
  return [
    finding(
      'guard/state',
      whole(stack),
      `The state of ${stack} lies elsewhere after this change.`,
      'The backend of the state is another one, or has other settings.',
    ),
  ];
}

/** Two configurations do not show what is in a module: a call that goes takes all of it along, and one that changes may do anything. */
function modules({ factsBefore, factsAfter, planned }: StackChange): readonly Finding[] {
  if (planned || factsBefore === undefined || factsAfter === undefined) return [];
  const calls = Object.entries(factsBefore.modules).filter(([address, call]) => factsAfter.modules[address] !== call);
  return calls.map(([address]) => {
    const subject = { address, component: address };
    if (factsAfter.modules[address] === undefined)
      return finding(
        'guard/not-seen',
        subject,
        `${address} is removed, and what was in it cannot be seen.`,
        'Everything in it is deleted, data too.',
        { severity: 'high' },
      );
    return finding(
      'guard/not-seen',
      subject,
      `${address} is called in another way, and what that does in it cannot be seen.`,
      'A configuration does not hold the resources of its modules.',
    );
  });
}

function whole(stack: string): { readonly address: string; readonly component: string } {
  return { address: `stack ${stack}`, component: stack };
}
