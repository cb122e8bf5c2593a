import type { Product } from './types';

/** What an account pays once, or beyond what it has free, for all its resources together. */
export interface Pool {
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  readonly rule:
    /** Paid once however many resources share it. */
    | { readonly kind: 'once'; readonly product: Product }
    /** So many are free, the rest are paid each. */
    | { readonly kind: 'after-free'; readonly free: number; readonly product: Product; readonly reason: string }
    /** The first so many are paid together by the hour, further ones each. */
    | { readonly kind: 'bundle'; readonly size: number; readonly product: Product; readonly additional: Product; readonly reason: string }
    /**
     * Paid beyond an allowance: what the resources bring with them, plus the book's row in `<unit>-included` if one is named.
     * With `each`, every resource has that allowance for itself and shares it with no other. With `stepsOnly` nothing is ever
     * included: what is shared are the steps of the price.
     */
    | { readonly kind: 'beyond'; readonly product: Product; readonly included?: Product; readonly each?: true; readonly stepsOnly?: true };
}
