/** Storage for data that a device has not sent yet: text and bytes by key. */

/**
 * A key-value store that survives the end of the app where possible. Every key is short ASCII without spaces. Its
 * methods reject when the device refuses, for example because the disk is full.
 */
export interface LedgerStorage {
  /** The stored value, of the type that was stored; undefined when the key does not exist. */
  get(key: string): Promise<string | Uint8Array | undefined>;
  /** Replaces the stored value. Resolves once a crash would no longer lose the value. */
  set(key: string, value: string | Uint8Array): Promise<void>;
  /** Does nothing when the key does not exist. */
  delete(key: string): Promise<void>;
  /** All keys that begin with `prefix`, in any order. */
  keys(prefix: string): Promise<string[]>;
}

/** Keeps values in memory until the process ends. */
export function memoryStorage(): LedgerStorage {
  const values = new Map<string, string | Uint8Array>();
  return {
    async get(key) {
      return values.get(key);
    },
    async set(key, value) {
      values.set(key, value);
    },
    async delete(key) {
      values.delete(key);
    },
    async keys(prefix) {
      return [...values.keys()].filter((key) => key.startsWith(prefix));
    },
  };
}

/** The part of the IndexedDB API that is used. The project is compiled without a browser's type declarations. */
interface Events {
  addEventListener(type: string, listener: () => void): void;
}
interface Request<T> extends Events {
  readonly result: T;
  readonly error: Error | null;
}
interface ObjectStore {
  get(key: string): Request<unknown>;
  put(value: unknown, key: string): Request<unknown>;
  delete(key: string): Request<unknown>;
  getAllKeys(): Request<readonly unknown[]>;
}
interface Transaction extends Events {
  objectStore(name: string): ObjectStore;
  readonly error: Error | null;
}
interface Database extends Events {
  createObjectStore(name: string): unknown;
  transaction(name: string, mode: 'readonly' | 'readwrite', options?: object): Transaction;
  close(): void;
}
export interface IndexedDb {
  open(name: string, version: number): Request<Database>;
}

const OBJECTS = 'ledger';

/** Keeps values in a database of its own in the browser's IndexedDB. Bytes are stored as bytes, never as a `File`. */
export function indexedDbStorage(
  indexedDB: IndexedDb = (globalThis as unknown as { indexedDB: IndexedDb }).indexedDB,
  name = 'reddyfit-uploads',
): LedgerStorage {
  let opened: Promise<Database> | undefined;
  const database = () =>
    (opened ??= new Promise<Database>((resolve, reject) => {
      const request = indexedDB.open(name, 1);
      request.addEventListener('upgradeneeded', () => void request.result.createObjectStore(OBJECTS));
      request.addEventListener('error', () => {
        opened = undefined;
        reject(request.error ?? new Error('IndexedDB could not be opened'));
      });
      request.addEventListener('success', () => {
        // Closing lets another tab with a later version upgrade the database.
        request.result.addEventListener('versionchange', () => {
          request.result.close();
          opened = undefined;
        });
        resolve(request.result);
      });
    }));
  const within = async <T>(mode: 'readonly' | 'readwrite', use: (store: ObjectStore) => Request<T>) => {
    const db = await database();
    return new Promise<T>((resolve, reject) => {
      // By default a browser may report a write as complete before it is on the disk.
      const transaction = db.transaction(OBJECTS, mode, { durability: 'strict' });
      const request = use(transaction.objectStore(OBJECTS));
      transaction.addEventListener('complete', () => resolve(request.result));
      const fail = () => reject(transaction.error ?? request.error ?? new Error('IndexedDB gave up'));
      transaction.addEventListener('error', fail);
      transaction.addEventListener('abort', fail);
    });
  };
  return {
    get: (key) => within('readonly', (store) => store.get(key)) as Promise<string | Uint8Array | undefined>,
    async set(key, value) {
      await within('readwrite', (store) => store.put(value, key));
    },
    async delete(key) {
      await within('readwrite', (store) => store.delete(key));
    },
    async keys(prefix) {
      const keys = await within('readonly', (store) => store.getAllKeys());
      return keys.filter((key): key is string => typeof key === 'string' && key.startsWith(prefix));
    },
  };
}

/** IndexedDB where there is one, else memory; an upload in memory is lost when the app ends. */
export function defaultStorage(): LedgerStorage {
  const { indexedDB } = globalThis as unknown as { indexedDB?: IndexedDb };
  return indexedDB ? indexedDbStorage(indexedDB) : memoryStorage();
}
