/**
 * Firebase's declarations of Auth are those of the browser. The build for React Native, which Metro takes, also has this
 * function.
 */

import type { Persistence, ReactNativeAsyncStorage } from 'firebase/auth';

declare module 'firebase/auth' {
  export function getReactNativePersistence(storage: ReactNativeAsyncStorage): Persistence;
}
