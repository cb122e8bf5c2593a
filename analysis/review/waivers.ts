import type { WrittenWaiver } from './configuration';
import { withoutKey } from './change/moves';
import type { Finding, Waiver } from './types';

/** Findings with their waivers, and what is to be said of the waivers themselves. */
export interface Waived {
  readonly findings: readonly Finding[];
  /** Waivers that hold, each with the finding that it accepts. */
  readonly accepted: readonly Waiver[];
}

const day = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Accepts what was waived. A waiver without reason, owner or date accepts nothing and is itself a finding; so is an expired one.
 * @param today `2026-11-21`
 */
export function withWaivers(findings: readonly Finding[], written: readonly WrittenWaiver[], today: string, stack: string): Waived {
  const whole = written.filter(isWhole);
  const valid = whole.filter(({ until }) => until >= today);
  const matched = findings.map((one) => {
    const waiver = valid.find((each) => speaksOf(each, one));
    return waiver === undefined ? one : { ...one, waived: waiver };
  });
  const used = new Set(matched.flatMap(({ waived }) => waived ?? []));
  return {
    findings: [
      ...matched,
      ...written.filter((one) => !isWhole(one)).map((one) => brokenWaiver(one, stack)),
      ...whole.filter(({ until }) => until < today).map((one) => expiredWaiver(one, findings)),
      ...valid.filter((one) => !used.has(one)).map(unusedWaiver),
    ],
    accepted: [...used],
  };
}

function isWhole(written: WrittenWaiver): written is Waiver {
  const { id = '', address = '', reason = '', owner = '', until = '' } = written;
  const real = day.test(until) && !Number.isNaN(Date.parse(until)) && new Date(until).toISOString().slice(0, 10) === until;
  return [id, address, reason.trim(), owner.trim()].every((text) => text !== '') && real;
}

/** A waiver without a key speaks of every instance. */
function speaksOf({ id, address }: Waiver, finding: Finding): boolean {
  return id === finding.id && (address === finding.address || address === withoutKey(finding.address));
}

function subject({ address = 'the stack' }: WrittenWaiver): Pick<Finding, 'address' | 'component'> {
  return { address, component: address.split('.').at(-1)?.split('_', 1)[0] ?? address };
}

function brokenWaiver(waiver: WrittenWaiver, stack: string): Finding {
  const missing = (['id', 'address', 'reason', 'owner', 'until'] as const).filter((key) => (waiver[key] ?? '').trim() === '');
  return {
    id: 'waiver/broken',
    severity: 'medium',
    ...subject(waiver),
    summary: `A waiver accepts nothing: ${missing.length > 0 ? `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing` : 'its date is not a day'}.`,
    detail: `It stands in ${stack}.`,
    remedy: 'Write id, address, reason, owner and until (2027-06-30).',
  };
}

function expiredWaiver(waiver: Waiver, findings: readonly Finding[]): Finding {
  const needed = findings.some((one) => speaksOf(waiver, one));
  return {
    id: 'waiver/expired',
    severity: 'medium',
    ...subject(waiver),
    summary: `The waiver of ${waiver.id} expired on ${waiver.until}.`,
    detail: needed ? 'What it accepted counts again.' : 'What it accepted is not there any more.',
    remedy: needed ? 'Mend what it accepts, or let its owner say anew why and until when.' : 'Take the waiver out.',
  };
}

function unusedWaiver(waiver: Waiver): Finding {
  return {
    id: 'waiver/unused',
    severity: 'low',
    ...subject(waiver),
    summary: `The waiver of ${waiver.id} accepts nothing here.`,
    detail: 'No such finding is in this change.',
    remedy: 'Take it out once what it is for has been merged.',
  };
}
