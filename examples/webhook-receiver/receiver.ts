/** Receives ReddyFit webhooks: verifies each, answers at once, and lists at GET /received what came. */

import { createServer, type Server } from 'node:http';
import { Webhook } from 'standardwebhooks';

/** One request. The same `id` again is the same event again: work on it once. */
export type Received = { id: string; at: string; verified: boolean; event: unknown };

/** `secret` is the endpoint's `whsec_…`. */
export function webhookReceiver(secret: string): Server {
  const webhook = new Webhook(secret);
  const received: Received[] = [];
  return createServer(async (request, response) => {
    if (request.method === 'GET') return void response.end(JSON.stringify(received));
    const headers = request.headers as Record<string, string>;
    // The very bytes: JSON that was parsed and printed again has another signature.
    const body = Buffer.concat(await request.toArray()).toString();
    const entry: Received = {
      id: String(headers['webhook-id']),
      at: new Date().toISOString(),
      verified: false,
      event: null,
    };
    received.push(entry);
    try {
      entry.event = webhook.verify(body, headers);
      entry.verified = true;
    } catch {
      // Of another sender, changed on its way, or older than five minutes.
    }
    response.writeHead(entry.verified ? 204 : 401).end();
  });
}

if (import.meta.main) webhookReceiver(process.env.WEBHOOK_SECRET!).listen(Number(process.env.PORT ?? 4030));
