import { once } from 'node:events';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { webhookHttp } from './webhook-http.ts';
import type { Resolve } from './webhook-target.ts';

const message = { headers: { 'content-type': 'application/json', 'webhook-id': 'event-1' }, body: '{"a":1}' };
const never = new AbortController().signal;

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

async function listening(server: Server, host: string, port: number): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  server.listen(port, host);
  await once(server, 'listening');
  closing.push(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  });
  return (server.address() as AddressInfo).port;
}

/** An HTTP server on loopback; resolves with its port. */
const http = (answer: RequestListener, host = '127.0.0.1', port = 0) =>
  listening(createHttpServer(answer), host, port);

/** A TCP server whose connections `talk` handles. */
const tcp = (talk: (socket: Socket) => void) => listening(createServer(talk), '127.0.0.1', 0);

const toLoopback: Resolve = async () => [{ address: '127.0.0.1', family: 4 }];
const hangs: Resolve = () => new Promise(() => undefined);

const local = (options: { timeoutMs?: number; resolve?: Resolve } = {}) =>
  webhookHttp({ allowLoopback: true, ...options });

describe('a webhook request', () => {
  it('is a POST of the very bytes, with the headers given', async () => {
    let seen: unknown;
    const port = await http(async (request, response) => {
      const chunks = await request.toArray();
      const { method, url, headers } = request;
      seen = {
        method,
        url,
        body: Buffer.concat(chunks).toString(),
        id: headers['webhook-id'],
        host: headers.host,
      };
      response.end('thanks');
    });
    const answer = await local().send(`http://127.0.0.1:${port}/hook?x=1`, message, never);
    expect(answer).toEqual({ status: 200, error: null, answer: 'thanks', ms: expect.any(Number) });
    expect(seen).toEqual({
      method: 'POST',
      url: '/hook?x=1',
      body: '{"a":1}',
      id: 'event-1',
      host: `127.0.0.1:${port}`,
    });
  });

  it('goes to the address that was checked, whatever the name leads to a moment later', async () => {
    const asked: string[] = [];
    const trapped: string[] = [];
    const port = await http((request, response) => {
      asked.push(request.headers.host!);
      response.end('partner');
    });
    await http(() => trapped.push('request'), '127.0.0.2', port);
    let looks = 0;
    const rebinding: Resolve = async () => [
      { address: (looks += 1) === 1 ? '127.0.0.1' : '127.0.0.2', family: 4 },
    ];
    const sender = local({ resolve: rebinding });
    expect(await sender.send(`http://partner.test:${port}/`, message, never)).toMatchObject({
      status: 200,
      answer: 'partner',
    });
    expect({ looks, asked, trapped }).toEqual({ looks: 1, asked: [`partner.test:${port}`], trapped: [] });
  });

  it('never reaches this machine by a name that was public when it was checked', async () => {
    const trapped: string[] = [];
    const port = await http(() => trapped.push('request'));
    expect(
      await webhookHttp({ resolve: toLoopback }).send('https://partner.test:8443/', message, never),
    ).toMatchObject({
      status: null,
      error: 'address_refused',
    });
    expect(await webhookHttp().send(`http://127.0.0.1:${port}/`, message, never)).toMatchObject({
      error: 'url_refused',
    });
    expect(trapped).toEqual([]);
  });

  it("asks for the certificate of the URL's name, and takes no other", async () => {
    let hello = '';
    const port = await tcp((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', (bytes: Buffer) => {
        hello = bytes.toString('latin1');
        socket.destroy();
      });
    });
    const answer = await local({ resolve: toLoopback }).send(`https://partner.test:${port}/`, message, never);
    expect(answer.error).toBe('reset');
    expect(hello).toContain('partner.test');
  });

  it('does not follow a redirect, not even to where it may go', async () => {
    const asked: (string | undefined)[] = [];
    const port = await http((request, response) => {
      asked.push(request.url);
      const location = request.url === '/metadata' ? 'http://169.254.169.254/latest/meta-data/' : '/other';
      response.writeHead(302, { location }).end();
    });
    for (const path of ['/metadata', '/same']) {
      expect(await local().send(`http://127.0.0.1:${port}${path}`, message, never)).toMatchObject({
        status: 302,
      });
    }
    expect(asked).toEqual(['/metadata', '/same']);
  });

  it('uses no proxy of the environment', async () => {
    const proxied: string[] = [];
    const proxy = await http((_, response) => {
      proxied.push('request');
      response.end();
    });
    const port = await http((_, response) => response.end('direct'));
    const before = { ...process.env };
    Object.assign(process.env, {
      HTTP_PROXY: `http://127.0.0.1:${proxy}`,
      http_proxy: `http://127.0.0.1:${proxy}`,
    });
    const answer = await local().send(`http://127.0.0.1:${port}/`, message, never);
    process.env = before;
    expect(answer.answer).toBe('direct');
    expect(proxied).toEqual([]);
  });
});

describe('what a receiver may do to us', () => {
  it('hang: it has its time and no more', async () => {
    const port = await http(() => undefined);
    const answer = await local({ timeoutMs: 300 }).send(`http://127.0.0.1:${port}/`, message, never);
    expect(answer).toMatchObject({ status: null, error: 'timeout' });
    expect(answer.ms).toBeLessThan(3000);
  });

  it('send its status byte by byte: all of it within that time', async () => {
    const port = await tcp((socket) => {
      const status = 'HTTP/1.1 200 OK\r\nx-slow: '[Symbol.iterator]();
      const drip = setInterval(() => socket.write(status.next().value ?? '.'), 20);
      socket.on('error', () => undefined).on('close', () => clearInterval(drip));
    });
    expect(await local({ timeoutMs: 400 }).send(`http://127.0.0.1:${port}/`, message, never)).toMatchObject({
      status: null,
      error: 'timeout',
    });
  });

  it('drip its body without end: the status counts, and its time is short', async () => {
    const port = await http((_, response) => {
      response.writeHead(204 + 1);
      const drip = setInterval(() => response.write('.'), 50);
      response.on('close', () => clearInterval(drip));
    });
    const answer = await local().send(`http://127.0.0.1:${port}/`, message, never);
    expect(answer).toMatchObject({ status: 205, error: null, answer: expect.stringMatching(/^\.+$/) });
    expect(answer.ms).toBeLessThan(10_000);
  });

  it.each([
    ['cut', 'content-length: 100\r\n\r\nhalf'],
    ['broken', 'transfer-encoding: chunked\r\n\r\nnot a size\r\n'],
    ['of two lengths', 'transfer-encoding: chunked\r\n\r\n5\r\nhalf'],
    ['empty where one was promised', 'content-length: 5\r\n\r\n'],
  ])('send a body that is %s: the status counts', async (_, rest) => {
    for (const [line, status] of [
      ['200 OK', 200],
      ['410 Gone', 410],
    ] as const) {
      const port = await tcp((socket) => {
        socket.on('error', () => undefined);
        socket.once('data', () => socket.end(`HTTP/1.1 ${line}\r\n${rest}`));
      });
      const answer = await local().send(`http://127.0.0.1:${port}/`, message, never);
      expect(answer).toMatchObject({ status, error: null });
    }
  });

  it('have a name server that hangs', async () => {
    expect(
      await local({ timeoutMs: 200, resolve: hangs }).send('https://partner.test/', message, never),
    ).toMatchObject({
      error: 'timeout',
    });
  });

  it('reset the connection, or close it', async () => {
    const resets = await tcp((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.resetAndDestroy());
    });
    const closes = await tcp((socket) => void socket.once('data', () => socket.end()));
    for (const port of [resets, closes]) {
      expect(await local().send(`http://127.0.0.1:${port}/`, message, never)).toMatchObject({
        error: 'reset',
      });
    }
  });

  it('not listen', async () => {
    const port = await http(() => undefined);
    await Promise.all(closing.splice(0).map((close) => close()));
    expect(await local().send(`http://127.0.0.1:${port}/`, message, never)).toMatchObject({
      error: 'connect',
    });
  });

  it('speak something else', async () => {
    const port = await tcp((socket) => void socket.once('data', () => socket.end('SSH-2.0-OpenSSH_9.9\r\n')));
    expect(await local().send(`http://127.0.0.1:${port}/`, message, never)).toMatchObject({
      error: 'protocol',
    });
  });

  it('answer without end: it is left once enough was read', async () => {
    let sent = 0;
    const chunk = Buffer.alloc(16_384, 'x');
    const port = await http((_, response) => {
      response.writeHead(200);
      const pour = () => {
        while (!response.destroyed && response.write(chunk)) sent += chunk.length;
      };
      response.on('drain', pour);
      pour();
    });
    const answer = await local().send(`http://127.0.0.1:${port}/`, message, never);
    expect(answer).toMatchObject({ status: 200, error: null });
    expect(answer.answer).toMatch(/^x{0,256}$/);
    // `sent` includes what the socket's buffers took but the client did not read.
    expect(sent).toBeLessThan(20_000_000);
  });

  it('answer with a bomb: no more of it is inflated than is read of others', async () => {
    const bomb = gzipSync(Buffer.alloc(256 * 1024 * 1024, 'y'), { level: 9 });
    const twice = gzipSync(bomb, { level: 9 });
    const port = await http((request, response) => {
      const [encoding, body] = request.url === '/twice' ? ['gzip, gzip', twice] : ['gzip', bomb];
      response.writeHead(request.url === '/500' ? 500 : 200, { 'content-encoding': encoding }).end(body);
    });
    for (const [path, status] of [
      ['/', 200],
      ['/500', 500],
      ['/twice', 200],
    ] as const) {
      const before = process.memoryUsage().rss;
      const answer = await local().send(`http://127.0.0.1:${port}${path}`, message, never);
      expect(answer).toMatchObject({ status, error: null });
      expect(answer.answer).toMatch(/^y{0,256}$/);
      expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
    }
  });

  it('send what says it is gzip and is not', async () => {
    const port = await http((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end('not gzip');
    });
    expect(await local().send(`http://127.0.0.1:${port}/`, message, never)).toMatchObject({
      status: 200,
      error: null,
    });
  });

  it('ask to be left alone, in seconds or until a time', async () => {
    const port = await http((request, response) => {
      const until = new Date(Date.now() + 3_600_000).toUTCString();
      response.writeHead(503, { 'retry-after': request.url === '/until' ? until : '120' }).end();
    });
    const send = (path: string) => local().send(`http://127.0.0.1:${port}${path}`, message, never);
    expect((await send('/seconds')).retryAfterMs).toBe(120_000);
    expect((await send('/until')).retryAfterMs).toBeGreaterThan(3_500_000);
  });

  it('echo secrets and control characters: neither is kept', async () => {
    const signature = `v1,${Buffer.alloc(32, 7).toString('base64')}`;
    const port = await http((_, response) => {
      response.end(
        `no\u0000\n\u001b[31m\u202e whsec_${'A'.repeat(43)}= ${signature} Bearer abcdefgh12345 ${'ü'.repeat(999)}`,
      );
    });
    const { answer } = await local().send(`http://127.0.0.1:${port}/`, message, never);
    expect(answer).toMatch(/^no \[31m \[redacted\] \[redacted\] \[redacted\] ü+$/);
    expect(answer.length).toBe(256);
  });

  it('nothing, once the worker cancels', async () => {
    const port = await http(() => undefined);
    const cancel = new AbortController();
    const sending = local().send(`http://127.0.0.1:${port}/`, message, cancel.signal);
    cancel.abort(new Error('shutdown'));
    await expect(sending).rejects.toThrow('shutdown');
  });
});
