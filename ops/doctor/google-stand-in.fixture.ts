/** Answers as Google's Rules, Firestore Admin and Storage APIs would for a project whose state the test sets. */

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export const ACCESS_TOKEN = 'token-of-the-operator';

export interface GoogleProject {
  /** Contents of the released rules by release name, such as `cloud.firestore`. */
  rules: Record<string, string>;
  indexes: unknown[];
  fields: unknown[];
  /** Bucket metadata by name. */
  buckets: Record<string, unknown>;
  /** How far the stand-in's clock is ahead of this machine's (ms). */
  clockAheadMs?: number;
}

export interface GoogleStandIn {
  /** http://127.0.0.1:port */
  readonly url: string;
  stop(): Promise<void>;
}

/** Serves the state of `project` at each request. A page of indexes holds one index. */
export async function startGoogle(projectId: string, project: GoogleProject): Promise<GoogleStandIn> {
  const groups = `/v1/projects/${projectId}/databases/(default)/collectionGroups/-`;

  function answer(path: string, query: URLSearchParams): unknown {
    const release = /\/releases\/(.+)$/.exec(path)?.[1];
    if (release && project.rules[release] !== undefined) {
      return { rulesetName: `projects/${projectId}/rulesets/${Buffer.from(release).toString('hex')}` };
    }
    const ruleset = /\/rulesets\/(\w+)$/.exec(path)?.[1];
    if (ruleset) {
      const content = project.rules[Buffer.from(ruleset, 'hex').toString()];
      return { source: { files: [{ name: 'rules', content }] } };
    }
    if (path === `${groups}/indexes`) {
      const at = Number(query.get('pageToken') ?? 0);
      const more = at + 1 < project.indexes.length;
      return { indexes: project.indexes.slice(at, at + 1), ...(more && { nextPageToken: String(at + 1) }) };
    }
    if (path === `${groups}/fields` && query.get('filter')?.includes('usesAncestorConfig:false')) {
      return { fields: project.fields };
    }
    const bucket = /^\/storage\/v1\/b\/([^/]+)$/.exec(path)?.[1];
    return bucket && project.buckets[bucket];
  }

  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url!, 'http://google');
    const path = decodeURIComponent(pathname);
    const known = path.startsWith('/storage/') || request.headers.authorization === `Bearer ${ACCESS_TOKEN}`;
    const body = known ? answer(path, searchParams) : undefined;
    const status = known ? (body === undefined ? 404 : 200) : 403;
    response
      .writeHead(status, {
        'content-type': 'application/json',
        date: new Date(Date.now() + (project.clockAheadMs ?? 0)).toUTCString(),
      })
      .end(
        JSON.stringify(
          body ?? { error: { code: status, status: known ? 'NOT_FOUND' : 'PERMISSION_DENIED' } },
        ),
      );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
