/** The web client's own words, English: the source of the type. What documents say stands beside this folder. */

export const en = {
  signIn: 'Sign in',
  email: 'E-mail',
  password: 'Password',
  google: 'Continue with Google',
  signInFailed: 'Signing in did not work. Check e-mail and password, and try again.',
  signOut: 'Sign out',
  profile: 'About you',
  profileWhy: 'The equations need these three.',
  sex: 'Sex',
  male: 'male',
  female: 'female',
  unspecified: 'not said',
  birthDate: 'Date of birth',
  height: 'Height (cm)',
  save: 'Save',
  consent: 'Your consent',
  consentWhat:
    'Your photos, weight and what is made of them are health data. A model looks at four photos without faces, and learns sex, age, height, weight and earlier results, but neither your name nor your address.',
  consentKept:
    'Photos of a completed scan are kept, with faces hidden, until you delete it. Those of any other scan are deleted when it ends.',
  consentAgree: 'I agree',
  consentWithdraw: 'Withdraw consent',
  capture: 'New scan',
  captureHow:
    'Stand in front of a plain wall, from head to feet in the picture, with your arms a little away from your body.',
  weight: 'Weight (kg)',
  start: 'Start the scan',
  loading: 'Loading…',
  preparing: 'Preparing your photos…',
  uploading: 'Sending your photos…',
  waiting: 'Waiting for the scan to begin…',
  missing: 'There is no such scan.',
  stale: 'The server has not been heard for a while. What you see may be old.',
  offline: 'No connection. The scan goes on by itself.',
  cancel: 'Cancel the scan',
  again: 'New scan',
  bodyFat: 'Body fat',
  interval: '95 % interval',
  madeOf: 'What it was made of',
  source: 'Source',
  share: 'Share',
  girths: 'Girths',
  low: 'from',
  high: 'to',
  goBack: 'Try again',
  broken: 'This page could not be loaded. Try again later.',
};

/** Every key, so that the compiler finds what a language lacks. */
export type AppWords = Readonly<Record<keyof typeof en, string>>;
