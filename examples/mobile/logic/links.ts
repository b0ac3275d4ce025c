/** The scan that a push or a link opens. */

/** `reddyfit://scans/<id>`; null for any other address. */
export function scanOfLink(link: unknown): string | null {
  return typeof link === 'string' ? (/^reddyfit:\/\/scans\/([\w-]{1,128})$/.exec(link)?.[1] ?? null) : null;
}

/** The scan of a push's data. */
export const scanOfPush = (data: Readonly<Record<string, unknown>> | undefined): string | null =>
  scanOfLink(data?.['link']);
