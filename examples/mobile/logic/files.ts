/** A folder of the phone that only this app can access. `native/expo-files.ts` implements it by Expo, the tests by Node. */
export interface Folder {
  /** Undefined when there is no file of that name. */
  read(name: string): Promise<Uint8Array | undefined>;
  /** Replaces the file in one step: a reader finds the old bytes or the new ones, also when the app ends meanwhile. */
  write(name: string, bytes: Uint8Array): Promise<void>;
  /** Does nothing when there is no file of that name. */
  delete(name: string): Promise<void>;
  names(): Promise<string[]>;
}
