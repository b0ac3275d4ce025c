/**
 * Decides where a webhook may go: checks the URL, resolves its name once, and refuses addresses that are not on the
 * public internet.
 */

import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { WebhookError } from '@reddyfit/shared/webhooks/deliveries';
import { WEBHOOK_PORTS } from '@reddyfit/shared/webhooks/endpoints';
import ipaddr from 'ipaddr.js';

export interface Address {
  address: string;
  family: 4 | 6;
}

/** Resolves with all addresses of a name, none when it cannot be resolved. Gives up when the signal aborts. */
export type Resolve = (name: string, signal: AbortSignal) => Promise<Address[]>;

/** A URL to which a request may go, and the only addresses to which it may connect. */
export interface Target {
  url: URL;
  addresses: Address[];
}

/** Thrown when a request must not be made; `code` says why. */
export class WebhookRefusal extends Error {
  readonly code: WebhookError;

  constructor(code: WebhookError) {
    super(code);
    this.name = 'WebhookRefusal';
    this.code = code;
  }
}

/**
 * The block from which IPv6 addresses are assigned to hosts. Addresses outside of it embed IPv4, are local, or are not
 * in use.
 */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3');

/** Azure's WireServer, which gives settings to any process on an Azure machine. Its address looks public. */
const METADATA = new Set(['168.63.129.16']);

/** Whether an address is on the public internet. False for a text that is not an address. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const ip = ipaddr.parse(address);
  if (ip.range() !== 'unicast' || METADATA.has(ip.toString())) return false;
  return !(ip instanceof ipaddr.IPv6) || ip.match(GLOBAL_IPV6);
}

function isLoopback(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.parse(address).range() === 'loopback';
}

function found(result: PromiseSettledResult<string[]>, family: 4 | 6): Address[] {
  return result.status === 'fulfilled' ? result.value.map((address) => ({ address, family })) : [];
}

/**
 * Resolves by DNS alone, without the machine's own names (except localhost) and search domains. It uses no thread of
 * libuv's pool, which file access needs.
 */
export const resolveByDns: Resolve = async (name, signal) => {
  if (name === 'localhost') return [{ address: '127.0.0.1', family: 4 }];
  const resolver = new Resolver({ timeout: 3000, tries: 2 });
  const cancel = () => resolver.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    const [four, six] = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
    return [...found(four, 4), ...found(six, 6)];
  } finally {
    signal.removeEventListener('abort', cancel);
  }
};

export interface TargetOptions {
  resolve: Resolve;
  /**
   * Allows http and any port for a URL whose addresses are all loopback. Only for servers that all run on one machine.
   */
  allowLoopback: boolean;
}

/**
 * Checks a URL and resolves its host, once. The URL parser has already turned decimal, octal and hex hosts into
 * addresses. Throws WebhookRefusal: url_refused, address_refused (when any of the addresses is refused), dns.
 */
export async function webhookTarget(
  text: string,
  options: TargetOptions,
  signal: AbortSignal,
): Promise<Target> {
  const url = URL.parse(text);
  if (!url || url.username !== '' || url.password !== '') throw new WebhookRefusal('url_refused');
  if (url.protocol !== 'https:' && !(options.allowLoopback && url.protocol === 'http:')) {
    throw new WebhookRefusal('url_refused');
  }

  const addresses = await addressesOf(url.hostname, options.resolve, signal);
  if (addresses.length === 0) throw new WebhookRefusal('dns');
  if (options.allowLoopback && addresses.every(({ address }) => isLoopback(address)))
    return { url, addresses };

  const port = Number(url.port || 443);
  if (url.protocol !== 'https:' || !WEBHOOK_PORTS.some((allowed) => allowed === port)) {
    throw new WebhookRefusal('url_refused');
  }
  if (!addresses.every(({ address }) => isPublicAddress(address)))
    throw new WebhookRefusal('address_refused');
  return { url, addresses };
}

async function addressesOf(hostname: string, resolve: Resolve, signal: AbortSignal): Promise<Address[]> {
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const family = isIP(host);
  if (family !== 0) return [{ address: host, family: family as 4 | 6 }];
  return resolve(host.replace(/\.$/, ''), signal);
}
