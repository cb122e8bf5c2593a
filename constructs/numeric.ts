import { Token } from 'cdktf';

/**
 * A reference that the provider's schema calls a number although it is made as a text, such as a droplet's id.
 * Terraform converts it; only the types need help.
 */
export function numeric(reference: string): number {
  return Token.asNumber(reference);
}
