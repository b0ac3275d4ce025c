/** The live view of a scan: one line per step, a bar and the time left. Pure. */

import { type Connection, elapsedMs, type ScanSnapshot } from '@reddyfit/client';
import type { Scan, ScanStep } from '@reddyfit/shared/scan/document';
import { isTerminal, type ScanStatus } from '@reddyfit/shared/scan/statuses';
import { STEP_NAMES, type StepName } from '@reddyfit/shared/scan/steps';
import { type Colour, type Paint, plain } from './paint.ts';
import type { Speaker } from '@reddyfit/shared/words/speaker';
import { finding } from '@reddyfit/shared/words/findings';
import { duration, ENGLISH, stepTitle } from './wording.ts';
import { wrap } from './wrap.ts';

export interface View {
  readonly paint?: Paint;
  /** The language and units of the text. */
  readonly speaker?: Speaker;
  /** Columns of the terminal. */
  readonly width?: number;
}

/** The fields of a watch's snapshot that are shown besides the document. */
export interface Seen {
  /** Whole seconds until the scan completes; null while there is no estimate. */
  readonly etaSeconds?: number | null;
  /** Whole minutes until a scan that waits for others begins; null for one that does not. */
  readonly busyMinutes?: number | null;
  /** How far the server's clock is ahead of this machine's (ms). */
  readonly serverLeadMs?: number;
  readonly connection?: Connection;
}

const SPINNER = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const SPINNER_FRAME_MS = 80;
const BAR_CELLS = 26;
const LEAST_BAR_CELLS = 6;
const TIME_WIDTH = 11;
const INDENT = '  ';
const GAP = '   ';

/**
 * The indentation of a note that does not fit beside its step, and the fewest columns in which a note may stand beside
 * it.
 */
const NOTE_INDENT = '      ';
const LEAST_COLUMN = 36;

/** The text that replaces the time left while the server is not heard. */
const QUIET: Partial<Record<Connection, string>> = {
  offline: 'no network',
  stale: 'the server is not heard',
};

/** How long the server's first answer about a new scan may take before the view says that it is not heard (ms). */
const FIRST_ANSWER_MS = 5000;

const STATUS_COLOUR: Record<ScanStatus, Colour> = {
  submitted: 'dim',
  queued: 'cyan',
  processing: 'cyan',
  completed: 'green',
  rejected: 'yellow',
  failed: 'red',
  canceled: 'yellow',
};

/**
 * The lines of a scan at the moment `now`, none wider than the terminal. Notes are cut while the scan runs, and
 * complete once it has ended.
 */
export function render(
  scan: Scan,
  now: Date,
  { paint = plain, width = 100, speaker = ENGLISH, ...seen }: View & Seen = {},
): string[] {
  return [
    overview(scan, now, { paint, width, ...seen }),
    waiting(scan, now, seen, { paint, width, speaker }),
    ...STEP_NAMES.flatMap((name) => stepLines(name, scan, now, { paint, width, speaker })),
  ];
}

/** The line about the photos before the server has the scan; null once it has, and when nothing is sent. */
export function sending({
  phase,
  upload,
  connection,
}: Pick<ScanSnapshot, 'phase' | 'upload' | 'connection'>): string | null {
  const share =
    upload && upload.totalBytes > 0 ? ` ${Math.floor((100 * upload.sentBytes) / upload.totalBytes)}%` : '';
  const said: Partial<Record<ScanSnapshot['phase'], string>> = {
    preparing: 'Preparing four photos …',
    uploading: `Sending four photos …${share}`,
    submitting: 'Starting the scan …',
  };
  const line = said[phase];
  return line === undefined
    ? null
    : `${INDENT}${line}${connection === 'offline' ? `${GAP}${QUIET.offline}` : ''}`;
}

/**
 * The bar, the status, the elapsed time, and either the time left or that the server is not heard. When the terminal is
 * too narrow, parts are left out from the end.
 */
function overview(
  scan: Scan,
  now: Date,
  { paint, width, etaSeconds, busyMinutes, connection }: Required<Pick<View, 'paint' | 'width'>> & Seen,
): string {
  const ended = isTerminal(scan.status);
  const end = scan.completedAt?.toMillis() ?? now.getTime();
  const progress = scan.progress ?? 0;
  const parts: [colour: Colour | null, text: string][] = [
    [null, `${String(progress).padStart(3)}%`],
    [STATUS_COLOUR[scan.status], scan.status],
    [null, duration(end - scan.createdAt.toMillis())],
  ];
  // The first answer about a scan that was just created is on its way.
  const isAwaited = connection === 'stale' && end - scan.createdAt.toMillis() < FIRST_ANSWER_MS;
  const quiet = !ended && !isAwaited && connection && QUIET[connection];
  if (quiet) parts.push(['yellow', quiet]);
  else if (!ended && typeof etaSeconds === 'number' && typeof busyMinutes !== 'number')
    parts.push(['dim', timeLeft(etaSeconds)]);
  const room = () =>
    width - INDENT.length - parts.reduce((sum, [, text]) => sum + text.length + GAP.length, 0);
  while (room() < LEAST_BAR_CELLS && parts.length > 1) parts.pop();
  const cells = Math.max(LEAST_BAR_CELLS, Math.min(BAR_CELLS, room()));
  const filled = Math.round((progress / 100) * cells);
  const bar = paint('cyan', '━'.repeat(filled)) + paint('dim', '─'.repeat(cells - filled));
  const [share, ...rest] = parts.map(([colour, text]) => (colour ? paint(colour, text) : text));
  return [`${INDENT}${bar} ${share}`, ...rest].join(GAP);
}

/** What stands below the bar: that the scan waits for others, or that it does so for longer than was estimated, or nothing. */
function waiting(
  { busy, createdAt }: Scan,
  now: Date,
  { busyMinutes, serverLeadMs = 0 }: Seen,
  { paint, width, speaker: { say, reader } }: Required<View>,
): string {
  if (typeof busyMinutes !== 'number') return '';
  const late = busy !== undefined && busy.startsAt.toMillis() <= now.getTime() + serverLeadMs;
  const clock = new Intl.DateTimeFormat(reader.locale, { timeStyle: 'short' });
  const sentence = late
    ? say('screen', 'busy.late', { time: clock.format(createdAt.toMillis() - serverLeadMs) })
    : say('queue', 'busy', { minutes: busyMinutes });
  return INDENT + paint('yellow', shorten(sentence, width - INDENT.length));
}

/** The time left in whole seconds: tenths would flicker in a line that is drawn twelve times a second. */
function timeLeft(seconds: number): string {
  return seconds <= 1
    ? 'almost done'
    : `about ${seconds < 60 ? `${seconds} s` : duration(seconds * 1000)} left`;
}

/**
 * The step's line and, once the scan has ended, the rest of its note below it. While the scan runs each step has one
 * line, so that the lines below keep their places.
 */
function stepLines(
  name: StepName,
  scan: Scan,
  now: Date,
  { paint, width, speaker }: Required<View>,
): string[] {
  const titleWidth = Math.max(...STEP_NAMES.map((step) => stepTitle(step, speaker).length));
  const step = scan.steps?.[name] ?? { state: 'pending', attempt: 0 };
  const [symbol, colour] = mark(name, step, scan, now);
  const time = step.startedAt ? duration(elapsedMs(step, now)) : '';
  const left = `${INDENT}${paint(colour, symbol)} ${stepTitle(name, speaker).padEnd(titleWidth)} ${paint('dim', time.padStart(TIME_WIDTH))}${GAP}`;
  const column = INDENT.length + 2 + titleWidth + 1 + TIME_WIDTH + GAP.length;
  const note = stepNote(name, step, scan, now, speaker);
  const painted = (text: string) =>
    step.state === 'completed' && colour === 'green' ? text : paint(colour, text);
  const [first = '', ...more] = wrap(note, width - column);
  const whole = isTerminal(scan.status);
  if (more.length === 0 && first.length <= width - column) return [(left + painted(first)).trimEnd()];
  if (!whole) return [left + painted(shorten(note, width - column))];
  // On a narrow terminal the column beside the titles would have room for single words only.
  if (width - column < LEAST_COLUMN)
    return [
      left.trimEnd(),
      ...wrap(note, width - NOTE_INDENT.length).map((line) => NOTE_INDENT + painted(line)),
    ];
  return [left + painted(first), ...more.map((line) => ' '.repeat(column) + painted(line))];
}

function mark(
  name: StepName,
  { state }: ScanStep,
  { results }: Scan,
  now: Date,
): [symbol: string, colour: Colour] {
  // The step completed, but it rejected the photos.
  if (name === 'qualityCheck' && state === 'completed' && results?.qualityCheck?.accepted === false)
    return ['✖', 'yellow'];
  const frame = SPINNER[Math.floor(now.getTime() / SPINNER_FRAME_MS) % SPINNER.length]!;
  switch (state) {
    case 'pending':
      return ['·', 'dim'];
    case 'running':
      return [frame, 'cyan'];
    case 'retrying':
      return ['↻', 'yellow'];
    case 'completed':
      return ['✔', 'green'];
    case 'failed':
      return ['✖', 'red'];
    case 'skipped':
      return ['–', 'dim'];
  }
}

/** What is shown about a step besides its state. */
export function stepNote(
  name: StepName,
  step: ScanStep,
  scan: Scan,
  now: Date,
  speaker: Speaker = ENGLISH,
): string {
  const { say } = speaker;
  switch (step.state) {
    case 'pending':
      return '';
    case 'running':
      return step.attempt > 1 ? say('screen', 'state.attempt', { attempt: step.attempt }) : '';
    case 'retrying': {
      const wait = (step.nextRetryAt?.toMillis() ?? now.getTime()) - now.getTime();
      const attempt = step.attempt + 1;
      return wait > 0
        ? say('screen', 'state.retrying_in', { attempt, seconds: Math.ceil(wait / 1000) })
        : say('screen', 'state.retrying_now', { attempt });
    }
    case 'completed':
      return finding(name, scan.results, speaker) ?? '';
    case 'failed':
      return step.message ?? say('screen', 'state.failed');
    case 'skipped':
      return say('screen', 'state.skipped');
  }
}

/** Cuts a text at the end of a word, with an ellipsis. */
function shorten(text: string, room: number): string {
  if (text.length <= room) return text;
  const [line = ''] = wrap(text, room - 2);
  return `${line.slice(0, Math.max(0, room - 2)).replace(/[\s,·(–]+$/, '')} …`;
}
