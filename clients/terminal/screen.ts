/** Shows a scan while it runs: redrawn in place on a terminal, line by line anywhere else. */

import type { Scan, ScanSnapshot } from '@reddyfit/client';
import { createLogUpdate } from 'log-update';
import { changes } from './changes.ts';
import { type Paint, paintFor } from './paint.ts';
import { render, sending } from './render.ts';

export interface Screen {
  readonly paint: Paint;
  /** Columns; 100 where there is no terminal. */
  readonly width: number;
  /** Writes a line that stays. */
  say(line: string): void;
  /** Shows what is being done before there is a scan. */
  wait(line: string): void;
  show(snapshot: ScanSnapshot): void;
  /** Ends the drawing and leaves the last state on the screen. A second call does nothing. */
  close(): void;
}

const FRAME_MS = 80;
const PLAIN_WIDTH = 100;

/**
 * Opens a screen on `stream`. When the signal aborts, the drawing ends in its present state, so that others may write
 * below it.
 */
export function openScreen(stream: NodeJS.WriteStream, signal?: AbortSignal): Screen {
  const paint = paintFor(stream);
  const say = (line: string) => void stream.write(`${line}\n`);
  return stream.isTTY ? drawnScreen(stream, paint, say, signal) : plainScreen(paint, say);
}

function plainScreen(paint: Paint, say: Screen['say']): Screen {
  let before: Scan | null = null;
  let sent: string | null = null;
  return {
    paint,
    width: PLAIN_WIDTH,
    say,
    wait: say,
    show(snapshot) {
      const { scan, phase } = snapshot;
      if (scan) {
        for (const line of changes(before, scan, new Date())) say(line);
        before = scan;
      } else if (phase !== sent) {
        sent = phase;
        const line = sending({ ...snapshot, upload: null });
        if (line) say(line);
      }
    },
    close: () => undefined,
  };
}

function drawnScreen(
  stream: NodeJS.WriteStream,
  paint: Paint,
  say: Screen['say'],
  signal: AbortSignal | undefined,
): Screen {
  const update = createLogUpdate(stream);
  let waiting: string | null = null;
  let latest: ScanSnapshot | null = null;
  let ticking: NodeJS.Timeout | undefined;
  const draw = () => {
    const width = stream.columns;
    if (latest?.scan) update(render(latest.scan, new Date(), { paint, width, ...latest }).join('\n'));
    else update((latest && sending(latest)) ?? waiting ?? '');
  };
  const start = () => {
    ticking ??= setInterval(draw, FRAME_MS);
    draw();
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
    say(line) {
      // The line is written above the drawing.
      if (ticking) update.clear();
      say(line);
      if (ticking) draw();
    },
    wait(line) {
      waiting = line;
      start();
    },
    show(snapshot) {
      latest = snapshot;
      waiting = null;
      start();
    },
    close() {
      if (!ticking) return;
      draw();
      if (!latest?.scan) update.clear();
      end();
    },
  };
}
