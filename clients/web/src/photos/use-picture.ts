/** An object URL for a photo in memory, revoked once the photo is no longer shown. */

import { useEffect, useState } from 'react';

export function usePicture(photo: Blob | Uint8Array | undefined): string | undefined {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    if (!photo) return setAddress(undefined);
    const made = URL.createObjectURL(
      photo instanceof Blob ? photo : new Blob([photo as Uint8Array<ArrayBuffer>]),
    );
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [photo]);
  return address;
}
