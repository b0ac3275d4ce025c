/** Shows a scan while it runs: drawn in place on a terminal, line by line anywhere else. */

import type { Scan } from '@reddyfit/shared/scan/document';
import { createLogUpdate } from 'log-update';
import { changes } from './changes.ts';
import { type Paint, paintFor } from './paint.ts';
import { render } from './render.ts';

export interface Screen {
  readonly paint: Paint;
  /** Columns (100 where there is no terminal). */
  readonly width: number;
  /** A line that stays. */
  say(line: string): void;
  show(scan: Scan): void;
  /** Leaves the last state on the screen. Again: nothing. */
  close(): void;
}

const FRAME_MS = 80;
const PLAIN_WIDTH = 100;

/** Draws to `stream`; the signal ends the drawing where it stands, so that others may write below it. */
export function openScreen(stream: NodeJS.WriteStream, signal?: AbortSignal): Screen {
  const paint = paintFor(stream);
  const say = (line: string) => void stream.write(`${line}\n`);
  if (!stream.isTTY) {
    let before: Scan | null = null;
    return {
      paint,
      width: PLAIN_WIDTH,
      say,
      show(scan) {
        for (const line of changes(before, scan, new Date())) say(line);
        before = scan;
      },
      close: () => undefined,
    };
  }

  const update = createLogUpdate(stream);
  let latest: Scan | null = null;
  let ticking: NodeJS.Timeout | undefined;
  const draw = () => {
    if (latest) update(render(latest, new Date(), { paint, width: stream.columns }).join('\n'));
  };
  const end = () => {
    clearInterval(ticking);
    ticking = undefined;
    update.done();
  };
  signal?.addEventListener('abort', end, { once: true });
  return {
    paint,
    get width() {
      return stream.columns;
    },
    say,
    show(scan) {
      latest = scan;
      ticking ??= setInterval(draw, FRAME_MS);
      draw();
    },
    close() {
      if (!ticking) return;
      draw();
      end();
    },
  };
}
