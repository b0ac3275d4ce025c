/** Where a phone keeps what it has not sent yet: text and bytes by key. */

/** Survives the end of the app where it can. All keys are short ASCII without spaces. Rejects when the device refuses, as with a full disk. */
export interface LedgerStorage {
  get(key: string): Promise<string | Uint8Array | undefined>;
  /** Replaces what is there. Resolves once a crash would not lose it. */
  set(key: string, value: string | Uint8Array): Promise<void>;
  /** A key that is not there is no error. */
  delete(key: string): Promise<void>;
  /** All keys that begin so, in any order. */
  keys(prefix: string): Promise<string[]>;
}

/** Keeps until the process ends. */
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

/** The part of the IndexedDB API that is used: the project is compiled without a browser's declarations. */
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

/** In the browser's IndexedDB, in a database of its own; bytes are stored as bytes, never as a `File`. */
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
        // Lets another tab with a later version in.
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
      // By default a browser may call a write done before it is on the disk.
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

/** IndexedDB where there is one, else memory: then an upload does not survive the end of the app. */
export function defaultStorage(): LedgerStorage {
  const { indexedDB } = globalThis as unknown as { indexedDB?: IndexedDb };
  return indexedDB ? indexedDbStorage(indexedDB) : memoryStorage();
}
