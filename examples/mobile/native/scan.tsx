/** A scan from its upload to its result, live. */

import type { ReddyFitClient, Scan as ScanDocument, ScanHandle } from '@reddyfit/client';
import { useScan } from '@reddyfit/client/react';
import { useState } from 'react';
import { Text, View } from 'react-native';
import { Button, Fault, styles } from './parts.tsx';
import { turnPushOn } from './push.ts';
import { WORDS } from './words.ts';

export function Scan(props: { scan: string | ScanHandle; client: ReddyFitClient; onAgain: () => void }) {
  const { phase, connection, upload, etaSeconds, error, scan } = useScan(props.scan);
  const [asked, setAsked] = useState(false);
  const over = scan?.completedAt !== undefined || phase === 'refused' || phase === 'missing';
  // Of a rejected scan each photo has its own sentences, and an offer, where there is one, has another.
  const offer = scan?.results?.qualityCheck?.offer;
  const photos = scan?.error?.photos && [...scan.error.photos, ...(offer ? [offer] : [])];
  const faults = photos?.map(({ message }) => message).join('\n');
  const fault = error?.message ?? faults ?? scan?.error?.message;
  const ask = () => {
    setAsked(true);
    turnPushOn(props.client).catch(() => setAsked(false));
  };
  return (
    <View style={styles.page}>
      <Text style={styles.title} accessibilityLiveRegion="polite">
        {scan?.results?.estimation ? `${scan.results.estimation.bodyFatPercent} %` : phase}
      </Text>
      {upload && !scan && <Text>{`${Math.round((100 * upload.sentBytes) / upload.totalBytes)} %`}</Text>}
      {scan && <Steps scan={scan} />}
      {etaSeconds !== null && <Text>{`${etaSeconds} s`}</Text>}
      <Fault text={fault || WORDS.connection[connection] || undefined} />
      {scan && !over && !asked && <Button label={WORDS.push} onPress={ask} />}
      {over && <Button label={WORDS.again} onPress={props.onAgain} />}
    </View>
  );
}

function Steps({ scan: { steps } }: { scan: ScanDocument }) {
  return Object.entries(steps ?? {}).map(([name, { state, attempt }]) => (
    <Text key={name}>{`${name}: ${state}${attempt > 1 ? ` (${attempt})` : ''}`}</Text>
  ));
}
