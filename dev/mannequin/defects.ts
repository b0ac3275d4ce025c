/** Photos as they must not be: one of the four has a fault, the same for the same seed. */

import { ANGLES, type Angle } from '@reddyfit/shared/photos';
import type { PhotoIssueCode } from '@reddyfit/shared/results';
import sharp, { type Sharp } from 'sharp';
import type { Camera } from './camera.ts';
import { developed, plainCamera, takeEmptyRoom, takePhoto, type Scene } from './photo.ts';
import { random, type Random } from './random.ts';
import { touchingArmAngle } from './sample.ts';
import { sampleScene } from './scene.ts';

/** What is asked of one photo of a scene. */
interface Faulty {
  readonly scene: Scene;
  readonly camera: Camera;
  readonly angle: Angle;
  readonly chance: Random;
}

interface Defect {
  /** What the gate must say about the photo. */
  readonly code: PhotoIssueCode;
  /** Angles at which the fault is one; all when absent. */
  readonly angles?: readonly Angle[];
  take(faulty: Faulty): Promise<Sharp>;
}

const degrees = (value: number) => (value * Math.PI) / 180;
const OPPOSITE: Record<Angle, Angle> = { front: 'back', back: 'front', left: 'right', right: 'left' };

/** A good photo, changed afterwards. */
const developedWith =
  (change: (photo: Sharp, chance: Random) => Sharp): Defect['take'] =>
  async ({ scene, camera, angle, chance }) =>
    // Encoded first, so that the change meets what a phone would have stored.
    change(sharp(await developed(await takePhoto(scene, camera, angle))), chance);

/** A good scene before another camera. */
const seenBy =
  (move: (camera: Camera, chance: Random, scene: Scene) => Partial<Camera>): Defect['take'] =>
  async ({ scene, camera, angle, chance }) =>
    takePhoto(scene, { ...camera, ...move(camera, chance, scene) }, angle);

export const DEFECTS = {
  dark: {
    code: 'too_dark',
    take: developedWith((photo, chance) => photo.linear(chance.between(0.03, 0.16), 0)),
  },
  bright: {
    code: 'too_bright',
    take: developedWith((photo, chance) =>
      photo.linear(chance.between(0.04, 0.12), chance.between(243, 250)),
    ),
  },
  blur: { code: 'blurred', take: developedWith((photo, chance) => photo.blur(chance.between(6.5, 14))) },
  croppedHead: {
    code: 'head_cut_off',
    take: seenBy(({ pxPerCm }, chance, { body }) => ({
      // The upper edge is between the chest and the eyes.
      floorY: chance.between(0.75, 0.94) * body.heightCm * pxPerCm,
    })),
  },
  croppedFeet: {
    code: 'feet_cut_off',
    take: seenBy(({ pxPerCm, height }, chance, { body }) => ({
      // The lower edge is between the ankles and the middle of the thighs.
      floorY: height + chance.between(0.035, 0.35) * body.heightCm * pxPerCm,
    })),
  },
  nobody: { code: 'not_a_person', take: ({ scene, camera }) => takeEmptyRoom(scene, camera) },
  twoPeople: {
    code: 'several_people',
    async take({ scene, camera, angle, chance }) {
      const other = sampleScene(Math.floor(chance.between(1000, 100_000))).scene;
      const apart = (scene.body.sections.shoulder.widthCm + other.body.sections.shoulder.widthCm) * 0.5 + 22;
      const side = chance.pick([-1, 1]);
      const both = {
        ...camera,
        pxPerCm: camera.pxPerCm * 0.8,
        centreX: camera.centreX - side * 0.17 * camera.width,
      };
      return takePhoto(scene, both, angle, [{ ...other, besideCm: side * Math.min(apart, 85) }]);
    },
  },
  tooSmall: {
    code: 'too_far',
    take: seenBy(({ pxPerCm, height }, chance) => ({
      pxPerCm: pxPerCm * chance.between(0.22, 0.42),
      floorY: height * chance.between(0.62, 0.75),
    })),
  },
  wrongAngle: {
    code: 'wrong_angle',
    take: ({ scene, camera, angle, chance }) =>
      takePhoto(
        scene,
        camera,
        chance.chance(0.5) ? OPPOSITE[angle] : chance.pick(ANGLES.filter((other) => other !== angle)),
      ),
  },
  armsAtTorso: {
    code: 'arms_at_torso',
    angles: ['front', 'back'],
    take: ({ scene, camera, angle, chance }) =>
      takePhoto(
        {
          ...scene,
          body: { ...scene.body, armAngle: touchingArmAngle(scene.body) - chance.between(0, 0.04) },
        },
        camera,
        angle,
      ),
  },
  tilted: {
    code: 'tilted',
    take: seenBy(({ pxPerCm }, chance) => ({
      roll: degrees(chance.between(15, 28) * chance.pick([-1, 1])),
      pxPerCm: pxPerCm * 0.8,
    })),
  },
  screenshot: {
    code: 'too_small',
    take: developedWith((photo, chance) => photo.resize({ height: Math.round(chance.between(360, 760)) })),
  },
  otherDistance: {
    code: 'size_differs',
    take: seenBy(({ pxPerCm, height }, chance) => ({
      pxPerCm: pxPerCm * chance.between(0.6, 0.68),
      floorY: height * 0.86,
    })),
  },
} as const satisfies Record<string, Defect>;
export type DefectName = keyof typeof DEFECTS;

/** The one photo of the seed's scene that has the fault, and its angle. The others are those of `plainCamera`. */
export async function faultyPhoto(
  name: DefectName,
  seed: number,
  size: { width: number; height: number },
): Promise<{ photo: Buffer; angle: Angle }> {
  const defect: Defect = DEFECTS[name];
  const { scene } = sampleScene(seed);
  const chance = random(seed * 31 + name.length * 7919 + name.charCodeAt(0));
  const angle = chance.pick(defect.angles ?? ANGLES);
  const camera = plainCamera(scene.body, size);
  return { photo: await developed(await defect.take({ scene, camera, angle, chance })), angle };
}
