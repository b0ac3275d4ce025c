/**
 * Encrypts the payloads that Temporal stores: each by AES-256-GCM, under the newest key, bound to its namespace and
 * workflow. A payload that is copied into another workflow's history does not decrypt there.
 */

/** A payload as Temporal's SDKs have it. */
export interface Payload {
  metadata?: Record<string, Uint8Array> | null;
  data?: Uint8Array | null;
}

/** The workflow that a payload belongs to, where the SDK tells. */
export interface PayloadContext {
  workflowId?: string;
}

/** One AES-256 key of 32 bytes. Its id is stored with every payload that the key encrypted. */
export interface PayloadKey {
  id: string;
  bytes: Uint8Array<ArrayBuffer>;
}

export interface PayloadCodecOptions {
  /** The namespace of all payloads that this codec handles. */
  namespace: string;
  /** The first key encrypts; every key decrypts. */
  keys: readonly PayloadKey[];
  /** False: the codec still decrypts, but encrypts nothing more. */
  encrypts: boolean;
}

/** The `encoding` by which Temporal's tools recognise an encrypted payload. */
const ENCODING = 'binary/encrypted';
const KEY_ID = 'encryption-key-id';
const WORKFLOW_ID = 'encryption-workflow-id';

/** Length of the nonce (bytes). Nonces are random, so one key is good for 2^32 payloads. */
const NONCE_BYTES = 12;

type AesKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

const utf8 = new TextEncoder();
const text = (bytes: Uint8Array | undefined) => bytes && new TextDecoder().decode(bytes);

/** The workflow that an encrypted payload claims to belong to. Only decrypting the payload proves it. */
export function workflowOfPayload({ metadata }: Payload): string | undefined {
  return text(metadata?.[WORKFLOW_ID]);
}

/** True for a payload that a codec of this kind encrypted. */
export function isEncrypted({ metadata }: Payload): boolean {
  return text(metadata?.['encoding']) === ENCODING;
}

/**
 * A codec for clients and workers. `decode` returns a payload that is not encrypted as it is: older histories have such
 * payloads, and the SDK writes some. It throws for a key that is not in `keys`, for a payload of another workflow, and for
 * one that was changed.
 */
export function payloadCodec({ namespace, keys, encrypts }: PayloadCodecOptions) {
  const imported = new Map<string, Promise<AesKey>>();
  const keyOf = (id: string): Promise<AesKey> => {
    const key = keys.find((candidate) => candidate.id === id);
    if (!key) throw new Error(`a payload needs the encryption key "${id}", which is not in the keyring`);
    let ready = imported.get(id);
    if (!ready) {
      ready = crypto.subtle.importKey('raw', key.bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
      imported.set(id, ready);
    }
    return ready;
  };
  /** The additional data that AES-GCM authenticates with the payload. */
  const bound = (keyId: string, workflowId: string | undefined) =>
    utf8.encode(JSON.stringify([keyId, namespace, workflowId ?? null]));

  async function encrypt(payload: Payload, workflowId: string | undefined): Promise<Payload> {
    const { id } = keys[0]!;
    const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
    const sealed = await crypto.subtle.encrypt(
      { name: 'AES-GCM', iv: nonce, additionalData: bound(id, workflowId) },
      await keyOf(id),
      packed(payload),
    );
    return {
      metadata: {
        encoding: utf8.encode(ENCODING),
        [KEY_ID]: utf8.encode(id),
        ...(workflowId !== undefined && { [WORKFLOW_ID]: utf8.encode(workflowId) }),
      },
      data: joined(nonce, new Uint8Array(sealed)),
    };
  }

  async function decrypt(payload: Payload, expected: string | undefined): Promise<Payload> {
    if (!isEncrypted(payload)) return payload;
    const keyId = text(payload.metadata?.[KEY_ID]) ?? '';
    const workflowId = workflowOfPayload(payload);
    if (expected !== undefined && workflowId !== undefined && workflowId !== expected) {
      throw new Error('a payload was encrypted for another workflow');
    }
    const key = await keyOf(keyId);
    const data = Uint8Array.from(payload.data ?? []);
    try {
      const opened = await crypto.subtle.decrypt(
        {
          name: 'AES-GCM',
          iv: data.subarray(0, NONCE_BYTES),
          additionalData: bound(keyId, workflowId),
        },
        key,
        data.subarray(NONCE_BYTES),
      );
      return unpacked(new Uint8Array(opened));
    } catch (cause) {
      throw new Error(`a payload does not decrypt under the key "${keyId}" in this namespace`, { cause });
    }
  }

  return {
    /** Encrypts every payload, unless `encrypts` is false. */
    async encode(payloads: Payload[], context?: PayloadContext): Promise<Payload[]> {
      if (!encrypts) return payloads;
      return Promise.all(payloads.map((payload) => encrypt(payload, context?.workflowId)));
    },
    /** Decrypts the payloads that are encrypted and returns the others as they are. */
    async decode(payloads: Payload[], context?: PayloadContext): Promise<Payload[]> {
      return Promise.all(payloads.map((payload) => decrypt(payload, context?.workflowId)));
    },
  };
}

/** A payload as one buffer: the length of its metadata (4 bytes), the metadata as JSON of base64, the data. */
function packed({ metadata, data }: Payload): Uint8Array<ArrayBuffer> {
  const fields = Object.entries(metadata ?? {}).map(([name, value]) => [name, toBase64(value)]);
  const header = utf8.encode(JSON.stringify(Object.fromEntries(fields)));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, header.length);
  return joined(length, header, data ?? new Uint8Array());
}

function unpacked(bytes: Uint8Array): Payload {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  const header = JSON.parse(text(bytes.subarray(4, 4 + length))!) as Record<string, string>;
  const metadata = Object.entries(header).map(([name, value]) => [name, fromBase64(value)]);
  return { metadata: Object.fromEntries(metadata), data: bytes.slice(4 + length) };
}

function joined(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Bytes as base64. */
export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** Decodes base64. Throws for text that is not base64. */
export function fromBase64(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
