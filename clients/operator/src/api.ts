/** Calls the operator's desk of the HTTP API as the signed-in user. Nothing here depends on the database. */

import type {
  ActDone,
  GrantAct,
  GrantDone,
  OperatorSelf,
  Revealed,
  ScanAct,
  Why,
} from '@reddyfit/shared/operator/acts';
import type { AdmissionChange, AdmissionChanged, AdmissionView } from '@reddyfit/shared/operator/admission';
import type { AuditCheckView } from '@reddyfit/shared/operator/audit-check';
import type {
  Accesses,
  AccessesRequest,
  DeletionLedger,
  DeletionsRequest,
  SignedStatement,
  VerifiedChain,
} from '@reddyfit/shared/operator/audits';
import type { BulkDone, BulkRequest } from '@reddyfit/shared/operator/bulk';
import type { FindScansResponse } from '@reddyfit/shared/operator/find';
import type { Timeline } from '@reddyfit/shared/operator/timeline';
import type { RedeliverAct, RedeliverDone, WatchView } from '@reddyfit/shared/operator/watch';
import type { Auth } from 'firebase/auth';

/** An error answer of the API, with its HTTP status; `kind` is the last part of the problem's type. */
export class Refused extends Error {
  readonly kind: string;
  readonly status: number;

  constructor(kind: string, detail: string, status: number) {
    super(detail);
    this.kind = kind;
    this.status = status;
  }
}

export interface DeskApi {
  me(): Promise<OperatorSelf>;
  find(wanted: object): Promise<FindScansResponse>;
  see(scanId: string): Promise<Timeline>;
  reveal(scanId: string, why: Why): Promise<Revealed>;
  act(scanId: string, act: ScanAct): Promise<ActDone>;
  grant(uid: string, grant: GrantAct): Promise<GrantDone>;
  actMany(request: BulkRequest): Promise<BulkDone>;
  redeliverDead(endpointId: string, act: RedeliverAct): Promise<RedeliverDone>;
  watch(hours: number): Promise<WatchView>;
  admission(): Promise<AdmissionView>;
  changeAdmission(change: AdmissionChange): Promise<AdmissionChanged>;
  chain(scanId: string): Promise<VerifiedChain>;
  checkChains(): Promise<AuditCheckView>;
  chainsChecked(): Promise<AuditCheckView>;
  accesses(asked: AccessesRequest): Promise<Accesses>;
  exportAccesses(asked: AccessesRequest): Promise<SignedStatement>;
  deletions(asked: DeletionsRequest): Promise<DeletionLedger>;
}

/** Makes the client of the API. Every method rejects with Refused, or with fetch's error when no server answers. */
export function deskApi(auth: Auth): DeskApi {
  async function ask<Answer>(method: 'GET' | 'POST', path: string, body?: object): Promise<Answer> {
    const token = await auth.currentUser!.getIdToken();
    const answer = await fetch(`/api/operator/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (answer.ok) return (await answer.json()) as Answer;
    const problem = (await answer.json().catch(() => ({}))) as {
      type?: string;
      detail?: string;
      errors?: { pointer: string; detail: string }[];
    };
    const fields = (problem.errors ?? []).map(({ pointer, detail }) => `${pointer.slice(1)}: ${detail}`);
    const said = [problem.detail ?? `The server answered ${answer.status}.`, ...fields].join(' ');
    throw new Refused(problem.type?.split(':').at(-1) ?? 'unknown', said, answer.status);
  }
  const scan = (scanId: string) => `/scans/${encodeURIComponent(scanId)}`;
  return {
    me: () => ask('GET', '/me'),
    find: (wanted) => ask('POST', '/scans/find', wanted),
    see: (scanId) => ask('GET', scan(scanId)),
    reveal: (scanId, why) => ask('POST', `${scan(scanId)}/reveal`, why),
    act: (scanId, act) => ask('POST', `${scan(scanId)}/acts`, act),
    grant: (uid, grant) => ask('POST', `/users/${encodeURIComponent(uid)}/credits`, grant),
    actMany: (request) => ask('POST', '/acts', request),
    redeliverDead: (endpointId, act) =>
      ask('POST', `/webhooks/${encodeURIComponent(endpointId)}/redeliver`, act),
    watch: (hours) => ask('GET', `/watch/${hours}`),
    admission: () => ask('GET', '/admission'),
    changeAdmission: (change) => ask('POST', '/admission', change),
    chain: (scanId) => ask('GET', `${scan(scanId)}/chain`),
    checkChains: () => ask('POST', '/audit/check'),
    chainsChecked: () => ask('GET', '/audit/check'),
    accesses: (asked) => ask('POST', '/accesses', asked),
    exportAccesses: (asked) => ask('POST', '/accesses/export', asked),
    deletions: (asked) => ask('POST', '/deletions', asked),
  };
}
