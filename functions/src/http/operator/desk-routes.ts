/**
 * The routes of the operator's desk, below /api/operator/v1. Only the page of clients/operator calls them; they are not
 * part of the published API.
 */

import { SCAN_ID_PATTERN } from '@reddyfit/shared/names/ids';
import {
  actDone,
  grantAct,
  grantDone,
  operatorSelf,
  revealed,
  revealRequest,
  scanAct,
} from '@reddyfit/shared/operator/acts';
import {
  accesses,
  accessesRequest,
  deletionLedger,
  deletionsRequest,
  signedStatement,
  verifiedChain,
} from '@reddyfit/shared/operator/audits';
import { auditCheckView } from '@reddyfit/shared/operator/audit-check';
import { bulkDone, bulkRequest } from '@reddyfit/shared/operator/bulk';
import { admissionChange, admissionChanged, admissionView } from '@reddyfit/shared/operator/admission';
import { findScansRequest, findScansResponse } from '@reddyfit/shared/operator/find';
import { permissionsOf } from '@reddyfit/shared/operator/roles';
import { timeline } from '@reddyfit/shared/operator/timeline';
import { redeliverAct, redeliverDone, watchRequest, watchView } from '@reddyfit/shared/operator/watch';
import { WEBHOOK_ENDPOINT_ID_PATTERN } from '@reddyfit/shared/webhooks/endpoints';
import { z } from 'zod';
import { actOnScan } from '../../operator/act.ts';
import { actOnMany } from '../../operator/act-on-many.ts';
import { accessesBetween, deletionsBetween, verifyScanChain } from '../../operator/audits.ts';
import { auditCheckOf, startAuditCheck } from '../../operator/audit-check.ts';
import { exportAccesses } from '../../operator/export-accesses.ts';
import { findScans } from '../../operator/find-scans.ts';
import { grantAtDesk } from '../../operator/grant.ts';
import { recordFind } from '../../operator/record-view.ts';
import { redeliverDead } from '../../operator/redeliver-dead.ts';
import { revealScan } from '../../operator/reveal.ts';
import { timelineOf } from '../../operator/timeline.ts';
import { watch } from '../../operator/watch.ts';
import { config, exportSigningKey } from '../../platform/config.ts';
import { firestore } from '../../platform/firestore.ts';
import { temporal } from '../../platform/temporal.ts';
import { admissionOf, changeAdmission } from '../../scans/admission/admission-pause.ts';
import { isDocumentId } from '../../scans/admission/scan-request.ts';
import { ApiProblem } from '../problems.ts';
import type { Route } from '../route.ts';
import { deskRoute } from './desk-route.ts';

const NO_SUCH_SCAN = 'There is no scan with this id.';
const ofScan = z.object({ scanId: z.string().regex(SCAN_ID_PATTERN, NO_SUCH_SCAN) });
const ofUser = z.object({ uid: z.string().refine(isDocumentId, 'There is no user with this id.') });

const ofEndpoint = z.object({
  endpointId: z.string().regex(WEBHOOK_ENDPOINT_ID_PATTERN, 'There is no webhook endpoint with this id.'),
});

const me = deskRoute({
  method: 'GET',
  path: '/me',
  desk: null,
  limit: 'glance',
  answer: operatorSelf,
  handle({ operator: { uid, role, until } }) {
    const { desk, temporal: settings } = config();
    const links = {
      workflows: desk.temporalUiUrl
        ? `${desk.temporalUiUrl}/namespaces/${encodeURIComponent(settings.namespace)}/workflows`
        : null,
      trace: desk.traceUrl ?? null,
    };
    return { uid, role, may: permissionsOf(role), until: until.toISOString(), links };
  },
});

/** The operator's own chain records by which fields they searched and how many scans were found. */
const find = deskRoute({
  method: 'POST',
  path: '/scans/find',
  desk: 'find',
  limit: 'find',
  body: findScansRequest,
  answer: findScansResponse,
  async handle({ operator, body }) {
    const now = new Date();
    const found = await findScans(firestore(), body, now);
    const { limit: _, cursor: __, ...by } = body;
    const detail = { by: Object.keys(by).sort().join(',') || 'time', found: found.scans.length };
    await recordFind(firestore(), operator.uid, detail, now);
    return found;
  },
});

const see = deskRoute({
  method: 'GET',
  path: '/scans/{scanId}',
  desk: 'see',
  limit: 'view',
  parameters: ofScan,
  answer: timeline,
  handle: ({ operator, parameters: { scanId } }) => timelineOf(firestore(), scanId, operator.uid, new Date()),
});

const reveal = deskRoute({
  method: 'POST',
  path: '/scans/{scanId}/reveal',
  desk: 'reveal',
  limit: 'reveal',
  parameters: ofScan,
  body: revealRequest,
  answer: revealed,
  handle: ({ operator, parameters: { scanId }, body: why }) =>
    revealScan(firestore(), scanId, { operator: operator.uid, why, now: new Date() }),
});

const act = deskRoute({
  method: 'POST',
  path: '/scans/{scanId}/acts',
  desk: 'act',
  limit: 'act',
  parameters: ofScan,
  body: scanAct,
  answer: actDone,
  handle: ({ operator, parameters: { scanId }, body }) =>
    actOnScan(firestore(), scanId, operator.uid, body, new Date()),
});

const grant = deskRoute({
  method: 'POST',
  path: '/users/{uid}/credits',
  desk: 'act',
  limit: 'act',
  parameters: ofUser,
  body: grantAct,
  answer: grantDone,
  handle: ({ operator, parameters: { uid }, body }) =>
    grantAtDesk(firestore(), uid, operator.uid, body, new Date()),
});

const actsOrPreviews = ({ dryRun }: { dryRun: boolean }) => (dryRun ? 'preview' : 'act_many');

const actMany = deskRoute({
  method: 'POST',
  path: '/acts',
  desk: 'act',
  limit: actsOrPreviews,
  body: bulkRequest,
  answer: bulkDone,
  handle: ({ operator, body }) => actOnMany(firestore(), operator.uid, body, new Date()),
});

const redeliverAll = deskRoute({
  method: 'POST',
  path: '/webhooks/{endpointId}/redeliver',
  desk: 'act',
  limit: actsOrPreviews,
  parameters: ofEndpoint,
  body: redeliverAct,
  answer: redeliverDone,
  handle: ({ operator, parameters: { endpointId }, body }) =>
    redeliverDead(firestore(), endpointId, operator.uid, body, new Date()),
});

/** The hours are in the path, since the desk's routes have no query. */
const watched = deskRoute({
  method: 'GET',
  path: '/watch/{hours}',
  desk: 'watch',
  limit: 'watch',
  parameters: watchRequest,
  answer: watchView,
  handle: ({ parameters: { hours } }) => watch(firestore(), hours, new Date()),
});

const admission = deskRoute({
  method: 'GET',
  path: '/admission',
  desk: 'watch',
  limit: 'glance',
  answer: admissionView,
  handle: () => admissionOf(firestore(), temporal()),
});

/** Switches incident mode. A second call changes nothing. */
const switchAdmission = deskRoute({
  method: 'POST',
  path: '/admission',
  desk: 'act',
  limit: 'act',
  body: admissionChange,
  answer: admissionChanged,
  async handle({ operator, body }) {
    const who = { by: `operator:${operator.uid}`, now: new Date() };
    const changed = await changeAdmission(firestore(), body, who);
    return { changed, ...(await admissionOf(firestore(), temporal())) };
  },
});

const chain = deskRoute({
  method: 'GET',
  path: '/scans/{scanId}/chain',
  desk: 'audit',
  limit: 'view',
  parameters: ofScan,
  answer: verifiedChain,
  handle: ({ operator, parameters: { scanId } }) =>
    verifyScanChain(firestore(), scanId, operator.uid, new Date()),
});

/** Starts a verification of all chains and anchors. A second call while one runs starts none. */
const checkAll = deskRoute({
  method: 'POST',
  path: '/audit/check',
  desk: 'audit',
  limit: 'export',
  answer: auditCheckView,
  async handle({ operator }) {
    await startAuditCheck(firestore(), { auditor: operator.uid, now: new Date() });
    return auditCheckOf();
  },
});

const checked = deskRoute({
  method: 'GET',
  path: '/audit/check',
  desk: 'audit',
  limit: 'glance',
  answer: auditCheckView,
  handle: () => auditCheckOf(),
});

const accessed = deskRoute({
  method: 'POST',
  path: '/accesses',
  desk: 'audit',
  limit: 'list',
  body: accessesRequest,
  answer: accesses,
  handle: ({ operator, body }) =>
    accessesBetween(firestore(), body, { auditor: operator.uid, now: new Date() }),
});

const exported = deskRoute({
  method: 'POST',
  path: '/accesses/export',
  desk: 'audit',
  limit: 'export',
  body: accessesRequest,
  answer: signedStatement,
  handle({ operator, body }) {
    const key = exportSigningKey();
    if (key === undefined)
      throw new ApiProblem('not-possible', 'Nothing signs here: OPERATOR_EXPORT_KEY is not set.');
    const { projectId = '' } = config();
    return exportAccesses(firestore(), body, { auditor: operator.uid, now: new Date(), key, projectId });
  },
});

const deletions = deskRoute({
  method: 'POST',
  path: '/deletions',
  desk: 'audit',
  limit: 'list',
  body: deletionsRequest,
  answer: deletionLedger,
  handle: ({ operator, body }) =>
    deletionsBetween(firestore(), body, { auditor: operator.uid, now: new Date() }),
});

export const DESK_ROUTES: readonly Route[] = [
  me,
  find,
  see,
  reveal,
  act,
  grant,
  actMany,
  redeliverAll,
  watched,
  admission,
  switchAdmission,
  chain,
  checkAll,
  checked,
  accessed,
  exported,
  deletions,
];
