import { isIPv4 } from 'node:net';
import ipaddr from 'ipaddr.js';

const IPV4_BITS = 24;
const IPV6_BITS = 48;
const IPV6_CLIENT_BITS = 64;

/** The client's address cut to /24 or /48, as it may be kept; null for what is no address. */
export function clientNetwork(address: string): string | null {
  // What nearly everybody has, without parsing it twice.
  if (isIPv4(address)) return `${address.slice(0, address.lastIndexOf('.'))}.0/${IPV4_BITS}`;
  return cut(address, IPV4_BITS, IPV6_BITS);
}

/** Whom a limit counts: an IPv4 address, or the /64 that one IPv6 customer has to itself. Kept in memory only. */
export function clientForLimits(address: string): string {
  return cut(address, 32, IPV6_CLIENT_BITS) ?? address;
}

function cut(address: string, ipv4Bits: number, ipv6Bits: number): string | null {
  if (!ipaddr.isValid(address)) return null;
  const parsed = ipaddr.process(address);
  const bits = parsed.kind() === 'ipv4' ? ipv4Bits : ipv6Bits;
  const bytes = parsed.toByteArray().map((byte, index) => byte & mask(bits - index * 8));
  return `${ipaddr.fromByteArray(bytes).toString()}/${bits}`;
}

function mask(bitsLeft: number): number {
  if (bitsLeft >= 8) return 0xff;
  return bitsLeft <= 0 ? 0 : (0xff << (8 - bitsLeft)) & 0xff;
}
