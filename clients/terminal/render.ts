/** The live view of a scan: one line per step, a bar and the time left. Pure. */

import { elapsedMs, timeLeftMs } from '@reddyfit/client';
import type { Scan, ScanStep } from '@reddyfit/shared/scan/document';
import { isTerminal, type ScanStatus } from '@reddyfit/shared/scan/statuses';
import { STEP_NAMES, type StepName } from '@reddyfit/shared/scan/steps';
import { type Colour, type Paint, plain } from './paint.ts';
import type { Speaker } from '@reddyfit/shared/words/speaker';
import { finding } from '@reddyfit/shared/words/findings';
import { duration, ENGLISH, stepTitle } from './wording.ts';

export interface View {
  readonly paint?: Paint;
  /** In whose words. */
  readonly speaker?: Speaker;
  /** Columns of the terminal. */
  readonly width?: number;
}

const SPINNER = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const SPINNER_FRAME_MS = 80;
const BAR_CELLS = 26;
const TIME_WIDTH = 11;

const STATUS_COLOUR: Record<ScanStatus, Colour> = {
  submitted: 'dim',
  queued: 'cyan',
  processing: 'cyan',
  completed: 'green',
  rejected: 'yellow',
  failed: 'red',
  canceled: 'yellow',
};

/** The lines of a scan at the moment `now`. */
export function render(
  scan: Scan,
  now: Date,
  { paint = plain, width = 100, speaker = ENGLISH }: View = {},
): string[] {
  return [
    overview(scan, now, paint),
    '',
    ...STEP_NAMES.map((name) => stepLine(name, scan, now, { paint, width, speaker })),
  ];
}

function overview(scan: Scan, now: Date, paint: Paint): string {
  const share = (scan.progress ?? 0) / 100;
  const filled = Math.round(share * BAR_CELLS);
  const bar = paint('cyan', '━'.repeat(filled)) + paint('dim', '─'.repeat(BAR_CELLS - filled));
  const end = scan.completedAt?.toMillis() ?? now.getTime();
  const left = isTerminal(scan.status) ? null : timeLeftMs(scan, now);
  return [
    `  ${bar} ${String(scan.progress ?? 0).padStart(3)} %`,
    paint(STATUS_COLOUR[scan.status], scan.status),
    duration(end - scan.createdAt.toMillis()),
    ...(left === null ? [] : [paint('dim', `about ${duration(left)} left`)]),
  ].join('   ');
}

function stepLine(name: StepName, scan: Scan, now: Date, { paint, width, speaker }: Required<View>): string {
  const titleWidth = Math.max(...STEP_NAMES.map((step) => stepTitle(step, speaker).length));
  const step = scan.steps?.[name] ?? { state: 'pending', attempt: 0 };
  const [symbol, colour] = mark(step, now);
  const time = step.startedAt ? duration(elapsedMs(step, now)) : '';
  const left = `  ${paint(colour, symbol)} ${stepTitle(name, speaker).padEnd(titleWidth)} ${paint('dim', time.padStart(TIME_WIDTH))}   `;
  const room = width - (4 + titleWidth + 1 + TIME_WIDTH + 3);
  const note = shorten(stepNote(name, step, scan, now, speaker), room);
  return (left + (step.state === 'completed' ? note : paint(colour, note))).trimEnd();
}

function mark({ state }: ScanStep, now: Date): [symbol: string, colour: Colour] {
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

/** What there is to say of a step besides its state. */
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

function shorten(text: string, room: number): string {
  return text.length <= room ? text : `${text.slice(0, Math.max(0, room - 1)).trimEnd()}…`;
}
