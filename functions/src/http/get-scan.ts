/** GET /api/scan/{scanId}: the scan as its user's listener sees it. */

import { SCAN_ID_PATTERN } from '@reddyfit/shared/names/ids';
import { paths } from '@reddyfit/shared/names/paths';
import { withIsoTimes } from '@reddyfit/shared/timestamps';
import { firestore } from '../platform/firestore.ts';
import { ApiProblem } from './problems.ts';
import type { ApiAnswer, ApiRequest } from './request.ts';
import { signedInUser } from './sign-in.ts';

/** The document with its times as ISO 8601. A scan of someone else is as good as none: nobody learns that it exists. */
export async function getScan(request: ApiRequest, scanId: string): Promise<ApiAnswer> {
  const uid = await signedInUser(request);
  const scan = SCAN_ID_PATTERN.test(scanId)
    ? (await firestore().doc(paths.scan(scanId)).get()).data()
    : undefined;
  if (scan?.userId !== uid) throw new ApiProblem('not-found', 'You have no scan with this id.');
  return { status: 200, body: withIsoTimes(scan) };
}
