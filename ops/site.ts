/** The one door from an operator's command to the local stack. */

export { DEVELOPMENT_KEYS } from '../local/stack/development-key.ts';
export { defaultInstance, readStack } from '../local/stack/stack-file.ts';
