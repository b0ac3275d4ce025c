/** Two of Google's APIs for which no client library is installed: they tell which rules and which indexes are deployed. */

/** https://firebase.google.com/docs/reference/rules/rest */
const RULES = 'https://firebaserules.googleapis.com';
/** https://cloud.google.com/firestore/docs/reference/rest */
const FIRESTORE = 'https://firestore.googleapis.com';

export interface GoogleApis {
  readonly rulesAddress: string;
  /** The answer's JSON; null when there is no such resource. Throws for every other refusal, with its status. */
  rules(path: string): Promise<Json | null>;
  firestore(path: string): Promise<Json | null>;
}

export type Json = Readonly<Record<string, unknown>>;

/** Asks with an access token. Addresses other than Google's are for stand-ins. */
export function googleApis(
  accessToken: () => Promise<string>,
  { rules = RULES, firestore = FIRESTORE }: { readonly rules?: string; readonly firestore?: string } = {},
): GoogleApis {
  async function get(url: string): Promise<Json | null> {
    const response = await fetch(url, { headers: { authorization: `Bearer ${await accessToken()}` } });
    const body = (await response.json().catch(() => ({}))) as Json;
    if (response.status === 404) return null;
    if (!response.ok) throw new Error(`${new URL(url).host} answered ${response.status}${reasonOf(body)}`);
    return body;
  }
  return {
    rulesAddress: rules,
    rules: (path) => get(`${rules}/v1/${path}`),
    firestore: (path) => get(`${firestore}/v1/${path}`),
  };
}

/** The error's google.rpc name: PERMISSION_DENIED says more than 403. */
function reasonOf({ error }: Json): string {
  const { status } = (error ?? {}) as { status?: unknown };
  return typeof status === 'string' ? ` (${status})` : '';
}
