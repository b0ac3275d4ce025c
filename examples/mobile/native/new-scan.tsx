/** The screen of a new scan: takes four photos with the camera, then asks for the weight. */

import type { Weight } from '@reddyfit/client';
import { CameraView, useCameraPermissions } from 'expo-camera';
import { File } from 'expo-file-system';
import { useKeepAwake } from 'expo-keep-awake';
import { useRef, useState } from 'react';
import { Text, View } from 'react-native';
import { type Angle, ANGLES, nextAngle, type Shots, weightOf } from '../logic/capture.ts';
import { Button, Fault, Field, styles } from './parts.tsx';
import { WORDS } from './words.ts';

/** `onReady` receives the bytes of the photos; their files in the camera's folder are deleted. */
export function NewScan({
  onReady,
}: {
  onReady: (photos: Record<Angle, Uint8Array>, weight: Weight) => void;
}) {
  const [shots, setShots] = useState<Shots>({});
  const [fault, setFault] = useState<string>();
  const fail = (error: Error) => setFault(error.message);
  const angle = nextAngle(shots);
  const start = async (weight: Weight) => {
    const files = ANGLES.map((each) => [each, new File(shots[each]!)] as const);
    const read = await Promise.all(files.map(async ([each, file]) => [each, await file.bytes()] as const));
    for (const [, file] of files) file.delete();
    onReady(Object.fromEntries(read) as Record<Angle, Uint8Array>, weight);
  };
  if (angle)
    return (
      <Camera
        angle={angle}
        fault={fault}
        onFault={fail}
        onShot={(uri) => setShots({ ...shots, [angle]: uri })}
      />
    );
  return <Weigh fault={fault} onWeight={(weight) => void start(weight).catch(fail)} />;
}

function Camera(props: {
  angle: Angle;
  fault: string | undefined;
  onFault: (error: Error) => void;
  onShot: (uri: string) => void;
}) {
  useKeepAwake();
  const [permission, ask] = useCameraPermissions();
  const [busy, setBusy] = useState(false);
  const camera = useRef<CameraView>(null);
  const shoot = async () => {
    setBusy(true);
    try {
      // The photo is upright, and does not contain the place where it was taken.
      const picture = await camera.current?.takePictureAsync({ quality: 0.92, exif: false });
      if (picture) props.onShot(picture.uri);
    } finally {
      setBusy(false);
    }
  };
  if (!permission) return null;
  if (!permission.granted)
    return (
      <View style={styles.page}>
        <Button label={WORDS.allowCamera} onPress={() => void ask()} />
      </View>
    );
  return (
    <View style={styles.camera}>
      <CameraView ref={camera} style={styles.camera} facing="front" />
      <View style={styles.below}>
        <Text style={styles.over}>{WORDS.angle[props.angle]}</Text>
        <Fault text={props.fault} />
        <Button label={WORDS.shutter} onPress={() => void shoot().catch(props.onFault)} disabled={busy} />
      </View>
    </View>
  );
}

function Weigh({ fault, onWeight }: { fault: string | undefined; onWeight: (weight: Weight) => void }) {
  const [typed, setTyped] = useState('');
  const weight = weightOf(typed, 'kg');
  return (
    <View style={styles.page}>
      <Field label={WORDS.weight} value={typed} onChangeText={setTyped} keyboardType="decimal-pad" />
      <Fault text={fault} />
      <Button label={WORDS.start} onPress={() => weight && onWeight(weight)} disabled={!weight} />
    </View>
  );
}
