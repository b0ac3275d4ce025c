import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claim } from './claim.ts';
import { identify, parseProcStat } from './identity.ts';

describe('claim', () => {
  let dir: string;
  let path: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'claim-'));
    path = join(dir, 'lock');
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  it('is refused while its holder lives, and free once released', () => {
    const first = claim(path);
    expect(claim(path)).toEqual({ held: false, holder: identify(process.pid) });
    if (first.held) first.release();
    expect(claim(path).held).toBe(true);
  });

  it('passes from a process that is gone, though its pid is in use again', () => {
    writeFileSync(path, JSON.stringify({ pid: process.pid, started: 'before this process' }));
    expect(claim(path).held).toBe(true);
  });

  it('passes from a file that names nobody', () => {
    writeFileSync(path, '{"pid":');
    expect(claim(path).held).toBe(true);
  });

  it('leaves nothing but the file', () => {
    writeFileSync(path, '');
    claim(path);
    expect(readdirSync(dir)).toEqual(['lock']);
  });
});

const fields = (state: string) => `${state} 1 2 2 0 -1 4194304 100 0 0 0 5 6 0 0 20 0 1 0 987654 1000 10`;

describe('parseProcStat', () => {
  it('reads the start time behind a name with spaces and brackets', () => {
    expect(parseProcStat(`42 (a) b (c) ${fields('S')}`, 'boot')).toBe('boot:987654');
  });

  it('counts a zombie as gone', () => {
    expect(parseProcStat(`42 (node) ${fields('Z')}`, 'boot')).toBeNull();
  });
});
