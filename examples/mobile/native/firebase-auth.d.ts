/** Firebase's declarations of Auth are the browser's; its build for React Native, which Metro takes, has this besides. */

import type { Persistence, ReactNativeAsyncStorage } from 'firebase/auth';

declare module 'firebase/auth' {
  export function getReactNativePersistence(storage: ReactNativeAsyncStorage): Persistence;
}
