/**
 * Recognises hosts that can only be inside a private network by their spelling. No webhook goes there, so no endpoint is added
 * for one.
 */

import { BlockList, isIP } from 'node:net';

/** Networks that are not routed on the public internet (IANA IPv4 Special-Purpose Address Registry), and Azure's WireServer. */
const INTERNAL_IPV4 = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
  ['168.63.129.16', 32],
] as const) {
  INTERNAL_IPV4.addSubnet(network, prefix);
}

/** All addresses that are assigned to hosts. Any other address embeds IPv4, is local, or is not in use. */
const GLOBAL_IPV6 = new BlockList();
GLOBAL_IPV6.addSubnet('2000::', 3, 'ipv6');
/** The parts of GLOBAL_IPV6 that are for documentation, or embed IPv4 (Teredo and 6to4). */
const INTERNAL_IPV6 = new BlockList();
INTERNAL_IPV6.addSubnet('2001:db8::', 32, 'ipv6');
INTERNAL_IPV6.addSubnet('2001::', 32, 'ipv6');
INTERNAL_IPV6.addSubnet('2002::', 16, 'ipv6');

/**
 * Top-level names that the public DNS never has (RFC 6761, 6762, 8375, 9476; ICANN's `.internal`), and those that private
 * networks use.
 */
const INTERNAL_NAMES =
  /(^|\.)(localhost|local|internal|test|invalid|onion|alt|arpa|lan|home|corp|intranet|private|localdomain)$/;

/**
 * True for a host, as a URL parser spells it, that can only be internal: an address that is not on the public internet, a name
 * of one label, or one under a top-level name that the public DNS does not have. The addresses to which any other name leads
 * are checked at each request.
 */
export function isInternalHost(hostname: string): boolean {
  const host = hostname
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '')
    .toLowerCase();
  switch (isIP(host)) {
    case 4:
      return INTERNAL_IPV4.check(host);
    case 6:
      return !GLOBAL_IPV6.check(host, 'ipv6') || INTERNAL_IPV6.check(host, 'ipv6');
    default:
      return !host.includes('.') || INTERNAL_NAMES.test(host);
  }
}
