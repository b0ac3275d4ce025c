/** Every check, in the order of the report: a check on which others depend comes before them. */

import type { Check } from './check.ts';
import { archiveBucket } from './checks/archive-bucket.ts';
import { certificates } from './checks/certificates.ts';
import { clock } from './checks/clock.ts';
import { credentials } from './checks/credentials.ts';
import { environment } from './checks/environment.ts';
import { firestore } from './checks/firestore.ts';
import { indexes } from './checks/indexes.ts';
import { namespaceRetention } from './checks/namespace-retention.ts';
import { photoBucket } from './checks/photo-bucket.ts';
import { queuePollers } from './checks/queue-pollers.ts';
import { rules } from './checks/rules.ts';
import { searchAttributes } from './checks/search-attributes.ts';
import { temporal } from './checks/temporal.ts';
import { topic } from './checks/topic.ts';

export const ALL_CHECKS: readonly Check[] = [
  environment,
  clock,
  temporal,
  certificates,
  namespaceRetention,
  searchAttributes,
  queuePollers,
  credentials,
  firestore,
  rules,
  indexes,
  photoBucket,
  archiveBucket,
  topic,
];
