/** The screen that the address names, so that a reload, a link of a push and the back button show the right screen. */

import { scanWebLink } from '@reddyfit/shared/names/ids';
import { useAddress } from './address.ts';

export type Screen = 'scan' | 'history' | 'settings';

export interface Route {
  readonly screen: Screen;
  /** The scan that is shown; null for the next one. */
  readonly scanId: string | null;
}

export const addressOf = {
  scan: (scanId: string | null) => (scanId === null ? '/' : scanWebLink('', scanId)),
  history: () => '/?see=history',
  settings: () => '/?see=settings',
} as const;

/** Matches the addresses of scanWebLink, which pushes open. */
const SCAN_PATH = /^\/scans\/([\w-]+)\/?$/;

/** The route of the present address. Rerenders the component when it changes. */
export function useRoute(): Route {
  const { pathname, searchParams } = useAddress();
  const see = searchParams.get('see');
  return {
    screen: see === 'history' || see === 'settings' ? see : 'scan',
    scanId: SCAN_PATH.exec(pathname)?.[1] ?? null,
  };
}
