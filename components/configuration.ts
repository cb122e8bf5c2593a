import type { ComponentBase } from './component-base';

/** The private bucket from which servers read what they run: image, settings, secrets, admin keys. It changes in place. */
export interface Configuration extends ComponentBase {
  readonly kind: 'configuration';
}
