import fc from 'fast-check';
import { clientForLimits, clientNetwork } from './client-network.js';

describe('clientNetwork', () => {
  it.each([
    ['203.0.113.77', '203.0.113.0/24'],
    ['::ffff:203.0.113.77', '203.0.113.0/24'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1::/48'],
    ['::1', '::/48'],
  ])('keeps of %s only %s', (address, network) => {
    expect(clientNetwork(address)).toBe(network);
  });

  it.each(['', 'unknown', 'localhost', '1.2.3.4.5', '203.0.113.77, 10.0.0.1'])('keeps nothing of %j', (address) => {
    expect(clientNetwork(address)).toBeNull();
  });

  it('never keeps the last byte of an IPv4 address', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        expect(clientNetwork(address)).toBe(`${address.split('.').slice(0, 3).join('.')}.0/24`);
      }),
    );
  });

  it('keeps the same of two IPv6 addresses that differ after 48 bits', () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        const network = clientNetwork(address);
        expect(network).toMatch(/^[0-9a-f:.]+\/(48|24)$/);
      }),
    );
  });
});

describe('clientForLimits', () => {
  it('counts the whole /64 of one IPv6 customer as one client', () => {
    expect(clientForLimits('2001:db8:1:2::1')).toBe(clientForLimits('2001:db8:1:2:ffff::9'));
    expect(clientForLimits('2001:db8:1:2::1')).not.toBe(clientForLimits('2001:db8:1:3::1'));
  });

  it('counts each IPv4 address, also when it comes as an IPv6 one', () => {
    expect(clientForLimits('203.0.113.77')).toBe(clientForLimits('::ffff:203.0.113.77'));
    expect(clientForLimits('203.0.113.77')).not.toBe(clientForLimits('203.0.113.78'));
  });

  it('counts what is no address by its text', () => {
    expect(clientForLimits('unknown')).toBe('unknown');
  });
});
