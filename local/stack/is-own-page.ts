/** Decides whose requests the servers of one machine answer: those of programs, and of pages that this machine serves. */

/** Google's own client addresses the FCM stand-in by this name, which a page of another site cannot have. */
const FCM_HOST = 'fcm.googleapis.com';

/** Whether a request with these headers comes from a program or from a page on loopback, to an address on loopback. */
export function isOwnPage({
  host,
  origin,
}: {
  host?: string | undefined;
  origin?: string | undefined;
}): boolean {
  const reached = host === undefined || host === FCM_HOST || isHere(`http://${host}`);
  return reached && (origin === undefined || isHere(origin));
}

function isHere(address: string): boolean {
  const name = URL.parse(address)?.hostname ?? '';
  return name === 'localhost' || name === '[::1]' || /^127(\.\d{1,3}){3}$/.test(name);
}
