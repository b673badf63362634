import { isTrustedPeer } from './trusted-proxies.js';

describe('the machine at the other end', () => {
  it.each([
    ['none', '127.0.0.1', false],
    ['all', '203.0.113.9', true],
    ['1', '203.0.113.9', true],
    ['0', '203.0.113.9', false],
    ['loopback', '127.0.0.1', true],
    ['loopback', '::1', true],
    ['loopback', '::ffff:127.0.0.1', true],
    ['loopback', '10.0.0.1', false],
    ['uniquelocal', '10.0.0.1', true],
    ['uniquelocal', 'fd00::1', true],
    ['linklocal', 'fe80::1', true],
    ['10.1.0.0/16, 192.0.2.7', '10.1.2.3', true],
    ['10.1.0.0/16, 192.0.2.7', '192.0.2.7', true],
    ['10.1.0.0/16, 192.0.2.7', '10.2.0.1', false],
    ['2001:db8::/32', '2001:db8::1', true],
    ['2001:db8::/32', '10.0.0.1', false],
    ['loopback', undefined, false],
    ['all', 'no address', false],
  ])('is trusted by %s, being %s: %s', (setting, address, expected) => {
    expect(isTrustedPeer(setting, address)).toBe(expected);
  });
});
