/**
 * Loaded into a server of the stack before it starts, so that the server refuses requests from pages of other sites.
 * Unchanged, firebase-tools and the model stand-in let every page that is open in a browser of this machine read and
 * write, accounts and photos included. Programs send no Origin and are answered. A page that makes its own name resolve
 * to this address (DNS rebinding) is recognised by the Host header.
 */

import { type IncomingMessage, Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { isOwnPage } from './is-own-page.ts';

const REFUSAL = 'Only programs and pages of this machine are answered.\n';

const emit = Server.prototype.emit as (this: Server, event: string, ...args: unknown[]) => boolean;

Server.prototype.emit = function (this: Server, event: string, ...args: unknown[]): boolean {
  const [request, answer] = args as [IncomingMessage, unknown];
  if (/^(request|checkContinue|checkExpectation)$/.test(event) && !isOwnPage(request.headers)) {
    (answer as ServerResponse).writeHead(403, { 'content-type': 'text/plain' }).end(REFUSAL);
    return true;
  }
  if (event === 'upgrade' && !isOwnPage(request.headers)) {
    (answer as Socket).end(`HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n${REFUSAL}`);
    return true;
  }
  return emit.call(this, event, ...args);
} as typeof Server.prototype.emit;
