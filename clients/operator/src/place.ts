/** The part of the desk that the address names, so that a reload, a link and the back button show it. */

import { useAddress } from '../../web/src/address.ts';

export const addressOf = {
  search: () => '/operator/',
  scan: (scanId: string) => `/operator/?scan=${encodeURIComponent(scanId)}`,
  watch: () => '/operator/?see=watch',
  verification: () => '/operator/?see=verification',
  deletions: () => '/operator/?see=deletions',
  accesses: () => '/operator/?see=accesses',
} as const;

export interface Place {
  readonly scanId: string | null;
  readonly see: string | null;
}

/** The place of the present address. Rerenders the component when it changes. */
export function usePlace(): Place {
  const { searchParams: fields } = useAddress();
  return { scanId: fields.get('scan'), see: fields.get('see') };
}
