/** The address of a photo that is only in memory, for as long as it is shown. */

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
