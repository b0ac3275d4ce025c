import { elapsedMs, timeLeftMs } from '@reddyfit/client';
import { Timestamp } from 'firebase-admin/firestore';
import { describe, expect, it } from 'vitest';
import { changes } from './changes.ts';
import { render, sending } from './render.ts';
import { ENGLISH } from './wording.ts';
import {
  at,
  completed,
  failed,
  measured,
  processing,
  rejected,
  retrying,
  submitted,
} from './sample-scans.fixture.ts';

describe('live view', () => {
  it('shows a submitted scan before the server has touched it', () => {
    const lines = render(submitted, at(0.4));
    expect(lines[0]).toContain('0%   submitted   0.4 s');
    expect(lines).toHaveLength(9);
  });

  it('shows what runs, for how long, and the numbers that have arrived', () => {
    const lines = render(processing, at(21), { etaSeconds: 85, connection: 'live' }).join('\n');
    expect(lines).toContain('15%   processing   21 s   about 1 min 25 s left');
    expect(lines).toMatch(/✔ Photo quality +15 s   all four photos accepted/);
    expect(lines).toMatch(/. Body composition +20 s$/m);
    expect(lines).toMatch(/✔ Hydration +15 s   2\.\d L \(\d+ fl oz\) of water a day/);
    expect(lines).toMatch(/· Nutrition$/m);
  });

  it('learns the time left from the steps that are done', () => {
    // half the nominal times: 105 s of estimation, change and insights are left, less the 20 s that estimation has run
    expect(timeLeftMs(processing, at(21))).toBe(85_000);
    expect(timeLeftMs(submitted, at(1))).toBeNull();
  });

  it('says which attempt comes when', () => {
    expect(render(retrying, at(22)).join('\n')).toMatch(
      /↻ Body composition +21 s   retrying, attempt 2 in 4 s/,
    );
    expect(render(retrying, at(27)).join('\n')).toContain('retrying, attempt 2 now');
  });

  it('shows every step of a completed scan with its number, and no time left', () => {
    const lines = render(completed, at(500));
    expect(lines[0]).toContain('100%   completed   3 min 34 s');
    expect(lines[0]).not.toContain('left');
    expect(lines.slice(2).every((line) => line.startsWith('  ✔'))).toBe(true);
    expect(lines.join('\n')).toContain('20.4% body fat (18.5–22.3)');
    expect(lines.join('\n')).toContain('−0.4 points (may be chance), −1.2 lb in 31 days');
  });

  it('says where the body fat came from, the weightiest first', () => {
    expect(render(measured, at(500)).join('\n')).toContain(
      '20.4% body fat (14.3–26.5) · measured + earlier scan',
    );
  });

  it('names the photos of a rejected scan', () => {
    const lines = render(rejected, at(20)).join('\n');
    expect(lines).toMatch(/✖ Photo quality +\S+ s   not accepted: left, right/);
    expect(lines).not.toContain('✔ Photo quality');
    expect(lines).toMatch(/– Body composition +not run/);
  });

  it('shows the failed step with its sentence', () => {
    expect(render(failed, at(90)).join('\n')).toMatch(
      /✖ Body composition +59 s   The analysis is not available/,
    );
  });

  it.each([40, 60, 80])('never draws a line wider than a terminal of %i columns', (width) => {
    for (const scan of [submitted, processing, retrying, completed, measured, rejected, failed])
      for (const connection of ['live', 'stale', 'offline'] as const)
        for (const line of render(scan, at(21), { width, etaSeconds: 85, connection }))
          expect(line.length, line).toBeLessThanOrEqual(width);
  });

  it.each([60, 80])('breaks no sentence off once a scan has ended, in %i columns', (width) => {
    const whole = (lines: string[]) => lines.join(' ').replaceAll(/\s+/g, ' ');
    const wide = whole(render(completed, at(500), { width: 400 }).slice(1));
    const narrow = render(completed, at(500), { width });
    expect(whole(narrow.slice(1))).toBe(wide);
    expect(narrow.length).toBeGreaterThan(9);
    expect(narrow.join('')).not.toContain('…');
  });

  it('has one line for each step of a scan that runs, cut at a word', () => {
    const { completedAt: _, ...going } = { ...measured, status: 'processing' as const };
    const lines = render(going, at(21), { width: 60 });
    expect(lines).toHaveLength(9);
    const [cut] = lines.filter((line) => line.includes('Body composition'));
    const note = '20.4% body fat (14.3–26.5) · measured + earlier scan';
    const left = cut!.replace(/ …$/, '');
    expect(cut).toMatch(/ …$/);
    expect(note.split(' ')).toContain(left.split(' ').at(-1));
    expect(left).toContain(note.slice(0, 14));
  });

  it('says below the bar that a scan waits for others, in no more than the width there is', () => {
    const waiting = { etaSeconds: 330, busyMinutes: 2, connection: 'live' } as const;
    const [bar, below] = render(processing, at(21), { width: 80, ...waiting });
    expect(below).toBe('  Busy: about 2 minutes until yours begins.');
    expect(bar).not.toContain('left');
    const [, narrow] = render(processing, at(21), { width: 30, ...waiting });
    expect(narrow!.length).toBeLessThanOrEqual(30);
    expect(narrow).toMatch(/^ {2}Busy: about 2 minutes .*…$/);
    expect(render(processing, at(21), { width: 80, busyMinutes: null })[1]).toBe('');
  });

  it('says that a scan waits for longer than was estimated once that time has passed by the clock of the server', () => {
    const startsAt = Timestamp.fromDate(at(60));
    const busy = { startsAt, message: 'Busy.', messageCode: 'busy', params: { minutes: 1 } };
    const below = (seconds: number, serverLeadMs = 0) =>
      render({ ...processing, busy }, at(seconds), { width: 100, busyMinutes: 1, serverLeadMs })[1];
    expect(below(59)).toBe('  Busy: about 1 minute until yours begins.');
    const time = new Intl.DateTimeFormat(ENGLISH.reader.locale, { timeStyle: 'short' }).format(at(0));
    const late = `  It takes longer than was estimated at ${time}, when you sent the scan.`;
    expect(below(60)).toBe(late);
    expect(below(50, 10_000)).toMatch(/^ {2}It takes longer/);
    expect(below(61, -10_000)).toMatch(/^ {2}Busy/);
  });

  it('says no time while the server is not heard', () => {
    const [offline] = render(processing, at(21), { width: 80, etaSeconds: 85, connection: 'offline' });
    expect(offline).toMatch(/processing   21 s   no network$/);
    const [stale] = render(processing, at(21), { width: 80, etaSeconds: 85, connection: 'stale' });
    expect(stale).toMatch(/the server is not heard$/);
    const [ended] = render(completed, at(500), { width: 80, etaSeconds: null, connection: 'offline' });
    expect(ended).toMatch(/completed   3 min 34 s$/);
  });

  it('says what becomes of the photos before there is a scan', () => {
    const upload = { sentBytes: 300, totalBytes: 1000, arrived: [] };
    expect(sending({ phase: 'preparing', upload: null, connection: 'stale' })).toBe(
      '  Preparing four photos …',
    );
    expect(sending({ phase: 'uploading', upload, connection: 'live' })).toBe('  Sending four photos … 30%');
    expect(sending({ phase: 'uploading', upload, connection: 'offline' })).toContain('no network');
    expect(sending({ phase: 'processing', upload, connection: 'live' })).toBeNull();
  });

  it('counts no time for a step whose clock is ahead', () => {
    expect(elapsedMs(processing.steps!.estimation, at(0))).toBe(0);
  });
});

describe('plain lines', () => {
  it('say each change once', () => {
    expect(changes(null, submitted, at(0.2))).toEqual(['       0.2 s  scan submitted']);
    expect(changes(processing, processing, at(21))).toEqual([]);
    expect(changes(processing, retrying, at(22))).toEqual([
      '        22 s  Body composition: retrying, attempt 2 in 4 s',
    ]);
    expect(changes(submitted, rejected, at(9))).toContain(
      '       9.0 s  Photo quality completed: not accepted: left, right',
    );
  });
});
