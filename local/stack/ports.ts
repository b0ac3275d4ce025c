/** Picks the ports of a stack: the usual ports, or the next free one where the usual port is taken. */

import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { claim } from '../processes/claim.ts';

/** The usual port of each part. */
export const USUAL_PORTS = {
  firestore: 8080,
  firestoreWebsocket: 9150,
  auth: 9099,
  functions: 5001,
  pubsub: 8085,
  hub: 4400,
  logging: 4500,
  eventarc: 9299,
  tasks: 9499,
  storage: 9199,
  temporal: 7233,
  temporalUi: 8233,
  codecServer: 8888,
  model: 4010,
  fcm: 4020,
  webhookReceiver: 4030,
  web: 5000,
} as const;

export type Part = keyof typeof USUAL_PORTS;

/** host:port of a port on this machine's loopback. */
export function loopback(port: number): string {
  return `127.0.0.1:${port}`;
}

export interface ReservedPorts<Name extends string> {
  readonly ports: Readonly<Record<Name, number>>;
  /** Gives the ports back to other launchers. */
  release(): void;
}

/** Keeps a port from other launchers that are about to start. Returns null when another launcher has it. */
type Reserve = (port: number) => { release(): void } | null;

/**
 * Reserves one port for each name, at or after the wanted one, that nothing listens on and no other launcher of this
 * machine is about to use. Ports above 65535 are not tried.
 */
export async function reservePorts<Name extends string>(
  wanted: Readonly<Record<Name, number>>,
  isFree: (port: number) => Promise<boolean> = nothingListens,
  reserve: Reserve = reserveOnThisMachine,
): Promise<ReservedPorts<Name>> {
  const ports = {} as Record<Name, number>;
  const reservations: { release(): void }[] = [];
  const release = () => reservations.splice(0).forEach((reservation) => reservation.release());
  const given = new Set<number>();
  try {
    for (const [name, first] of Object.entries(wanted) as [Name, number][]) {
      let port = first;
      for (; ; port++) {
        if (port > 65_535) throw new Error(`no port is free from ${first} on for ${name}`);
        if (given.has(port)) continue;
        const reservation = reserve(port);
        if (reservation === null) continue;
        reservations.push(reservation);
        if (await isFree(port)) break;
        reservations.pop()?.release();
      }
      given.add(port);
      ports[name] = port;
    }
  } catch (error) {
    release();
    throw error;
  }
  return { ports, release };
}

/** True when the port can be listened on, on loopback and on all addresses (macOS lets one hide the other). */
async function nothingListens(port: number): Promise<boolean> {
  return (await canListen(port, '127.0.0.1')) && (await canListen(port, '0.0.0.0'));
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

function reserveOnThisMachine(port: number): { release(): void } | null {
  const folder = join(tmpdir(), `reddyfit-ports-${userInfo().uid}`);
  mkdirSync(folder, { recursive: true });
  const taken = claim(join(folder, String(port)));
  return taken.held ? taken : null;
}

/**
 * Ports of single servers: below those that systems give to connections and to servers that ask for any (from 32768 or 49152 on),
 * any of which may take a port of theirs between the moment at which it was found free and the one at which its server listens.
 */
const OF_SINGLE_SERVERS = { from: 20_000, to: 32_000 };

const atExit: (() => void)[] = [];
process.once('exit', () => atExit.forEach((release) => release()));

/** A port that nothing listens on, and that no other launcher of this machine is given as long as this process lives. */
export async function freePort(): Promise<number> {
  const { from, to } = OF_SINGLE_SERVERS;
  const { ports, release } = await reservePorts({ any: from + Math.floor(Math.random() * (to - from)) });
  atExit.push(release);
  return ports.any;
}
