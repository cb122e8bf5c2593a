import type { Facts } from '../facts';
import type { Account } from '../store';
import type { Making } from './identity';

/** What computed values are taken from. */
export interface Scene {
  readonly account: Account;
  readonly facts: Facts;
  readonly making: Making;
}
