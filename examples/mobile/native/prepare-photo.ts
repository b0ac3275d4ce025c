/** Makes an upright JPEG of at most 1600 px without metadata, which in a browser the client does with a canvas. */

import type { PreparePhoto } from '@reddyfit/client';
import { type Directory, File } from 'expo-file-system';
import { ImageManipulator, SaveFormat } from 'expo-image-manipulator';

/** The same limits as in the browser. */
const LONGEST_SIDE_PX = 1600;
const QUALITY = 0.92;

/** `where` holds a photo while it is drawn. */
export function expoPreparePhoto(where: Directory): PreparePhoto {
  let count = 0;
  return async (bytes) => {
    where.create({ idempotent: true, intermediates: true });
    count += 1;
    const given = new File(where, `photo-${count}`);
    given.write(bytes);
    let drawn: File | undefined;
    try {
      const upright = await ImageManipulator.manipulate(given.uri).renderAsync();
      const { width, height } = upright;
      const small = ImageManipulator.manipulate(upright);
      if (Math.max(width, height) > LONGEST_SIDE_PX)
        small.resize(width > height ? { width: LONGEST_SIDE_PX } : { height: LONGEST_SIDE_PX });
      const image = await small.renderAsync();
      drawn = new File((await image.saveAsync({ format: SaveFormat.JPEG, compress: QUALITY })).uri);
      return await drawn.bytes();
    } finally {
      given.delete();
      if (drawn?.exists) drawn.delete();
    }
  };
}
