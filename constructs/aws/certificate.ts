import { AcmCertificateValidation } from '@cdktf/provider-aws/lib/acm-certificate-validation';
import { AcmCertificate } from '@cdktf/provider-aws/lib/acm-certificate';
import { Route53Record } from '@cdktf/provider-aws/lib/route53-record';
import type { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { named } from './site';
import type { Zone } from './zone';

export interface CertificateProps {
  readonly zone: Zone;
  /** The one name that it is for: the zone's domain, or a name within it. */
  readonly domain: string;
  /** Provider configuration of the region it is used in. @default - the stack's own */
  readonly provider?: TerraformProvider;
  /**
   * A certificate of the same domain in another region: its record proves this one too, for they are the same in every region of
   * an account. @default - a record of its own
   */
  readonly provenBy?: Certificate;
}

/**
 * A certificate that AWS renews by itself as long as its record stays in the zone. The first apply waits until the registrar has
 * delegated the domain, at most 75 minutes (the provider's default).
 */
export class Certificate extends Construct {
  /** Its name, known once it is valid. */
  readonly arn: string;
  private readonly valid: AcmCertificateValidation;

  constructor(scope: Construct, id: string, { zone, domain, provider, provenBy }: CertificateProps) {
    super(scope, id);
    const placed = provider === undefined ? {} : { provider };
    const certificate = new AcmCertificate(this, 'Resource', {
      ...placed,
      domainName: domain,
      validationMethod: 'DNS',
      // What uses it needs one at every moment.
      lifecycle: { createBeforeDestroy: true },
      ...named(domain),
    });
    const proof = provenBy === undefined ? { validationRecordFqdns: [this.record(zone, certificate)] } : { dependsOn: [provenBy.valid] };
    this.valid = new AcmCertificateValidation(this, 'valid', { ...placed, certificateArn: certificate.arn, ...proof });
    this.arn = this.valid.certificateArn;
  }

  private record(zone: Zone, certificate: AcmCertificate): string {
    const proof = certificate.domainValidationOptions.get(0);
    const record = new Route53Record(this, 'proof', {
      zoneId: zone.zoneId,
      name: proof.resourceRecordName,
      type: proof.resourceRecordType,
      records: [proof.resourceRecordValue],
      ttl: 300,
      // A successor for the same name has the same record.
      allowOverwrite: true,
    });
    return record.fqdn;
  }
}
