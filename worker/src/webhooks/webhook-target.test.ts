import { describe, expect, it } from 'vitest';
import { isPublicAddress, type Resolve, resolveByDns, webhookTarget } from './webhook-target.ts';

const signal = AbortSignal.timeout(20_000);

/** Hosts in spellings that a URL may use, grouped by why webhooks must not go there. */
const REFUSED = {
  loopback: ['127.0.0.1', '127.0.0.2', '127.255.255.254', '127.1', '[::1]', '[0:0:0:0:0:0:0:1]'],
  'decimal, octal, hex and short forms': [
    '2130706433',
    '017700000001',
    '0x7f000001',
    '0x7f.1',
    '0177.0.0.1',
    '127.0.1',
    '3232235521',
    '0xA9FEA9FE',
    '2852039166',
    '0251.0376.0251.0376',
    '%31%32%37.0.0.1',
    '①②⑦.⓪.⓪.①',
    '127。0。0。1',
    '127.0.0.1.',
  ],
  unspecified: ['0.0.0.0', '0', '0.1.2.3', '[::]'],
  private: ['10.0.0.1', '10.255.255.255', '172.16.0.1', '172.31.255.255', '192.168.0.1', '192.168.255.1'],
  'link-local': ['169.254.0.1', '169.254.1.1', '[fe80::1]', '[febf::1]'],
  metadata: [
    '169.254.169.254',
    '169.254.170.2',
    '[fd00:ec2::254]',
    '168.63.129.16',
    '100.100.100.200',
    '192.0.0.192',
    '[::ffff:169.254.169.254]',
  ],
  CGNAT: ['100.64.0.1', '100.127.255.254'],
  'multicast and broadcast': ['224.0.0.1', '239.255.255.255', '255.255.255.255', '[ff02::1]', '[ff0e::1]'],
  'reserved and documentation': [
    '192.0.0.1',
    '192.0.2.1',
    '198.51.100.1',
    '203.0.113.1',
    '198.18.0.1',
    '198.19.255.255',
    '240.0.0.1',
    '192.88.99.1',
    '[2001:db8::1]',
    '[3fff::1]',
    '[100::1]',
    '[5f00::1]',
    '[2001:2::1]',
    '[2001:10::1]',
  ],
  'unique local and site-local': ['[fc00::1]', '[fd12:3456::1]', '[fec0::1]'],
  'IPv4 in IPv6': [
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::ffff:10.0.0.1]',
    '[::ffff:8.8.8.8]',
    '[::127.0.0.1]',
    '[::ffff:0:127.0.0.1]',
    '[64:ff9b::127.0.0.1]',
    '[64:ff9b::8.8.8.8]',
    '[64:ff9b:1::a00:1]',
    '[2002:7f00:1::]',
    '[2002:a9fe:a9fe::1]',
    '[2001:0:4136:e378:8000:63bf:3fff:fdd2]',
    '[2001::1]',
  ],
};
const hosts = Object.entries(REFUSED).flatMap(([kind, list]) => list.map((host) => [kind, host] as const));

/** A resolver that returns these addresses for every name. */
const knows =
  (...addresses: string[]): Resolve =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

const nowhere: Resolve = async () => [];
const strict = { resolve: nowhere, allowLoopback: false };

describe('where a webhook may go', () => {
  it(`is known of ${hosts.length} hosts`, () => expect(hosts.length).toBeGreaterThanOrEqual(60));

  it.each(hosts)('not to %s: %s', async (_kind, host) => {
    await expect(webhookTarget(`https://${host}/`, strict, signal)).rejects.toMatchObject({
      code: 'address_refused',
    });
  });

  it.each(hosts)('not to a name that leads to %s: %s', async (_kind, host) => {
    const address = new URL(`https://${host}/`).hostname.replace(/^\[|\]$|\.$/g, '');
    const options = { resolve: knows(address), allowLoopback: false };
    await expect(webhookTarget('https://partner.example/', options, signal)).rejects.toMatchObject({
      code: 'address_refused',
    });
  });

  it.each([
    ['8.8.8.8'],
    ['93.184.216.34'],
    ['100.63.255.255'],
    ['172.32.0.1'],
    ['169.253.255.255'],
    ['[2606:4700::1111]'],
    ['[2a00:1450:4001:80b::200e]'],
  ])('to %s', async (host) => {
    const { addresses } = await webhookTarget(`https://${host}/hook`, strict, signal);
    expect(addresses).toEqual([
      { address: host.replace(/[[\]]/g, ''), family: host.startsWith('[') ? 6 : 4 },
    ]);
  });

  it('not to a name of which one address is refused', async () => {
    const options = { resolve: knows('93.184.216.34', '127.0.0.1'), allowLoopback: false };
    await expect(webhookTarget('https://partner.example/', options, signal)).rejects.toMatchObject({
      code: 'address_refused',
    });
  });

  it('nowhere when the name is not known, or answered with what is no address', async () => {
    await expect(webhookTarget('https://partner.example/', strict, signal)).rejects.toMatchObject({
      code: 'dns',
    });
    expect(isPublicAddress('partner.example')).toBe(false);
  });

  it('not to this machine by its name', async () => {
    const options = { resolve: resolveByDns, allowLoopback: false };
    await expect(webhookTarget('https://localhost/', options, signal)).rejects.toMatchObject({
      code: 'address_refused',
    });
  });

  it.each([
    'http://93.184.216.34/',
    'ftp://93.184.216.34/',
    'file:///etc/passwd',
    'gopher://93.184.216.34/',
    'https://user@93.184.216.34/',
    'https://user:secret@93.184.216.34/',
    'https://:secret@93.184.216.34/',
    'https://93.184.216.34:80/',
    'https://93.184.216.34:22/',
    'https://93.184.216.34:444/',
    'https://93.184.216.34:0/',
    'https://93.184.216.34:65536/',
    'https:///',
    'https://256.1.1.1/',
    'partner.example',
    '',
  ])('refuses the URL "%s"', async (url) => {
    await expect(webhookTarget(url, strict, signal)).rejects.toMatchObject({ code: 'url_refused' });
  });

  it.each(['https://93.184.216.34/', 'https://93.184.216.34:443/', 'https://93.184.216.34:8443/'])(
    'takes the port of %s',
    async (url) => {
      await expect(webhookTarget(url, strict, signal)).resolves.toBeDefined();
    },
  );

  describe('on one machine, where loopback is allowed', () => {
    const local = { resolve: knows('127.0.0.1'), allowLoopback: true };

    it.each([
      'http://127.0.0.1:4030/hook',
      'http://[::1]:4030/',
      'http://partner.test:4030/',
      'https://127.0.0.1:1/',
    ])('%s', async (url) => {
      await expect(webhookTarget(url, local, signal)).resolves.toBeDefined();
    });

    it.each([
      ['http://93.184.216.34/', 'url_refused'],
      ['https://93.184.216.34:444/', 'url_refused'],
      ['https://10.0.0.1/', 'address_refused'],
      ['http://169.254.169.254/latest/', 'url_refused'],
      ['https://169.254.169.254/latest/', 'address_refused'],
      ['http://user@127.0.0.1/', 'url_refused'],
    ])('still not %s', async (url, code) => {
      await expect(webhookTarget(url, local, signal)).rejects.toMatchObject({ code });
    });
  });
});
