import { ValidateBy } from 'class-validator';
import ipaddr from 'ipaddr.js';

const NAMED_NETWORKS = new Set(['loopback', 'linklocal', 'uniquelocal']);

/** The setting's words as Fastify takes them, or null when it could not start with them. */
export function readTrustedProxies(
  setting: string,
): boolean | string[] | ((address: string, hop: number) => boolean) | null {
  if (setting === 'none' || setting === '') return false;
  if (setting === 'all') return true;
  // As a function: Fastify 5.12 takes a number for "trust nobody".
  if (/^\d{1,2}$/.test(setting)) return (_address, hop) => hop < Number(setting);
  const parts = setting.split(',').map((part) => part.trim());
  return parts.every(isAddress) ? parts : null;
}

function isAddress(text: string): boolean {
  return NAMED_NETWORKS.has(text) || ipaddr.isValid(text) || ipaddr.isValidCIDR(text);
}

export function TrustedProxies(): PropertyDecorator {
  return ValidateBy({
    name: 'trusted-proxies',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && readTrustedProxies(value) !== null,
      defaultMessage: () => 'must be none, all, a number of hops, or a comma list of addresses and networks',
    },
  });
}

/** Whether the machine at the other end of the connection is a proxy the setting trusts. */
export function isTrustedPeer(setting: string, address: string | undefined): boolean {
  const trusted = readTrustedProxies(setting);
  if (address === undefined || trusted === null || !ipaddr.isValid(address)) return false;
  if (typeof trusted === 'boolean') return trusted;
  if (typeof trusted === 'function') return trusted(address, 0);
  const peer = ipaddr.process(address);
  return trusted.some((part) => isWithin(peer, part));
}

const RANGES: Readonly<Record<string, readonly string[]>> = {
  loopback: ['loopback'],
  linklocal: ['linkLocal'],
  uniquelocal: ['uniqueLocal', 'private'],
};

function isWithin(peer: ipaddr.IPv4 | ipaddr.IPv6, part: string): boolean {
  const ranges = RANGES[part];
  if (ranges) return ranges.includes(peer.range());
  if (!part.includes('/')) return ipaddr.process(part).toString() === peer.toString();
  const [network, bits] = ipaddr.parseCIDR(part);
  return network.kind() === peer.kind() && peer.match(network, bits);
}
