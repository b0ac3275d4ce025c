/** The form for the photos and the weight of a scan: all four photos, or those that a rejection asks for again. */

import { Field } from '@base-ui/react/field';
import { Form } from '@base-ui/react/form';
import type { ScanHandle, Weight } from '@reddyfit/client';
import { type Angle, ANGLES } from '@reddyfit/shared/names/angles';
import { WEIGHT_KG, WEIGHT_LB } from '@reddyfit/shared/scan/document';
import { paths } from '@reddyfit/shared/names/paths';
import type { WaiverOffer } from '@reddyfit/shared/scan/results';
import { issueOf } from '@reddyfit/shared/gate/photo-fault';
import { lazy, Suspense, type SyntheticEvent, useEffect, useRef, useState } from 'react';
import { useFields } from '../documents.ts';
import { useVerdicts } from '../gate/use-verdicts.ts';
import { type Ghosts, ghostsOf, keepGhosts } from './ghosts.ts';
import { Icon } from '../icons.tsx';
import { NumberField } from '../number-field.tsx';
import { said } from '../said.ts';
import type { ScreenProps } from '../screen-props.ts';
import { Silhouette } from './silhouette.tsx';
import { Told } from '../told.tsx';
import { usePicture } from './use-picture.ts';

const Camera = lazy(() => import('./camera.tsx'));

type Photos = Partial<Record<Angle, Blob>>;

/** How far above the horizon the camera looked at each of the photos that it took (degrees), where that is known. */
type Elevations = Partial<Record<Angle, number | undefined>>;

/** A rejected scan, its photos that this device keeps, and the faults of each photo that was not accepted. */
export interface Rejected {
  readonly scanId: string;
  readonly kept: Partial<Record<Angle, Uint8Array>>;
  readonly faults: Partial<Record<Angle, readonly string[]>>;
  readonly weight: Weight;
  readonly offer?: WaiverOffer | undefined;
}

export function PhotoForm({
  services,
  words,
  speaker,
  rejected,
  onStart,
}: ScreenProps & { rejected?: Rejected; onStart: (scan: ScanHandle) => void }) {
  const { client } = services;
  const { say, reader } = speaker;
  const account = useFields(services, paths.account(client.uid));
  // A new account's credits may arrive a little later; the notice goes away once they are there.
  const spent = account !== undefined && !(Number(account['scanCredits']) > 0);
  const [photos, setPhotos] = useState<Photos>({});
  const [elevations, setElevations] = useState<Elevations>({});
  const [camera, setCamera] = useState<readonly Angle[]>();
  const [without, setWithout] = useState(false);
  const [ghosts, setGhosts] = useState<Ghosts>({});
  useEffect(() => void ghostsOf(client.uid).then(setGhosts), [client]);
  // Of a photo that was chosen from the device nothing is known, whatever was of the one before it.
  const take = (angle: Angle, photo: Blob, elevation?: number) => {
    setPhotos((before) => ({ ...before, [angle]: photo }));
    setElevations((before) => ({ ...before, [angle]: elevation }));
  };
  const unit = rejected ? ('lb' in rejected.weight ? 'lb' : 'kg') : reader.units === 'metric' ? 'kg' : 'lb';
  const known = rejected && ('lb' in rejected.weight ? rejected.weight.lb : rejected.weight.kg);
  const isKept = (angle: Angle) => rejected?.kept[angle] !== undefined && !rejected.faults[angle];
  // When the user accepts the offer, a faulty photo may be sent again unchanged.
  const mayStay = (angle: Angle) => isKept(angle) || (without && rejected?.kept[angle] !== undefined);
  const missing = ANGLES.filter((angle) => !photos[angle] && !mayStay(angle));

  const sent = Object.fromEntries(
    ANGLES.map((angle) => [angle, photos[angle] ?? (mayStay(angle) ? rejected?.kept[angle] : undefined)]),
  );
  const verdicts = useVerdicts(sent);
  // The verdict of this device is only advice: the server checks again, and may accept a photo that the user sends in
  // spite of it.
  const doubtsOf = (angle: Angle) =>
    photos[angle] && !without ? verdicts[angle]?.map((fault) => issueOf(fault, speaker).message) : [];

  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const value = Number(new FormData(event.currentTarget).get('weight'));
    const weight = unit === 'kg' ? { kg: value } : { lb: value };
    const offered = without && rejected?.offer ? { without: rejected.offer.without } : {};
    const seen = { cameraElevationAngles: elevations };
    void keepGhosts(client.uid, photos);
    onStart(
      rejected
        ? client.startScan({ photos, ...seen, retakeOf: rejected.scanId, weight, ...offered })
        : client.startScan({ photos: photos as Record<Angle, Blob>, ...seen, weight }),
    );
  };
  return (
    <Form onSubmit={submit}>
      <button
        type="button"
        className="quiet"
        onClick={() => setCamera(missing.length > 0 ? missing : ANGLES.filter((angle) => !isKept(angle)))}
      >
        <Icon name="camera" />
        {words.camera}
      </button>
      <div className="tiles">
        {ANGLES.map((angle) => (
          <Tile
            key={angle}
            angle={angle}
            name={say('screen', `photo.${angle}`)}
            words={words}
            photo={photos[angle] ?? rejected?.kept[angle]}
            taken={photos[angle] !== undefined}
            stays={isKept(angle) && !photos[angle]}
            required={missing.includes(angle)}
            faults={photos[angle] ? undefined : rejected?.faults[angle]}
            doubts={doubtsOf(angle) ?? []}
            onPhoto={(photo) => take(angle, photo)}
            onCamera={() => setCamera([angle])}
          />
        ))}
      </div>
      {ANGLES.some((angle) => doubtsOf(angle)?.length) && <p className="hint">{words.doubtful}</p>}
      {rejected?.offer && (
        <label className="choice">
          <input type="checkbox" checked={without} onChange={() => setWithout(!without)} />
          <span>
            <strong>{words.goWithout}.</strong> {said(speaker, 'offers', rejected.offer)}
          </span>
        </label>
      )}
      <NumberField
        // A number of kilograms is none of pounds.
        key={unit}
        words={words}
        speaker={speaker}
        label={unit === 'kg' ? words.weight : words.weightLb}
        name="weight"
        {...(unit === 'kg' ? WEIGHT_KG : WEIGHT_LB)}
        defaultValue={known}
      />
      <Told>
        {spent && (
          <p className="notice">{speaker.retell('errors', 'InsufficientCreditsError', {}).message}</p>
        )}
      </Told>
      <button disabled={spent}>{rejected ? words.sendAgain : words.start}</button>
      {camera && (
        <Suspense>
          <Camera
            angles={camera}
            words={words}
            speaker={speaker}
            ghosts={ghosts}
            onPhoto={take}
            onClose={() => setCamera(undefined)}
          />
        </Suspense>
      )}
    </Form>
  );
}

function Tile({
  angle,
  name,
  words,
  photo,
  taken,
  stays,
  required,
  faults,
  doubts,
  onPhoto,
  onCamera,
}: Pick<ScreenProps, 'words'> & {
  angle: Angle;
  name: string;
  photo: Blob | Uint8Array | undefined;
  /** True when the photo was chosen in this form, and not sent before. */
  taken: boolean;
  stays: boolean;
  required: boolean;
  faults: readonly string[] | undefined;
  /** The faults that this device's gate found. */
  doubts: readonly string[];
  onPhoto: (photo: Blob) => void;
  onCamera: () => void;
}) {
  const picture = usePicture(photo);
  // The file is read at once: a browser's File may be gone, or empty, after a pause.
  const choose = async (file: File | undefined) => {
    if (file) onPhoto(new Blob([await file.arrayBuffer()], { type: file.type }));
  };
  const state = faults
    ? 'faulty'
    : doubts.length > 0
      ? 'doubtful'
      : taken
        ? 'taken'
        : stays
          ? 'stays'
          : 'empty';
  const field = useRef<Field.Root.Actions>(null);
  // A photo of the camera comes by another way than the input, which would go on being called invalid.
  useEffect(() => {
    if (!required) field.current?.validate();
  }, [required]);
  return (
    <Field.Root name={angle} actionsRef={field} className="tile" data-angle={angle} data-state={state}>
      <label>
        <span className="picture">
          {picture ? <img src={picture} alt="" /> : <Silhouette angle={angle} />}
          {(taken || stays) && doubts.length === 0 && <Icon name="done" />}
          {(faults || doubts.length > 0) && <Icon name="failed" />}
        </span>
        <span className="name">{name}</span>
        <span className="hint">{stays ? words.good : photo ? words.change : words.chooseHere}</span>
        <Field.Control
          type="file"
          accept="image/*"
          required={required}
          onChange={(event) => void choose(event.target.files?.[0])}
        />
      </label>
      <button type="button" className="round" aria-label={`${words.camera}: ${name}`} onClick={onCamera}>
        <Icon name="camera" />
      </button>
      {faults && <Field.Description className="faults">{faults.join(' ')}</Field.Description>}
      {/* No alert: the first photo that is missing takes the focus, and is described by it. */}
      <Field.Error className="fault">{words.choose}</Field.Error>
      {/* Always there, so that a screen reader hears of what is put into it. */}
      <div role="status">
        {doubts.length > 0 && <Field.Description className="doubts">{doubts.join(' ')}</Field.Description>}
      </div>
    </Field.Root>
  );
}
