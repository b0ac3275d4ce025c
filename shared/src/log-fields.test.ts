import { expect, it } from 'vitest';
import { errorName, REDACTED, safeLogFields, traceLogFields } from './log-fields.ts';

it.each([
  ['scanId', 'd50656e8-9543-44b1-9647-ebd8ef700103'],
  ['workflowId', 'webhook-we_abcdefghijklmnopqrst-d50656e8:scan.step.completed:delta'],
  ['code', 'messaging/registration-token-not-registered'],
  ['error', 'ServiceError <- Error (14)'],
  ['error', 'FirebaseAuthError (auth/user-not-found) <- GaxiosError (ECONNRESET) <- TypeError'],
  ['error', 'Error (14)'],
  ['how', 'before its start'],
  ['attempt', 3],
  ['encrypted', true],
  ['namespace', 'ns.acct'],
  ['stage', 'photos'],
  ['at', '2026-11-25T22:09:40.399Z'],
])('%s = %s stays', (name, value) => {
  expect(safeLogFields({ [name]: value })).toEqual({ [name]: value });
});

it.each([
  ['text', 'quetzal@canary.example'],
  ['cause', 'https://storage.googleapis.com/b/o?X-Goog-Signature=1'],
  ['cause', 'gs://bucket/scans/u/s/front.jpg'],
  ['cause', 'Value for argument "weightLb" is 187.3'],
  ['detail', '{"bodyFatPercent":24.3}'],
  ['photo64', 'data:image/jpeg;base64,AAAA'],
  ['text', 'x'.repeat(300)],
  ['object', { weightLb: 187.3 }],
  ['list', ['Canary Quetzal']],
  ['text', 'Canary Quetzal 187.3'],
  ['text', 'Canary Quetzal'],
  ['text', 'canary quetzal 187.3 lb'],
  ['text', 'Quetzal, 187.3'],
  ['text', 'Quetzal (187.3)'],
  ['error', 'TypeError <- Canary Quetzal (187)'],
  ['error', 'TypeError (Canary Quetzal)'],
])('the text of %s = %s does not', (name, value) => {
  expect(Object.values(safeLogFields({ [name]: value })).every((kept) => kept === REDACTED)).toBe(true);
});

it.each([
  'weightLb',
  'heightCm',
  'birthDate',
  'bodyFatPercent',
  'leanMassLb',
  'ageYears',
  'sex',
  'email',
  'displayName',
  'deviceToken',
  'idToken',
  'photoUrl',
  'clientSecret',
])('a field named %s is left out', (name) => {
  expect(safeLogFields({ [name]: 1, kept: 1 })).toEqual({ kept: 1 });
});

it.each([
  [Object.assign(new Error('10 ABORTED: weight 187.3'), { code: 10 }), 'Error (10)'],
  [
    new TypeError('jane', { cause: Object.assign(new Error('x'), { code: 'ECONNRESET' }) }),
    'TypeError <- Error (ECONNRESET)',
  ],
  [Object.assign(new Error('429 for jane'), { status: 429 }), 'Error (429)'],
  ['thrown text about jane', 'string'],
])('an error is told by name, code and cause, as a line may say it', (error, told) => {
  expect(errorName(error)).toBe(told);
  expect(safeLogFields({ cause: errorName(error) })).toEqual({ cause: told });
});

it('a line names its trace in the fields that Cloud Logging reads', () => {
  expect(traceLogFields('demo', { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 })).toEqual({
    'logging.googleapis.com/trace': `projects/demo/traces/${'a'.repeat(32)}`,
    'logging.googleapis.com/spanId': 'b'.repeat(16),
    'logging.googleapis.com/trace_sampled': true,
  });
});
