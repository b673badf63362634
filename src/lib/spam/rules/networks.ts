// Networks as owners write them (CIDR) and as a comment's network is kept: its address cut to /24 or /48.
import ipaddr from 'ipaddr.js';

/** How much of a client's address is kept, in bits. */
const KEPT_BITS = { ipv4: 24, ipv6: 48 } as const;

interface Network {
  readonly kind: 'ipv4' | 'ipv6';
  readonly bits: number;
  readonly bytes: readonly number[];
}

/** The network in its shortest form, or why no comment can ever come from it. */
export function readNetwork(typed: string): { readonly network: string } | { readonly detail: string } {
  const network = parse(typed);
  if (!network) return { detail: 'Write a network as 203.0.113.0/24 or 2001:db8::/32.' };
  const kept = KEPT_BITS[network.kind];
  if (network.bits <= kept) return { network: describe(cut(network, network.bits)) };
  const wider = describe(cut(network, kept));
  return { detail: `Of an address no more than its network is kept, /24 or /48, so write ${wider} or a wider one.` };
}

/** Networks by their length: a comment's is cut to each length there is, and looked up. */
export class NetworkBook<Owner> {
  readonly #owners = new Map<string, Owner[]>();
  readonly #lengths = { ipv4: new Set<number>(), ipv6: new Set<number>() };

  /** @param entries whose networks were read without a fault */
  constructor(entries: readonly { readonly network: string; readonly owner: Owner }[]) {
    for (const { network: text, owner } of entries) {
      const network = parse(text);
      if (!network) continue;
      this.#lengths[network.kind].add(network.bits);
      this.#owners.set(text, [...(this.#owners.get(text) ?? []), owner]);
    }
  }

  /** Adds the owner of every network in which this one lies. */
  find(clientNetwork: string, found: Set<Owner>): void {
    const network = parse(clientNetwork);
    if (!network) return;
    for (const bits of this.#lengths[network.kind]) {
      if (bits > network.bits) continue;
      for (const owner of this.#owners.get(describe(cut(network, bits))) ?? []) found.add(owner);
    }
  }
}

function parse(text: string): Network | null {
  const [address = '', length, ...rest] = text.trim().split('/');
  // Strict: the library also reads 10.1, octal numbers and zones, which are no network to a person.
  const isIpv4 = ipaddr.IPv4.isValidFourPartDecimal(address);
  if ((!isIpv4 && !(address.includes(':') && ipaddr.isValid(address) && !address.includes('%'))) || rest.length > 0)
    return null;
  const parsed = ipaddr.parse(address);
  const kind = parsed.kind();
  const most = kind === 'ipv4' ? 32 : 128;
  const bits = length === undefined ? most : /^\d{1,3}$/.test(length) ? Number(length) : Infinity;
  return bits > most ? null : { kind, bits, bytes: parsed.toByteArray() };
}

function cut({ kind, bytes }: Network, bits: number): Network {
  return { kind, bits, bytes: bytes.map((byte, index) => byte & mask(bits - index * 8)) };
}

function mask(bitsLeft: number): number {
  if (bitsLeft >= 8) return 0xff;
  return bitsLeft <= 0 ? 0 : (0xff << (8 - bitsLeft)) & 0xff;
}

function describe({ bytes, bits }: Network): string {
  return `${ipaddr.fromByteArray([...bytes]).toString()}/${bits}`;
}
