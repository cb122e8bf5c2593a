import type { CdkTfJson } from '../../../analysis/graph';
import { review } from '../../../analysis/review';

const bucket = { digitalocean_spaces_bucket: { uploads: { name: 'uploads', region: 'fra1', versioning: { enabled: true } } } };
const before: CdkTfJson = { resource: bucket };
const lowered = { digitalocean_spaces_bucket: { uploads: { name: 'uploads', region: 'fra1' } } };
const waiver = {
  id: 'guard/unprotected',
  address: 'digitalocean_spaces_bucket.uploads',
  reason: 'nothing in it is the only copy',
  owner: 'anna',
  until: '2027-06-30',
};

function reviewed(head: CdkTfJson, today = '2026-11-21') {
  const { verdict, findings } = review({ stacks: [{ stack: 'tier1', base: before, head }], today, rules: [] });
  return { verdict, findings: findings.map(({ id, severity, waived }) => [id, severity, waived?.owner]) };
}

test('without a waiver the change is dangerous', () => {
  expect(reviewed({ resource: lowered })).toEqual({ verdict: 'dangerous', findings: [['guard/unprotected', 'high', undefined]] });
});

test('a waiver of the stack accepts it until its last day', () => {
  const head: CdkTfJson = { resource: lowered, '//': { waivers: [waiver] } };
  expect(reviewed(head)).toEqual({ verdict: 'safe', findings: [['guard/unprotected', 'high', 'anna']] });
  expect(reviewed(head, '2027-06-30').verdict).toBe('safe');
});

test('an expired waiver accepts nothing and is a finding itself', () => {
  expect(reviewed({ resource: lowered, '//': { waivers: [waiver] } }, '2027-07-01')).toEqual({
    verdict: 'dangerous',
    findings: [
      ['guard/unprotected', 'high', undefined],
      ['waiver/expired', 'medium', undefined],
    ],
  });
});

test('a waiver beside the resource needs no address', () => {
  const { address: _address, ...rest } = waiver;
  const head: CdkTfJson = {
    resource: { digitalocean_spaces_bucket: { uploads: { name: 'uploads', region: 'fra1', '//': { waivers: [rest] } } } },
  };
  expect(reviewed(head)).toEqual({ verdict: 'safe', findings: [['guard/unprotected', 'high', 'anna']] });
});

test.each([
  ['reason', ''],
  ['owner', '  '],
  ['until', '2027-02-30'],
  ['until', 'soon'],
  ['id', ''],
])('a waiver whose %s is "%s" accepts nothing', (key, value) => {
  const result = reviewed({ resource: lowered, '//': { waivers: [{ ...waiver, [key]: value }] } });
  expect(result.verdict).toBe('dangerous');
  expect(result.findings).toContainEqual(['waiver/broken', 'medium', undefined]);
});

test('a waiver of another finding or of another address accepts nothing, and is named as unused', () => {
  const head: CdkTfJson = { resource: lowered, '//': { waivers: [{ ...waiver, address: 'digitalocean_spaces_bucket.other' }] } };
  expect(reviewed(head)).toEqual({
    verdict: 'dangerous',
    findings: [
      ['guard/unprotected', 'high', undefined],
      ['waiver/unused', 'low', undefined],
    ],
  });
});

test('a waiver on the base branch does not count', () => {
  const { verdict } = review({
    stacks: [{ stack: 'tier1', base: { ...before, '//': { waivers: [waiver] } }, head: { resource: lowered } }],
    today: '2026-11-21',
    rules: [],
  });
  expect(verdict).toBe('dangerous');
});
