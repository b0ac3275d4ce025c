/** A whole mannequin: the surfaces of trunk, limbs and head. */

import { type Body, trunk, TRUNK } from './body.ts';
import { curve } from './curve.ts';
import { head } from './head.ts';
import type { Colour, Look } from './look.ts';
import { level, type Mesh, type Paint, type Ring, tube, type Vector } from './mesh.ts';

export function figure(body: Body, look: Look): Mesh[] {
  return [
    trunkMesh(body, look),
    ...[-1, 1].flatMap((side) => [leg(body, look, side), foot(body, look, side), arm(body, look, side)]),
    ...head(body, look),
  ];
}

const fill = (into: Float64Array, [red, green, blue]: Colour, shade = 1) => {
  into[0] = red * shade;
  into[1] = green * shade;
  into[2] = blue * shade;
};

/** The middle of the trunk in depth (cm): belly before, buttocks behind, the neck a little forward. */
function trunkZ({ heightCm: h, sections }: Body): (y: number) => number {
  const belly = (sections.navel.depthCm - sections.chest.depthCm) * 0.25;
  return curve(
    [0.47, 0.515, 0.6, 0.66, 0.72, 0.8, 0.835, 0.87],
    [-0.006 * h, -0.009 * h, belly, belly * 0.8, 0, -0.012 * h, -0.006 * h, 0.002 * h],
  );
}

function trunkMesh(body: Body, look: Look): Mesh {
  const { heightCm: h } = body;
  const [at, z] = [trunk(body), trunkZ(body)];
  const rings: Ring[] = [];
  for (let share = TRUNK.bottom; share <= TRUNK.top; share += 0.003) {
    const { widthCm, depthCm } = at(share);
    rings.push(level(share * h, widthCm / 2, depthCm / 2, 0, z(share)));
  }
  const chestHalf = body.sections.chest.widthCm / 2;
  const paint: Paint = (x, y, depth, into) => {
    const share = y / h;
    if (share < 0.585) return fill(into, look.shortsColour, share > 0.577 ? 0.8 : 1);
    const side = Math.abs(x) / chestHalf;
    const neckline = 0.825 - 0.035 * Math.max(0, 1 - (side / 0.55) ** 2) * (depth > 0 ? 1 : 0.4);
    if (look.top === 'shirt' && share < neckline) return fill(into, look.topColour);
    if (look.top === 'band' && share > 0.672) {
      const strap = side > 0.34 && side < 0.62 && share < 0.83;
      if (share < 0.765 || strap) return fill(into, look.topColour, share < 0.68 ? 0.82 : 1);
    }
    // Navel, breast muscles and spine: marks that tell front from back.
    const navel = Math.hypot(x, y - 0.6 * h) < 1 && depth > 0;
    const spine = depth < 0 && Math.abs(x) < 0.9 && share > 0.6 && share < 0.81;
    const breast = depth > 0 && Math.abs(share - 0.707 - 0.02 * Math.abs(side - 0.5)) < 0.003 && side < 0.8;
    fill(into, look.skin, navel ? 0.6 : spine ? 0.9 : breast ? 0.86 : 1);
  };
  return tube(rings, 128, paint);
}

function leg(body: Body, look: Look, side: number): Mesh {
  const { heightCm: h, sections, thighCm, calfCm, ankleCm } = body;
  const radius = (cm: number) => cm / (2 * Math.PI);
  const hipHalf = sections.hip.widthCm / 2;
  const levels = [0.03, 0.05, 0.12, 0.21, 0.283, 0.34, 0.42, 0.475, 0.51];
  const halfWidth = curve(levels, [
    radius(ankleCm) * 1.02,
    radius(ankleCm) * 0.95,
    radius(calfCm) * 0.78,
    radius(calfCm),
    radius(calfCm) * 0.98,
    radius(thighCm) * 0.83,
    radius(thighCm) * 0.99,
    hipHalf * 0.5,
    hipHalf * 0.42,
  ]);
  const thighX = Math.max(hipHalf * 0.99 - radius(thighCm), radius(thighCm) * 0.98);
  const middle = curve(
    levels,
    [0.56, 0.56, 0.58, 0.6, 0.62, 0.66]
      .map((share) => share * hipHalf)
      .concat(thighX, hipHalf * 0.49, hipHalf * 0.45),
  );
  const depthShare = curve(levels, [1.25, 1.2, 1.12, 1.06, 1.08, 1.04, 1.03, 1, 1]);
  // Upwards the thigh takes on the depth of the hip.
  const deeper = curve(
    [0.36, 0.435, 0.478, 0.51],
    [radius(thighCm) * 0.98, sections.hip.depthCm * 0.425, sections.hip.depthCm * 0.47, 0],
  );
  const z = curve([0.05, 0.21, 0.3, 0.47], [-0.012 * h, -0.012 * h, 0, -0.006 * h]);
  const rings: Ring[] = [];
  for (let share = 0.03; share <= 0.51; share += 0.006) {
    const half = halfWidth(share);
    rings.push(
      level(
        share * h,
        half,
        share > 0.36 ? Math.max(half * depthShare(share), deeper(share)) : half * depthShare(share),
        side * middle(share),
        z(share),
      ),
    );
  }
  const paint: Paint = (_, y, depth, into) => {
    if (y > 0.37 * h) return fill(into, look.shortsColour, y < 0.378 * h ? 0.8 : 1);
    const knee = depth > 0 && Math.abs(y - 0.283 * h) < 0.012 * h;
    fill(into, look.skin, knee ? 0.95 : 1);
  };
  return tube(rings, 48, paint);
}

function foot(body: Body, look: Look, side: number): Mesh {
  const { heightCm: h, sections } = body;
  const x = side * sections.hip.widthCm * 0.28;
  // Along the foot from toe to heel; rings stand upright, soles on the floor.
  const along = [0.105, 0.1, 0.08, 0.045, 0.01, -0.02, -0.04, -0.045];
  const tall = [0.004, 0.013, 0.02, 0.033, 0.045, 0.044, 0.03, 0.008];
  const wide = [0.012, 0.022, 0.027, 0.026, 0.021, 0.019, 0.017, 0.008];
  const rings = along.map((share, i): Ring => {
    const turn = Math.max(0, share) * 0.18 * h * side;
    return {
      centre: [x + turn, (tall[i]! * h) / 2, share * h],
      u: [wide[i]! * h, 0, 0],
      v: [0, (tall[i]! * h) / 2, 0],
    };
  });
  return tube(rings, 32, (_x, _y, _z, into) => fill(into, look.skin, 0.97));
}

/** A limb's rings across the way from joint to joint. */
function arm(body: Body, look: Look, side: number): Mesh {
  const { heightCm: h, sections, upperArmCm, forearmCm, wristCm, armAngle } = body;
  const shoulder: Vector = [sections.shoulder.widthCm * 0.43, 0.782 * h, -0.01 * h];
  const reach = ([x, y, z]: Vector, length: number, angle: number, forward: number): Vector => [
    x + Math.sin(angle) * length,
    y - Math.cos(angle) * length,
    z + forward,
  ];
  const elbow = reach(shoulder, 0.17 * h, armAngle, -0.2);
  const wrist = reach(elbow, 0.148 * h, armAngle * 0.9, 1.2);
  const tip = reach(wrist, 0.1 * h, armAngle * 0.75, 1);
  const joints = [shoulder, elbow, wrist, tip];
  const ends = [0, 0.17, 0.318, 0.418];
  const axis = [0, 1, 2].map((i) => curve(ends, joints.map((joint) => joint[i]!))); // prettier-ignore
  const radius = (cm: number) => cm / (2 * Math.PI);
  const [upper, fore, thin] = [radius(upperArmCm), radius(forearmCm), radius(wristCm)];
  const stations = [-0.028, -0.022, 0, 0.05, 0.09, 0.15, 0.17, 0.21, 0.3, 0.318, 0.345, 0.37, 0.4, 0.418];
  const across = [0.2, 0.75, 1.15, 1.08, 1, 0.84, 0.82, 0].map((share) => share * upper);
  const halfWidth = curve(stations, [
    ...across.slice(0, 7),
    fore,
    thin * 1.02,
    thin * 0.92,
    thin * 0.95,
    thin * 0.9,
    thin * 0.7,
    thin * 0.15,
  ]);
  const flat = curve([0.3, 0.318, 0.36, 0.4], [1, 1.1, 1.75, 1.5]);
  const rings: Ring[] = [];
  for (let share = -0.028; share <= 0.418; share += 0.006) {
    const inside = Math.max(0, share);
    const angle = inside > 0.3 ? armAngle * 0.8 : armAngle;
    const [x, y, z] = axis.map((along) => along(inside)) as [number, number, number];
    const half = halfWidth(share);
    const lift = Math.min(0, share) * -h;
    rings.push({
      centre: [side * (x - lift * 0.25), y + lift * 0.75, z],
      u: [side * half * Math.cos(angle), half * Math.sin(angle), 0],
      v: [0, 0, side * half * (share > 0.3 ? flat(share) : 1)],
    });
  }
  const sleeveEnd = 0.69 * h;
  const paint: Paint = (_x, y, z, into) => {
    const sleeve = look.top === 'shirt' && y > sleeveEnd;
    const finger = y < 0.42 * h && Math.abs((z * 1.6) % 2) < 0.25;
    fill(into, sleeve ? look.topColour : look.skin, finger ? 0.85 : 1);
  };
  // From top to bottom θ turns the other way.
  return tube(rings.toReversed(), 32, paint);
}
