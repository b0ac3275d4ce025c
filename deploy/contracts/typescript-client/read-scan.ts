/** Reads a scan by the generated types. The argument is the server's address. */

import createClient from 'openapi-fetch';
import type { components, paths } from './api.ts';

/** Node's `process`, declared here because the client works without Node's types. */
declare const process: { argv: string[] };

// Compiles only while the type allows a status that is not known yet.
const status: components['schemas']['Scan']['status'] = 'paused' as string;

const client = createClient<paths>({ baseUrl: process.argv[2]! });
const { data } = await client.GET('/api/scan/{scanId}', { params: { path: { scanId: 'scan-1' } } });
const known = data?.status === 'completed' || data?.status === 'failed' ? 'ended' : data?.status;
console.log(known, data?.steps?.estimation.state, data?.results?.estimation?.flags?.[0], status);
