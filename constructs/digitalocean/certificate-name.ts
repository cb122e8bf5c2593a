/**
 * The name of a domain's certificate. It holds the domain, because a certificate for another domain is made before the
 * present one goes, and DigitalOcean refuses two of one name.
 */
export function certificateName(domain: string): string {
  return domain.replaceAll('.', '-');
}
