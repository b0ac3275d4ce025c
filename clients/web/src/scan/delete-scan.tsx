/** Deletes an ended scan, and shows why when it cannot. */

import { useState } from 'react';
import { wipeGhosts } from '../photos/ghosts.ts';
import { go } from '../address.ts';
import { addressOf } from '../route.ts';
import { saidBy } from '../said.ts';
import type { ScreenProps } from '../screen-props.ts';
import { Sure } from '../sure.tsx';

export function DeleteScan({
  services: { client },
  words,
  scanId,
}: Pick<ScreenProps, 'services' | 'words'> & { scanId: string }) {
  const [error, setError] = useState('');
  const remove = async () => {
    try {
      await client.deleteScan(scanId);
      await wipeGhosts();
      go(addressOf.history());
    } catch (cause) {
      setError(saidBy(cause, words));
    }
  };
  return (
    <>
      {error && (
        <p role="alert" className="notice">
          {error}
        </p>
      )}
      <Sure
        label={words.deleteScan}
        question={words.deleteScanSure}
        yes={words.deleteForGood}
        no={words.keep}
        onYes={() => void remove()}
      />
    </>
  );
}
