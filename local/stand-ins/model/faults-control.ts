/**
 * `/__faults` of the stand-in: POST puts a fault in place, GET lists the faults that have not struck yet, DELETE removes all
 * of them, or those of one user (`?whose=`).
 */

import { json } from 'node:stream/consumers';
import type { Mountable } from '@copilotkit/aimock';
import { faultRequest, type Faults } from './faults.ts';

/** The control endpoint, mounted in aimock. */
export function faultsControl(faults: Faults): Mountable {
  return {
    async handleRequest(req, res) {
      const send = (status: number, body: unknown) => {
        res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
        return true;
      };
      switch (req.method) {
        case 'GET':
          return send(200, { faults: faults.list() });
        case 'DELETE':
          faults.clear(new URL(req.url!, 'http://stand-in').searchParams.get('whose') ?? undefined);
          return send(200, { faults: faults.list() });
        case 'POST': {
          const parsed = faultRequest.safeParse(await json(req).catch(() => undefined));
          if (!parsed.success) return send(400, { error: parsed.error.issues });
          faults.add(parsed.data);
          return send(201, { faults: faults.list() });
        }
        default:
          return send(405, { error: 'GET, POST or DELETE' });
      }
    },
  };
}
