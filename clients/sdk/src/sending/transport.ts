/** Sends bytes to a signed URL: by XMLHttpRequest, which reports progress, where there is one, else by fetch. */

export interface PutRequest {
  readonly url: string;
  /** Must be sent exactly as they are. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly signal: AbortSignal;
  /** Called with the number of bytes sent so far. */
  readonly onSent: (bytes: number) => void;
}

export interface PutAnswer {
  readonly status: number;
  /** `Retry-After` in seconds, if the header is a number. */
  readonly retryAfterSeconds: number | undefined;
}

export interface Transport {
  /** Whether `onSent` is called during the upload, and not only at its end. */
  readonly tellsProgress: boolean;
  /**
   * Whether uploads continue while the app sleeps, for example because the system performs them. Silence while the app
   * sleeps is then not a stall.
   */
  readonly worksAsleep?: boolean;
  /** Resolves with any HTTP answer. Rejects when there is none, and when `signal` aborts the request. */
  put(request: PutRequest): Promise<PutAnswer>;
}

/** Works everywhere; reports no progress. */
export const fetchTransport: Transport = {
  tellsProgress: false,
  async put({ url, headers, body, signal, onSent }) {
    const answer = await fetch(url, {
      method: 'PUT',
      headers,
      body: body as Uint8Array<ArrayBuffer>,
      signal,
    });
    // The body is read to its end, so that the connection can be reused.
    await answer.arrayBuffer();
    onSent(body.length);
    return { status: answer.status, retryAfterSeconds: secondsIn(answer.headers.get('retry-after')) };
  },
};

interface Xhr {
  readonly status: number;
  readonly upload: {
    addEventListener(type: 'progress', listener: (event: { loaded: number }) => void): void;
  };
  addEventListener(type: 'load' | 'error' | 'abort', listener: () => void): void;
  open(method: string, url: string): void;
  setRequestHeader(name: string, value: string): void;
  getResponseHeader(name: string): string | null;
  send(body: Uint8Array): void;
  abort(): void;
}

/** A transport for browsers and React Native, which reports progress. */
export function xhrTransport(XMLHttpRequest: new () => Xhr): Transport {
  return {
    tellsProgress: true,
    put: ({ url, headers, body, signal, onSent }) =>
      new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        const abort = () => request.abort();
        const settle = (act: () => void) => () => {
          signal.removeEventListener('abort', abort);
          act();
        };
        request.open('PUT', url);
        for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
        request.upload.addEventListener('progress', ({ loaded }) => onSent(Math.min(loaded, body.length)));
        const answered = () => {
          const retryAfterSeconds = secondsIn(request.getResponseHeader('retry-after'));
          resolve({ status: request.status, retryAfterSeconds });
        };
        request.addEventListener('load', settle(answered));
        request.addEventListener(
          'error',
          settle(() => reject(new Error('no answer'))),
        );
        request.addEventListener(
          'abort',
          settle(() => reject(new Error('given up'))),
        );
        if (signal.aborted) return reject(new Error('given up'));
        signal.addEventListener('abort', abort);
        request.send(body);
      }),
  };
}

/** XMLHttpRequest where there is one, else fetch. */
export function defaultTransport(): Transport {
  const { XMLHttpRequest } = globalThis as unknown as { XMLHttpRequest?: new () => Xhr };
  return XMLHttpRequest ? xhrTransport(XMLHttpRequest) : fetchTransport;
}

const secondsIn = (header: string | null) =>
  header !== null && /^\d{1,6}$/.test(header) ? Number(header) : undefined;
