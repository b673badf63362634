// RFC 4151: DNScomp *( "." DNScomp ). An address or a port cannot be a tagging entity.
const dnsName = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/;

/**
 * A tag: URI (RFC 4151), an id that says nothing about where a thing is and so survives every move.
 *
 * Both the authority (a DNS name its minter held on that day) and the date (a Date, of which the UTC day counts, or a year)
 * must be stored constants: an id made from today's host name changes with it, and readers see every comment again.
 * Throws a RangeError when the authority is no DNS name.
 */
export function tagUri(authority: string, date: Date | number, specific: string): string {
  const name = authority.toLowerCase();
  if (!dnsName.test(name)) throw new RangeError(`not a DNS name: ${JSON.stringify(authority)}`);
  return `tag:${name},${taggingDate(date)}:${percentEncoded(specific)}`;
}

function taggingDate(date: Date | number): string {
  return typeof date === 'number' ? String(date).padStart(4, '0') : date.toISOString().slice(0, 10);
}

// encodeURIComponent throws on a lone surrogate and encodes `/ : @ ? , =` too, which RFC 4151 allows and people read.
function percentEncoded(specific: string): string {
  const wellFormed = specific.replace(/\p{Surrogate}/gu, '\uFFFD');
  return wellFormed.replace(/[^\w.~!$&'()*+,;=:@/?-]+/gu, encodeURIComponent);
}
