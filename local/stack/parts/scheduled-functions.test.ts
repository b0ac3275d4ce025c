import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { cronOf, scheduledFunctions, startScheduled } from './scheduled-functions.ts';

it('knows when each function of a deployment runs', () => {
  expect(scheduledFunctions()).toEqual([
    { name: 'pruneDevices', cron: '0 4 * * *', timeZone: 'UTC' },
    { name: 'sweepScans', cron: '*/5 * * * *', timeZone: 'UTC' },
    { name: 'sweepSignIns', cron: '15 4 * * *', timeZone: 'UTC' },
  ]);
});

it.each(['every 7 minutes', 'every monday 09:00', '1st of month', 'every day 24:00'])(
  'refuses to guess when "%s" is',
  (schedule) => expect(() => cronOf(schedule)).toThrow(schedule),
);

it('runs a function at its times, also after a run that failed, and no more once it is stopped', async () => {
  const asked: string[] = [];
  let firstTwo = () => {};
  const twice = new Promise<void>((resolve) => (firstTwo = resolve));
  const emulator = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(asked.length === 1 ? 500 : 200).end('no database');
    if (asked.length === 2) firstTwo();
  }).listen(0, '127.0.0.1');
  await once(emulator, 'listening');
  const logs = mkdtempSync(join(tmpdir(), 'scheduled-'));
  onTestFinished(() => {
    emulator.close();
    rmSync(logs, { recursive: true });
  });
  const functions = `127.0.0.1:${(emulator.address() as AddressInfo).port}`;

  const everySecond = { name: 'sweepScans', cron: '* * * * * *', timeZone: 'UTC' };
  const stop = startScheduled([everySecond], { functions, projectId: 'demo', region: 'r' }, logs);
  await twice;
  stop();
  const lines = () => readFileSync(join(logs, 'scheduled-functions.log'), 'utf8').trimEnd().split('\n');
  await expect.poll(lines).toHaveLength(3);
  expect(asked).toEqual(Array(2).fill('POST /functions/projects/demo/triggers/r-sweepScans-0'));
  expect(lines()[0]).toMatch(/Z sweepScans runs next at \S+Z$/);
  expect(lines()[1]).toMatch(/Z sweepScans failed: sweepScans failed \(500\): no database$/);
  expect(lines()[2]).toMatch(/Z sweepScans ran$/);
});
