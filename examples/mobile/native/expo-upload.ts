/** The system's upload of one file, by Expo: on iOS in a background session of the system, on Android in the app's process. */

import { type Directory, File, UploadType } from 'expo-file-system';
import { Platform } from 'react-native';
import type { FileUpload } from '../logic/file-transport.ts';

export function expoUpload(where: Directory): FileUpload {
  return {
    worksAsleep: Platform.OS === 'ios',
    async put({ url, headers, file, signal, onSent }) {
      const task = new File(where, file).createUploadTask(url, {
        httpMethod: 'PUT',
        uploadType: UploadType.BINARY_CONTENT,
        headers: { ...headers },
        sessionType: 'background',
        onProgress: ({ bytesSent }) => onSent(bytesSent),
      });
      const cancel = () => task.cancel();
      signal.addEventListener('abort', cancel);
      try {
        return await task.uploadAsync();
      } finally {
        signal.removeEventListener('abort', cancel);
        task.release();
      }
    },
  };
}
