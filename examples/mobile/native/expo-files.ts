/** A folder of the app, by Expo. */

import { Directory, File } from 'expo-file-system';
import type { Folder } from '../logic/files.ts';

const PART = '.part';

/** Creates the folder when it is first used. */
export function expoFolder(where: Directory): Folder {
  const folder = () => {
    where.create({ idempotent: true, intermediates: true });
    return where;
  };
  return {
    async read(name) {
      const file = new File(folder(), name);
      return file.exists ? file.bytes() : undefined;
    },
    async write(name, bytes) {
      const part = new File(folder(), name + PART);
      part.write(bytes);
      await part.move(new File(where, name), { overwrite: true });
    },
    async delete(name) {
      const file = new File(folder(), name);
      if (file.exists) file.delete();
    },
    names: async () =>
      folder()
        .list()
        .map(({ name }) => name)
        .filter((name) => !name.endsWith(PART)),
  };
}
