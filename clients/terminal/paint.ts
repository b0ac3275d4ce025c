/** Colour for a terminal, none for anything else. */

import { styleText } from 'node:util';

export type Colour = 'bold' | 'dim' | 'green' | 'red' | 'yellow' | 'cyan';

/** Text in a colour, or as it is. */
export type Paint = (colour: Colour, text: string) => string;

/** Leaves text as it is. */
export const plain: Paint = (_, text) => text;

/** Colours for a stream that shows them; NO_COLOR and FORCE_COLOR are heeded. */
export function paintFor(stream: NodeJS.WriteStream): Paint {
  return (colour, text) => styleText(colour, text, { stream });
}
