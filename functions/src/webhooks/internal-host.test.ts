import { expect, it } from 'vitest';
import { isInternalHost } from './internal-host.ts';

const hostOf = (host: string) => new URL(`https://${host}/hook`).hostname;

it.each([
  '127.0.0.1',
  '10.1.2.3',
  '172.16.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '168.63.129.16',
  '0x7f000001',
  '2130706433',
  '[::1]',
  '[fd00::1]',
  '[fe80::1]',
  '[::ffff:10.0.0.1]',
  '[64:ff9b::a00:1]',
  '[2002:a00:1::]',
  'localhost',
  'localhost.',
  'metadata',
  'metadata.google.internal',
  'printer.local',
  'hooks.corp',
  'x.home.arpa',
  'api.LAN',
])('%s can only be internal', (host) => expect(isInternalHost(hostOf(host))).toBe(true));

it.each([
  'partner.example',
  '8.8.8.8',
  '172.32.0.1',
  '[2606:4700::1111]',
  'internal.partner.example',
  'localhost.com',
])('%s may be on the public internet', (host) => expect(isInternalHost(hostOf(host))).toBe(false));
