import { describe, expect, it } from 'vitest';
import type { AuditLog } from '../../worker/src/audit/ports.ts';
import { decodeAudit } from './decode-audit.ts';

/** An audit log whose writes end when the test ends them. */
function slowLog() {
  const appended: [chain: string, detail: unknown][] = [];
  const ends: (() => void)[] = [];
  const log: AuditLog = {
    append: (chain, { detail }) => {
      appended.push([chain, detail]);
      return new Promise((resolve) => ends.push(resolve));
    },
  };
  let keys = 0;
  const record = decodeAudit(
    log,
    () => `${++keys}`,
    () => '2026-11-23T00:00:00Z',
  );
  return { appended, ends, record };
}

const look = (workflowId: string | undefined, payloads = 1) => ({ operator: 'olga', workflowId, payloads });
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('a look at payloads', () => {
  it('is written to the chain of the scan, and to the own chain when there is none', async () => {
    const { appended, record } = slowLog();
    void record(look('daily-scan-s1'));
    void record(look('delete-scan-s2'));
    void record(look('export-data-u1'));
    void record(look(undefined));
    await settled();
    expect(appended).toEqual([
      ['s1', { payloads: 1, workflowId: 'daily-scan-s1' }],
      ['s2', { payloads: 1, workflowId: 'delete-scan-s2' }],
      ['operator:olga', { payloads: 1, workflowId: 'export-data-u1' }],
    ]);
  });

  it('waits for the write before it, together with those that come meanwhile', async () => {
    const { appended, ends, record } = slowLog();
    const looks = [record(look('daily-scan-s', 2))];
    await settled();
    looks.push(record(look('daily-scan-s', 3)), record(look('daily-scan-s', 4)));
    await settled();
    expect(appended).toHaveLength(1);
    ends[0]!();
    await settled();
    expect(appended.map(([, detail]) => detail)).toEqual([
      { payloads: 2, workflowId: 'daily-scan-s' },
      { payloads: 7, workflowId: 'daily-scan-s' },
    ]);
    ends[1]!();
    await Promise.all(looks);
  });

  it('that cannot be written fails, and the next one is tried', async () => {
    let broken = true;
    const log: AuditLog = { append: async () => (broken ? Promise.reject(new Error('away')) : undefined) };
    const record = decodeAudit(
      log,
      () => 'k',
      () => 'now',
    );
    await expect(record(look('daily-scan-s'))).rejects.toThrow('away');
    broken = false;
    await record(look('daily-scan-s'));
  });
});
