/** GET /api/scan/{scanId}: the scan as its user's listener sees it. */

import { SCAN_ID_PATTERN } from '@reddyfit/shared/names/ids';
import { paths } from '@reddyfit/shared/names/paths';
import { withIsoTimes } from '@reddyfit/shared/timestamps';
import { firestore } from '../platform/firestore.ts';
import { scan } from '@reddyfit/shared/scan/document';
import { z } from 'zod';
import { ApiProblem } from './problems.ts';
import { apiRoute } from './route.ts';

const NO_SUCH_SCAN = 'You have no scan with this id.';

/**
 * The document with its times as ISO 8601. A scan of another user is answered as not-found, so that nobody learns that
 * it exists.
 */
export const getScan = apiRoute({
  method: 'GET',
  path: '/scan/{scanId}',
  operationId: 'getScan',
  summary: 'Read a scan',
  description: 'The scan as a Firestore listener sees it, with times as ISO 8601.',
  signedIn: true,
  parameters: z.object({ scanId: z.string().regex(SCAN_ID_PATTERN, NO_SUCH_SCAN) }),
  answers: { 200: { description: 'The scan.', schema: scan } },
  problems: ['not-found'],
  async handle({ uid, parameters: { scanId } }) {
    const found = (await firestore().doc(paths.scan(scanId)).get()).data();
    if (found?.userId !== uid) throw new ApiProblem('not-found', NO_SUCH_SCAN);
    return { status: 200, body: withIsoTimes(found) };
  },
});
