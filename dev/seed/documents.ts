/** Every seeded document by its path, checked against the contract's schemas. The same on every run. */

import { createHash } from 'node:crypto';
import {
  account,
  LEDGER_AMOUNT,
  ledgerEntry,
  ledgerEntryId,
  type LedgerEntry,
} from '@reddyfit/shared/accounts';
import { appendAudit, auditEntry, EMPTY_AUDIT_HEAD, type AuditRecord } from '@reddyfit/shared/audit';
import { verifyAudit } from '@reddyfit/shared/audit-check';
import { dailyScanWorkflowId } from '@reddyfit/shared/ids';
import { ageOn } from '@reddyfit/shared/measures';
import { paths } from '@reddyfit/shared/paths';
import { photoUrlsOf } from '@reddyfit/shared/photos';
import { scan, type Scan, type ScanStep } from '@reddyfit/shared/scans';
import { NOMINAL_SECONDS, STEP_NAMES, type StepName } from '@reddyfit/shared/steps';
import { consent, device, SCAN_CONSENT, userProfile } from '@reddyfit/shared/users';
import { Timestamp } from 'firebase-admin/firestore';
import { pastResults } from './past-results.ts';
import type { PastScan, Person } from './people.ts';

/** One document to write. */
export interface SeedDocument {
  readonly path: string;
  readonly fields: Record<string, unknown>;
}

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

/** Seconds (s) after a scan's creation at which each step starts, at the steps' nominal times. */
const STARTS_AT: Record<StepName, number> = {
  qualityCheck: 1,
  estimation: 1,
  hydration: 1,
  delta: 122,
  nutrition: 122,
  workout: 122,
  insights: 153,
};
const COMPLETED_AT = 214;

/** All documents of a person. `bucket` is the photo bucket that their scans name. Throws when one breaks its schema. */
export function documentsOf(person: Person, bucket: string): SeedDocument[] {
  const { uid, joinedAt, profile, device: phone, scanCredits, scans } = person;
  const joined = Timestamp.fromDate(joinedAt);
  const earlierThan = (index: number) => scans.slice(0, index).toReversed();
  const documents = [
    { path: paths.user(uid), fields: userProfile.strict().parse(profile) },
    {
      path: paths.consent(uid, SCAN_CONSENT),
      fields: consent.strict().parse({ granted: true, policyVersion: '2025-11', at: joined }),
    },
    {
      path: paths.device(uid, phone.id),
      fields: device.strict().parse({ token: phone.token, platform: phone.platform, updatedAt: joined }),
    },
    { path: paths.account(uid), fields: account.strict().parse({ scanCredits }) },
    ...ledgerOf(person),
    ...scans.map((past, index) => scanDocument(person, past, earlierThan(index), bucket)),
    ...scans.flatMap((past) => auditDocuments(uid, past)),
  ];
  return documents;
}

const after = (past: PastScan, seconds: number) => new Date(past.createdAt.getTime() + seconds * 1000);
const stampAfter = (past: PastScan, seconds: number) => Timestamp.fromDate(after(past, seconds));

/** A grant, and for each scan the credit that it took; sums to the balance. */
function ledgerOf({ uid, joinedAt, scanCredits, scans }: Person): SeedDocument[] {
  const entry = (id: string, fields: LedgerEntry): SeedDocument => ({
    path: paths.ledgerEntry(uid, id),
    fields: ledgerEntry.strict().parse(fields),
  });
  return [
    entry('grant-welcome', {
      kind: 'grant',
      amount: scanCredits + scans.length,
      at: Timestamp.fromDate(joinedAt),
    }),
    ...scans.flatMap((past) =>
      (
        [
          ['reserve', 0.4],
          ['commit', COMPLETED_AT - 0.5],
        ] as const
      ).map(([kind, seconds]) =>
        entry(ledgerEntryId(past.scanId, kind), {
          kind,
          amount: LEDGER_AMOUNT[kind],
          scanId: past.scanId,
          at: stampAfter(past, seconds),
        }),
      ),
    ),
  ];
}

function scanDocument(
  { uid, profile }: Person,
  past: PastScan,
  earlier: readonly PastScan[],
  bucket: string,
): SeedDocument {
  const { scanId, weightLb } = past;
  const ageYears = ageOn(profile.birthDate, past.createdAt.toISOString().slice(0, 10));
  const subject = { sex: profile.sex, heightCm: profile.heightCm, ageYears, weightLb };
  const steps = Object.fromEntries(
    STEP_NAMES.map((name): [StepName, ScanStep] => [
      name,
      {
        state: 'completed',
        attempt: 1,
        startedAt: stampAfter(past, STARTS_AT[name]),
        completedAt: stampAfter(past, STARTS_AT[name] + NOMINAL_SECONDS[name]),
      },
    ]),
  ) as Record<StepName, ScanStep>;
  const document: Scan = {
    userId: uid,
    photoUrls: photoUrlsOf(bucket, uid, scanId),
    weightLb,
    createdAt: stampAfter(past, 0),
    status: 'completed',
    steps,
    progress: 100,
    rev: 9,
    results: pastResults(past, subject, earlier),
    warnings: [],
    workflow: { id: dailyScanWorkflowId(scanId), runId: runId(scanId) },
    simulated: false,
    updatedAt: stampAfter(past, COMPLETED_AT),
    completedAt: stampAfter(past, COMPLETED_AT),
  };
  return { path: paths.scan(scanId), fields: scan.parse(document) };
}

/** A run id that is the same on every run of the seed, in the form of Temporal's (a UUID). */
function runId(scanId: string): string {
  const hex = sha256(scanId);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `7${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/** The chain that admission and workflow would have written, and its head. */
function auditDocuments(uid: string, past: PastScan): SeedDocument[] {
  const { scanId } = past;
  const workflowId = dailyScanWorkflowId(scanId);
  const byWorkflow = (action: AuditRecord['action'], seconds: number): AuditRecord => ({
    key: action,
    at: after(past, seconds).toISOString(),
    actor: `workflow:${workflowId}`,
    action,
    detail: { runId: runId(scanId) },
  });
  const records: AuditRecord[] = [
    {
      key: 'scan_admitted',
      at: after(past, 0.4).toISOString(),
      actor: 'function:onScanCreated',
      action: 'scan_admitted',
      detail: { userId: uid },
    },
    byWorkflow('daily_scan_workflow_started', 1),
    byWorkflow('daily_scan_workflow_completed', COMPLETED_AT - 0.5),
  ];
  const { entries, head } = appendAudit(EMPTY_AUDIT_HEAD, records, sha256);
  for (const entry of entries) auditEntry.parse(entry);
  const broken = verifyAudit(entries, sha256);
  if (broken !== null) throw new Error(`audit chain of ${scanId}: ${broken}`);
  return [
    ...entries.map((entry) => ({ path: paths.auditEntry(scanId, entry.seq), fields: { ...entry } })),
    { path: paths.auditLog(scanId), fields: { ...head } },
  ];
}
