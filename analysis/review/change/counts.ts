import type { ChangeAction, ResourceChange } from './types';

/** How many resources each action takes. A resource that moves and changes counts twice. */
export type ChangeCounts = Readonly<Record<Exclude<ChangeAction, 'no-op'>, number>>;

export function countsOf(changes: readonly ResourceChange[]): ChangeCounts {
  const having = (action: ChangeAction): number => changes.filter((change) => change.action === action).length;
  return {
    create: having('create'),
    update: having('update'),
    replace: having('replace'),
    delete: having('delete'),
    forget: having('forget'),
    move: changes.filter(({ previousAddress }) => previousAddress !== undefined).length,
  };
}
