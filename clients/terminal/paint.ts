/** Colours text for a terminal; other streams get plain text. */

import { styleText } from 'node:util';

export type Colour = 'bold' | 'dim' | 'green' | 'red' | 'yellow' | 'cyan';

/** Returns the text in a colour, or unchanged. */
export type Paint = (colour: Colour, text: string) => string;

/** Returns the text unchanged. */
export const plain: Paint = (_, text) => text;

/** Uses colours if the stream supports them; NO_COLOR and FORCE_COLOR are respected. */
export function paintFor(stream: NodeJS.WriteStream): Paint {
  return (colour, text) => styleText(colour, text, { stream });
}
