/** The demo user as a mannequin: a man of 180 cm and about 184 lb. */

import { type Body, sectionOf } from './body.ts';
import type { Scene } from './photo.ts';

const BODY: Body = {
  sex: 'male',
  heightCm: 180,
  sections: {
    neck: sectionOf(38.5, 1.02),
    shoulder: { widthCm: 46, depthCm: 19 },
    chest: sectionOf(101, 0.7),
    waist: sectionOf(84, 0.75),
    navel: sectionOf(86.5, 0.76),
    hip: sectionOf(98, 0.72),
  },
  levels: { neck: 0.853, shoulder: 0.797, chest: 0.72, waist: 0.634, navel: 0.6, hip: 0.515 },
  thighCm: 55,
  calfCm: 38,
  ankleCm: 23,
  upperArmCm: 33,
  forearmCm: 27,
  wristCm: 17.2,
  armAngle: 0.25,
};

export const DEMO_SCENE: Scene = {
  body: BODY,
  look: {
    skin: [207, 154, 118],
    hair: [58, 42, 34],
    hairCm: 1.2,
    bun: false,
    top: 'bare',
    topColour: [60, 60, 66],
    shortsColour: [52, 73, 92],
  },
  room: { wall: [206, 212, 216], floor: [168, 146, 122], lightLeft: 1, lightRight: 0.93, things: false },
  light: [-0.3, 0.45, 0.84],
};
