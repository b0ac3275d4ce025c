/** Lists of addresses and networks, as settings name them. */

import { BlockList, isIP } from 'node:net';

/** Addresses and networks (CIDR) that are separated by commas; undefined when one of them is neither. */
export function networksOf(text: string): BlockList | undefined {
  const networks = new BlockList();
  for (const entry of text.split(',').map((part) => part.trim())) {
    const [, address = '', prefix] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(entry) ?? [];
    const version = isIP(address);
    if (version === 0) return undefined;
    const family = version === 4 ? 'ipv4' : 'ipv6';
    if (prefix === undefined) networks.addAddress(address, family);
    else if (Number(prefix) > (version === 4 ? 32 : 128)) return undefined;
    else networks.addSubnet(address, Number(prefix), family);
  }
  return networks;
}

/** Whether an address, as a header or a socket tells it, is in one of the networks. */
export function isWithin(networks: BlockList, told: string): boolean {
  // A socket that serves both protocols reports an IPv4 address with this prefix.
  const address = told.trim().replace(/^::ffff:(?=\d+\.)/i, '');
  const version = isIP(address);
  return version !== 0 && networks.check(address, version === 4 ? 'ipv4' : 'ipv6');
}
