import { type Bodies, canonical, typeOf } from './documents';

/** Whether Terraform itself writes what a secret holds, so that nothing is lost with it. */
function isWritten(address: string, bodies: Bodies): boolean {
  return [...bodies].some(
    ([other, body]) => typeOf(other) === 'aws_secretsmanager_secret_version' && canonical(body['secret_id']).includes(`${address}.`),
  );
}

const SECRET = 'aws_secretsmanager_secret';

/**
 * Secrets that are made for the target go at once on the way back, and so do those of the old side that go for good. AWS keeps the name of one that is
 * deleted for as long as it can be taken back, and another attempt would ask for it in vain (Secrets Manager user guide, "Delete a secret"). Contract
 * gives those that stay the time that they have alone.
 * @param going addresses of the old side that contract deletes, just before it does
 */
export function withFreeNames(bodies: Bodies, old: Bodies, going: readonly string[]): Bodies {
  const freed = new Set(freedNames(bodies, going));
  return new Map(
    [...bodies].map(([address, body]) =>
      freed.has(address) || (typeOf(address) === SECRET && !old.has(address) && isWritten(address, bodies))
        ? [address, { ...body, recovery_window_in_days: 0 }]
        : [address, body],
    ),
  );
}

/** Secrets of these addresses whose name is freed one phase before they go, because a deletion takes what was applied before it. */
export function freedNames(bodies: Bodies, going: readonly string[]): readonly string[] {
  return going.filter((address) => typeOf(address) === SECRET && isWritten(address, bodies));
}
