/**
 * Every case that strikes a part which all scans of a stack need, in one file, so that one runs after the other. The other files' cases
 * strike workers of their own: they run beside these in the whole suite, on a second stack.
 */

import './begin-cases.ts';
import './created-event-cases.ts';
import './crowd-cases.ts';
import './deploy-cases.ts';
import './firestore-pause-cases.ts';
import './push-away-cases.ts';
import './temporal-restart-cases.ts';
