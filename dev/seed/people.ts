/** The two seeded users: a demo user with a year of scans, and a stranger whose data the demo user must never see. */

import { kgToLb, round } from '@reddyfit/shared/measures';
import type { UserProfile } from '@reddyfit/shared/users';

/** One scan of a user's past. */
export interface PastScan {
  readonly scanId: string;
  readonly createdAt: Date;
  /** Body weight (lb). */
  readonly weightLb: number;
  readonly bodyFatPercent: number;
}

export interface Person {
  readonly uid: string;
  readonly email: string;
  readonly password: string;
  readonly displayName: string;
  /** When account, profile, consent and device came to be. */
  readonly joinedAt: Date;
  readonly profile: UserProfile;
  readonly device: { readonly id: string; readonly token: string; readonly platform: 'ios' | 'android' };
  /** Balance after the scans below (credits). */
  readonly scanCredits: number;
  /** Oldest first. */
  readonly scans: readonly PastScan[];
}

const DAY_MS = 86_400_000;

/** Body fat (%) and weight (lb) of the demo user's twelve scans, 31 days apart; a line that the demo's photos go on with, which measure 19.6 %. */
const YEAR: readonly (readonly [bodyFatPercent: number, weightLb: number])[] = [
  [24.9, 198.0],
  [24.6, 197.2],
  [24.2, 195.8],
  [23.7, 194.4],
  [23.3, 193.0],
  [23.1, 192.2],
  [22.5, 190.6],
  [22.1, 189.4],
  [21.7, 188.2],
  [21.2, 186.4],
  [20.8, 185.2],
  [20.4, 184.0],
];
const FIRST_SCAN = Date.parse('2025-12-10T05:42:00Z');
const SCAN_DISTANCE_DAYS = 31;

export const demoUser: Person = {
  uid: 'demo-user',
  email: 'demo@reddyfit.example',
  password: 'demo-password',
  displayName: 'Demo User',
  joinedAt: new Date('2025-12-09T18:30:00Z'),
  profile: {
    sex: 'male',
    birthDate: '1990-05-14',
    heightCm: 180,
    timeZone: 'Europe/Berlin',
    pushPreview: 'full',
  },
  device: { id: 'demo-phone', token: 'demo-device-token', platform: 'ios' },
  scanCredits: 1000,
  scans: YEAR.map(([bodyFatPercent, weightLb], index) => ({
    scanId: `demo-scan-${String(index + 1).padStart(2, '0')}`,
    createdAt: new Date(FIRST_SCAN + index * SCAN_DISTANCE_DAYS * DAY_MS),
    weightLb,
    bodyFatPercent,
  })),
};

export const stranger: Person = {
  uid: 'stranger',
  email: 'stranger@reddyfit.example',
  password: 'stranger-password',
  displayName: 'Stranger',
  joinedAt: new Date('2026-08-01T09:00:00Z'),
  profile: {
    sex: 'female',
    birthDate: '1985-02-03',
    heightCm: 167,
    timeZone: 'America/New_York',
    pushPreview: 'private',
  },
  device: { id: 'stranger-phone', token: 'stranger-device-token', platform: 'android' },
  scanCredits: 10,
  scans: [
    {
      scanId: 'stranger-scan-01',
      createdAt: new Date('2026-08-02T11:15:00Z'),
      weightLb: round(kgToLb(66), 1),
      bodyFatPercent: 33.8,
    },
  ],
};

export const people = [demoUser, stranger] as const;
