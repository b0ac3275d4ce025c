/** Writes docs/messages.md: every code of an error or a sentence that a client meets, from the vocabulary and the words. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CALL_ERRORS,
  type CallErrorCode,
  errorCodeOf,
  type ErrorMessageCode,
  ERRORS,
} from '@reddyfit/shared/errors';
import { en } from '@reddyfit/shared/words/en';
import { type Format, formatOf } from '@reddyfit/shared/words/format';

export const messagesPath = join(import.meta.dirname, '../messages.md');

type Value = string | number;

/** What the parameters are in the examples, by name. */
const EXAMPLES: Readonly<Record<string, Value>> = {
  angle: 'front',
  shown: 'left',
  faults: 'heightCm.missing birthDate.no_such_day',
  field: 'weightKg',
  declared: 482_113,
  found: 0,
  reason: 'GIF photos are not read: send JPEG, HEIC, AVIF, PNG or WebP',
  leastAge: 16,
  minLb: 20,
  maxLb: 1000,
  maxMiB: 15,
  maxMegapixels: 200,
  format: 'GIF',
  width: 300,
  height: 400,
  minShort: 480,
  minLong: 640,
  degrees: 12,
  minutes: 45,
  hours: 3,
  percent: 18.3,
};

/** Those of single sentences. */
const OWN: Readonly<Record<string, Readonly<Record<string, Value>>>> = {
  'UploadMismatchError.missing': { field: 'uploads.left' },
  'UploadMismatchError.bytes': { field: 'uploads.left.bytes' },
  'UploadMismatchError.sha256': { field: 'uploads.left.sha256' },
  'WeightDoubtfulError.height': { field: 'heightCm' },
  'InvalidScanError.field': { field: 'photoUrls.left' },
  'InvalidRequestError.field': { field: 'scanId' },
  'InvalidRequestError.missing': { field: 'scanId' },
  'InvalidRequestError.unknown': { field: 'scanID' },
  'InvalidRequestError.reason': { field: 'contentType' },
  'unsupported_type.differs': { declared: 'image/jpeg', found: 'image/png' },
};

type Entry = string | ((params: never, format: Format) => string);

/** The names of the parameters that a sentence reads, and the sentence with example values. Throws where one has no example. */
function exampleOf(code: string, entry: Entry): { names: string[]; sentence: string } {
  if (typeof entry === 'string') return { names: [], sentence: entry };
  const names = new Set<string>();
  const params = new Proxy(
    {},
    {
      get(_, name: string) {
        names.add(name);
        const value = OWN[code]?.[name] ?? EXAMPLES[name];
        if (value === undefined) throw new Error(`the parameter ${name} of ${code} has no example here`);
        return value;
      },
    },
  );
  const sentence = entry(params as never, formatOf('en', { units: 'imperial' }));
  return { names: [...names], sentence };
}

const cell = (text: string) => text.replaceAll('|', '\\|');
const codes = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ');

function tableOf(
  group: Readonly<Record<string, Entry>>,
  [title, more]: readonly [string, (code: string) => string] | readonly [] = [],
): string {
  const head = ['`messageCode`', ...(title ? [title] : []), '`params`', 'in English'];
  const rows = Object.entries(group).map(([code, entry]) => {
    const { names, sentence } = exampleOf(code, entry);
    return [`\`${code}\``, ...(more ? [more(code)] : []), codes(names), cell(sentence)];
  });
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Parts of the page: a heading, what the sentences are and where they stand, and their table. */
const PARTS: readonly (readonly [heading: string, about: string, table: () => string])[] = [
  [
    "Why a scan ended: `error` of its document, and a step's `message`",
    [
      '`error.code` is the part before the dot, and what an app decides by. `retryable`: a new scan with the same photos may succeed. Of a scan that is',
      "`rejected`, `error.message` joins the sentences of all photos, and the offer's, where there is one; `error.photos` has those of the photos",
      'one by one, each with its code (below).',
    ].join('\n'),
    () =>
      tableOf(en.errors, [
        '`retryable`',
        (code) => (ERRORS[errorCodeOf(code as ErrorMessageCode)].retryable ? 'yes' : 'no'),
      ]),
  ],
  [
    'Why a call was refused: `details` of a callable',
    "`details.code` is the part before the dot; the status is that of the callable protocol. `InternalError` is a fault of the server's.",
    () =>
      tableOf(en.calls, [
        'status',
        (code) => {
          const name = code.split('.', 1)[0]!;
          return Object.hasOwn(CALL_ERRORS, name) ? CALL_ERRORS[name as CallErrorCode].status : 'internal';
        },
      ]),
  ],
  [
    'What is wrong with a photo: `results.qualityCheck.photos.<angle>.issues`',
    [
      '`code` of an issue is the part before the dot. The package says those that it finds itself by the same codes. `error.photos` of a rejected',
      'scan lists each fault of each photo once more, as `{angle, code, messageCode, params, message}`. What a model has seen stands there in the',
      "vocabulary's sentence, and in `results.qualityCheck` in the model's own, without a `messageCode`.",
    ].join('\n'),
    () => tableOf(en.photos),
  ],
  ['Questions about the four photos: `results.qualityCheck.notes`', '', () => tableOf(en.sets)],
  ['How to go on without the measurement: `results.qualityCheck.offer`', '', () => tableOf(en.offers)],
  [
    'How the body fat was found: `results.estimation.notes`',
    'The codes are those of `results.estimation.flags`.',
    () => tableOf(en.estimation),
  ],
  ['Why its range is wide: `results.estimation.rangeSentence`', '', () => tableOf(en.ranges)],
  [
    'What is missing in a completed scan: `warnings`',
    'The code, in `warningCodes`, is the name of the step.',
    () => tableOf(en.warnings),
  ],
  ['While a step waits: `steps.<step>.message`', '', () => tableOf(en.steps)],
  ['While a scan waits for others: `busy`', '', () => tableOf(en.queue)],
  ['The push', 'Title and body.', () => tableOf(en.push)],
];

/** The page as Markdown. */
export function messagesPage(): string {
  const parts = PARTS.map(([heading, about, table]) =>
    [`## ${heading}`, ...(about ? [about] : []), table()].join('\n\n'),
  );
  return (
    [
      '# Codes and sentences',
      [
        'Every sentence for a user stands beside its `messageCode` and `params`, so that an app may write its own, in any language: look the code up',
        'here, and put the parameters where the example has them. An app that does not know a code shows `message`, which comes in the language',
        'of the profile. New codes may come. Weights in parameters are pounds, numbers are not yet written for a reader, `angle` is `front`, `back`,',
        '`left` or `right`, `faults` names fields and what is wrong with them, parted by blanks, and `reason` is English, for whoever',
        'wrote the app. This page is written by `npm run catalogue`.',
      ].join('\n'),
      ...parts,
    ].join('\n\n') + '\n'
  );
}

/** Writes the page. */
export const writeMessages = () => writeFileSync(messagesPath, messagesPage());
