/** One act about many scans in a process of its own, so that a test can kill it in the middle. The request is the first argument. */

import { firestore } from '../src/platform/firestore.ts';
import { actOnMany } from '../src/operator/act-on-many.ts';

const { operator, request } = JSON.parse(process.argv[2]!);
await actOnMany(firestore(), operator, request, new Date());
