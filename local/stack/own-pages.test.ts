import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const SERVER = `
  const server = require('node:http').createServer((_, response) => response.end('secret'));
  server.on('upgrade', (_, socket) => socket.end('HTTP/1.1 101 Switching Protocols\\r\\n\\r\\n'));
  server.listen(0, '127.0.0.1', () => console.log(server.address().port));
`;

describe('a server that is started with own-pages.ts', () => {
  const module = new URL('own-pages.ts', import.meta.url).href;
  const server = spawn(process.execPath, [`--import=${module}`, '-e', SERVER], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let port: number;
  beforeAll(async () => {
    port = Number(String((await once(server.stdout, 'data'))[0]));
  });
  afterAll(() => server.kill('SIGKILL'));

  async function answer(headers: Record<string, string>): Promise<number | undefined> {
    const asked = request({ port, host: '127.0.0.1', headers }).end();
    const [response] = (await Promise.race([once(asked, 'response'), once(asked, 'upgrade')])) as [
      IncomingMessage,
    ];
    response.resume();
    return response.statusCode;
  }

  it('answers programs, and pages of this machine', async () => {
    expect(await answer({})).toBe(200);
    expect(await answer({ origin: 'http://localhost:5000' })).toBe(200);
  });

  it('tells pages of other sites nothing, also over a WebSocket', async () => {
    const origin = 'https://other.example';
    expect(await answer({ origin })).toBe(403);
    const socket = { connection: 'upgrade', upgrade: 'websocket' };
    expect(await answer(socket)).toBe(101);
    expect(await answer({ ...socket, origin })).toBe(403);
  });
});
