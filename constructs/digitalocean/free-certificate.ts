import { Certificate } from '@cdktf/provider-digitalocean/lib/certificate';
import type { Construct } from 'constructs';

/**
 * A certificate of Let's Encrypt, which DigitalOcean renews.
 * @param host the name that people see, which is part of the certificate's own name
 * @param domain the same as the zone gives it, so that the zone comes first
 */
export function freeCertificate(scope: Construct, host: string, domain: string): Certificate {
  return new Certificate(scope, 'certificate', {
    name: certificateName(host),
    type: 'lets_encrypt',
    domains: [domain],
    // A certificate cannot be changed, and DigitalOcean deletes none that is in use.
    lifecycle: { createBeforeDestroy: true },
  });
}

/**
 * The name of a domain's certificate. It holds the domain, because a certificate for another domain is made before the
 * present one goes, and DigitalOcean refuses two of one name. A hyphen is doubled, so that no two domains have one name.
 */
export function certificateName(domain: string): string {
  return domain.replaceAll('-', '--').replaceAll('.', '-');
}
