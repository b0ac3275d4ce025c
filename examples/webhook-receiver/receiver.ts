/** Receives ReddyFit webhooks: verifies each one, answers at once, and lists the received ones at GET /received. */

import { createServer, type Server } from 'node:http';
import { Webhook } from 'standardwebhooks';

/** One request. A repeated `id` is the same event again, which must be processed only once. */
export type Received = { id: string; at: string; verified: boolean; event: unknown };

/** `secret` is the endpoint's `whsec_…`. */
export function webhookReceiver(secret: string): Server {
  const webhook = new Webhook(secret);
  const received: Received[] = [];
  return createServer(async (request, response) => {
    if (request.method === 'GET') return void response.end(JSON.stringify(received));
    const headers = request.headers as Record<string, string>;
    // The signature is that of the exact bytes: JSON that was parsed and serialised again would have another signature.
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
      // The request came from another sender, was changed on its way, or is older than five minutes.
    }
    response.writeHead(entry.verified ? 204 : 401).end();
  });
}

if (import.meta.main) webhookReceiver(process.env.WEBHOOK_SECRET!).listen(Number(process.env.PORT ?? 4030));
