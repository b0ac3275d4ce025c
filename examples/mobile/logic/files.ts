/** A folder of the phone that only this app sees. `native/expo-files.ts` is the one of Expo, the tests bring Node's. */
export interface Folder {
  /** Undefined when there is none. */
  read(name: string): Promise<Uint8Array | undefined>;
  /** Replaces the file at once: whoever reads finds the bytes before or after, also when the app ends meanwhile. */
  write(name: string, bytes: Uint8Array): Promise<void>;
  /** No file of that name: nothing. */
  delete(name: string): Promise<void>;
  names(): Promise<string[]>;
}
