/** The example's own texts. Sentences about a scan come with its document, in the user's language. */
export const WORDS = {
  signIn: 'Sign in',
  email: 'E-mail',
  password: 'Password',
  signOut: 'Sign out',
  stay: 'Stay',
  notSent: 'Your photos have not been sent yet. If you sign out now, they are deleted from this phone.',
  weight: 'Weight (kg)',
  start: 'Start the scan',
  shutter: 'Take the photo',
  allowCamera: 'Allow the camera',
  again: 'New scan',
  push: 'Tell me when it is done',
  angle: { front: 'From the front', back: 'From the back', left: 'Your left side', right: 'Your right side' },
  connection: { live: '', stale: 'No word for a while', offline: 'No network' },
} as const;
