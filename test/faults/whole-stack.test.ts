/**
 * Every case that strikes a part that all scans of a stack need. They are in one file, so that they run one after another.
 * The cases of the other files strike workers of their own; in the whole suite they run at the same time as these, on a
 * second stack.
 */

import './begin-cases.ts';
import './created-event-cases.ts';
import './crowd-cases.ts';
import './deploy-cases.ts';
import './firestore-pause-cases.ts';
import './push-away-cases.ts';
import './temporal-restart-cases.ts';
