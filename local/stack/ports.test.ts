import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { freePort, reservePorts } from './ports.ts';

const allFree = async () => true;
const nobodyElse = () => ({ release() {} });

describe('reservePorts', () => {
  it('gives the usual ports when they are free', async () => {
    const { ports } = await reservePorts({ temporal: 7233, hub: 4400 }, allFree, nobodyElse);
    expect(ports).toEqual({ temporal: 7233, hub: 4400 });
  });

  it('moves a taken port to the next free one', async () => {
    const taken = new Set([7233, 7234]);
    const { ports } = await reservePorts({ temporal: 7233 }, async (port) => !taken.has(port), nobodyElse);
    expect(ports.temporal).toBe(7235);
  });

  it('never gives one port to two parts', async () => {
    const { ports } = await reservePorts({ a: 9000, b: 9000, c: 9001 }, allFree, nobodyElse);
    expect(ports).toEqual({ a: 9000, b: 9001, c: 9002 });
  });

  it('passes over a port that another launcher is about to use', async () => {
    const theirs = new Set([4400]);
    const reserve = (port: number) => (theirs.has(port) ? null : { release() {} });
    const { ports } = await reservePorts({ hub: 4400 }, allFree, reserve);
    expect(ports.hub).toBe(4401);
  });

  it('keeps reservations of what it gave only, until they are released', async () => {
    const held = new Set<number>();
    const reserve = (port: number) => {
      held.add(port);
      return { release: () => void held.delete(port) };
    };
    const { release } = await reservePorts({ hub: 4400 }, async (port) => port !== 4400, reserve);
    expect([...held]).toEqual([4401]);
    release();
    expect([...held]).toEqual([]);
  });

  describe('on this machine', () => {
    const server = createServer();
    afterEach(() => server.close());

    it('sees what listens, on whichever address', async () => {
      const port = await new Promise<number>((resolve) => {
        server.listen(0, '0.0.0.0', () => resolve((server.address() as { port: number }).port));
      });
      const { ports, release } = await reservePorts({ any: port });
      release();
      expect(ports.any).toBeGreaterThan(port);
    });
  });

  it('keeps the port of a single server from whoever asks later, and from whoever asks for any', async () => {
    const port = await freePort();
    expect(port).toBeLessThan(32_768);
    const { ports, release } = await reservePorts({ any: port });
    release();
    expect(ports.any).toBeGreaterThan(port);
  });
});
