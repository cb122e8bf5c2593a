import { rangesOverlap } from '../../values/address-range';

test.each([
  ['10.0.0.0/8', '10.255.255.255/32', true],
  ['10.0.0.0/9', '10.128.0.0/9', false],
  ['0.0.0.0/0', '192.0.2.0/24', true],
  ['10.16.1.7/16', '10.16.255.0/24', true],
  ['2001:db8::/32', '2001:db8:ffff::/48', true],
  ['2001:db8::/33', '2001:db8:8000::/33', false],
  ['::/0', '0.0.0.0/0', false],
])('%s and %s share an address: %s', (one, other, shared) => {
  expect([rangesOverlap(one, other), rangesOverlap(other, one)]).toEqual([shared, shared]);
});

test('a text that is no range is a mistake of who asks', () => {
  expect(() => rangesOverlap('10.0.0.0', '10.0.0.0/8')).toThrow('"10.0.0.0" is no range of addresses');
});
