import { type Bodies, canonical, typeOf } from './documents';

/** Whether Terraform itself writes what a secret holds, so that nothing is lost with it. */
function isWritten(address: string, bodies: Bodies): boolean {
  return [...bodies].some(
    ([other, body]) => typeOf(other) === 'aws_secretsmanager_secret_version' && canonical(body['secret_id']).includes(`${address}.`),
  );
}

/**
 * Secrets that are made for the target go at once on the way back. AWS keeps the name of one that is deleted for as long as it can be taken back, and
 * another attempt would ask for it in vain (Secrets Manager user guide, "Delete a secret"). Contract gives them the time that they have alone.
 */
export function withFreeNames(bodies: Bodies, old: Bodies): Bodies {
  return new Map(
    [...bodies].map(([address, body]) =>
      typeOf(address) === 'aws_secretsmanager_secret' && !old.has(address) && isWritten(address, bodies)
        ? [address, { ...body, recovery_window_in_days: 0 }]
        : [address, body],
    ),
  );
}
