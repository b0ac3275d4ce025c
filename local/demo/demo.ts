/** One scan by the demo client, from four photos to the push and the result. */

import { lbToKg } from '@reddyfit/shared/scan/measures';
import { WEIGHT_LB } from '@reddyfit/shared/scan/document';
import { demoUser, people, type Person } from '../../fixtures/seed/people.ts';
import type { StackFile } from '../stack/stack-file.ts';
import { signIn } from '@reddyfit/client/emulators';
import { followScan } from '../../clients/terminal/follow-scan.ts';
import { withIsoTimes } from '@reddyfit/shared/timestamps';
import { resultPage } from '../../clients/terminal/page.ts';
import { takePhotos } from './photos.ts';
import { receivedPush } from './push.ts';
import { openScreen } from '../../clients/terminal/screen.ts';
import { ENGLISH } from '../../clients/terminal/wording.ts';

export interface DemoOptions {
  /** Uid or email of a seeded user; the demo user when absent. */
  readonly user?: string;
  /** Folder with front.jpg, back.jpg, left.jpg and right.jpg; drawn when absent. */
  readonly photos?: string;
  /** Body weight (lb). */
  readonly weightLb?: number;
  /** Leaves stdout to the caller, who prints the document: progress goes to stderr, and no result page is drawn. */
  readonly json: boolean;
  /** Aborts the demo client; the stack goes on with the scan. */
  readonly signal?: AbortSignal;
}

export interface DemoResult {
  readonly completed: boolean;
  /** The final document, its timestamps as ISO 8601 text. */
  readonly document: unknown;
}

/** What the demo user's scale shows today (lb). */
const WEIGHT_TODAY_LB = 183.2;
const PUSH_TIMEOUT_MS = 15_000;
/**
 * How long the scan may stay unchanged (ms): longer than the longest step with the waits of its retries, at the seed's
 * pace.
 */
const QUIET_MS = 15 * 60_000;

/**
 * Signs in, uploads, writes the scan, follows it to its end and shows it. Throws for an unknown user, a weight out of
 * range or missing photos, when the stack refuses a request, and with the signal's reason when it is aborted. A scan that
 * ends in another status than completed does not throw: `completed` is false.
 */
export async function runDemoScan(stack: StackFile, options: DemoOptions): Promise<DemoResult> {
  const person = seededUser(options.user);
  const weightLb = options.weightLb ?? WEIGHT_TODAY_LB;
  if (!(weightLb >= WEIGHT_LB.min && weightLb <= WEIGHT_LB.max)) {
    throw new Error(`a weight is ${WEIGHT_LB.min} to ${WEIGHT_LB.max} lb, not ${weightLb}`);
  }
  const screen = openScreen(options.json ? process.stderr : process.stdout, options.signal);
  const closing: (() => void | Promise<void>)[] = [screen.close];
  try {
    // Drawing and signing in take seconds, in which somebody looks at the screen.
    screen.wait(options.photos === undefined ? '  Drawing four photos …' : '  Reading four photos …');
    const photos = await takePhotos(options.photos);
    screen.wait('  Signing in …');
    const { client, close } = await signIn(stack, person);
    closing.push(close);
    const handle = client.startScan({ photos, weight: { lb: weightLb } });
    const followed = followScan(handle, {
      onSnapshot: screen.show,
      quietMs: QUIET_MS,
      signal: options.signal,
    });
    // A refused scan never gets an id, and then only `followed` settles.
    const scanId = await Promise.race([handle.submitted, followed.then(() => handle.submitted)]);
    screen.say('');
    screen.say(`  ${screen.paint('bold', 'Scan')} ${scanId}`);
    screen.say(
      screen.paint(
        'dim',
        `  ${person.displayName} · ${ENGLISH.format.number(weightLb, 1)} lb (${ENGLISH.format.number(lbToKg(weightLb), 1)} kg) · four photos uploaded`,
      ),
    );
    screen.say('');
    const scan = await followed;
    screen.close();

    const push = await receivedPush(stack.fcm, scanId, {
      timeoutMs: PUSH_TIMEOUT_MS,
      signal: options.signal,
    });
    if (!options.json) for (const line of [...resultPage(scan, push, screen), '']) screen.say(line);
    return { completed: scan.status === 'completed', document: withIsoTimes(scan) };
  } finally {
    for (const each of closing) await each();
  }
}

function seededUser(user: string = demoUser.uid): Person {
  const person = people.find(({ uid, email }) => user === uid || user === email);
  if (person) return person;
  const known = people.map(({ uid, email }) => `${uid} (${email})`).join(', ');
  throw new Error(`no seeded user is called ${user}; there are ${known}`);
}
