/** The head of a mannequin: skull with a painted face, nose, ears, hair. */

import type { Body } from './body.ts';
import { curve } from './curve.ts';
import type { Colour, Look } from './look.ts';
import { level, type Mesh, type Paint, type Ring, tube } from './mesh.ts';

/** Chin and crown (share of height). */
const CHIN = 0.868;
const CROWN = 1;

const LIPS: Colour = [164, 84, 78];

export function head(body: Body, look: Look): Mesh[] {
  const { heightCm: h, sections } = body;
  const half = ((CROWN - CHIN) / 2) * h;
  const middle = ((CROWN + CHIN) / 2) * h;
  // Broad necks carry broad jaws.
  const halfWidth = Math.max(0.0445 * h, sections.neck.widthCm * 0.56);
  const halfDepth = Math.max(0.056 * h, sections.neck.depthCm * 0.62);
  const z = 0.012 * h;
  const paint = face(look, { half, middle, halfWidth, z });

  const width = curve([-1, -0.97, -0.85, -0.5, 0, 0.35, 0.7, 0.92, 0.98, 1], [0.12, 0.3, 0.52, 0.8, 0.97, 1, 0.82, 0.46, 0.22, 0.02]); // prettier-ignore
  const front = curve([-1, -0.97, -0.85, -0.5, 0, 0.35, 0.7, 0.92, 0.98, 1], [0.66, 0.78, 0.88, 0.93, 0.94, 0.96, 0.8, 0.46, 0.24, 0.02]); // prettier-ignore
  const rear = curve([-1, -0.97, -0.85, -0.5, 0, 0.35, 0.7, 0.92, 0.98, 1], [-0.2, 0.1, 0.5, 0.82, 0.97, 1, 0.84, 0.48, 0.24, 0.02]); // prettier-ignore
  const rings: Ring[] = [];
  for (let t = -1; t <= 1.0001; t += 0.025) {
    const hair = look.hairCm * Math.max(0, Math.min(1, (t - 0.35) * 3));
    const depth = ((front(t) + rear(t)) / 2) * halfDepth + hair * 0.6;
    const centre = z + ((front(t) - rear(t)) / 2) * halfDepth - hair * 0.4;
    rings.push(
      level(middle + t * half + hair * Math.max(0, t), width(t) * halfWidth + hair * 0.6, depth, 0, centre),
    );
  }
  const skinOnly: Paint = (_x, _y, _z, into) => into.set(look.skin);
  const parts = [tube(rings, 72, paint), nose(halfDepth, half, middle, z, skinOnly)];
  for (const side of [-1, 1]) parts.push(ear(side * halfWidth * 0.97, half, middle, z, look));
  if (look.bun) parts.push(bun(middle + half * 0.62, z - halfDepth * 1.06, 0.028 * h, look));
  return parts;
}

interface Skull {
  readonly half: number;
  readonly middle: number;
  readonly halfWidth: number;
  readonly z: number;
}

function face(look: Look, { half, middle, halfWidth, z }: Skull): Paint {
  return (x, y, depth, into) => {
    const across = Math.abs(x) / halfWidth;
    const t = (y - middle) / half;
    const forward = depth - z;
    const hairline = forward > 0 ? 0.52 - 0.12 * across : -0.42;
    const behindEar = forward < 0.12 * half && t > (forward < -0.25 * half ? -0.55 : -0.05);
    if (t > hairline || behindEar) return into.set(look.hair);
    into.set(look.skin);
    if (forward < 0.2 * half) return;
    const eye = Math.hypot((across - 0.4) / 0.17, (t - 0.06) / 0.055);
    const iris = Math.hypot((across - 0.4) / 0.07, (t - 0.06) / 0.05);
    if (iris < 1) return into.fill(38);
    if (eye < 1) return into.fill(228);
    if (eye < 1.35) return darken(into, 0.62);
    if (Math.abs(t - 0.235 + 0.06 * Math.abs(across - 0.4)) < 0.03 && Math.abs(across - 0.42) < 0.22) {
      return into.set(look.hair);
    }
    const mouth = Math.hypot(across / 0.3, (t + 0.5) / 0.055);
    if (mouth < 1) into.set(LIPS.map((channel, i) => (channel + look.skin[i]!) / 2));
    if (mouth < 1 && Math.abs(t + 0.5) < 0.012) darken(into, 0.55);
    const nostril = Math.hypot((across - 0.12) / 0.05, (t + 0.235) / 0.02);
    if (nostril < 1) darken(into, 0.6);
  };
}

const darken = (into: Float64Array, share: number) => {
  for (let i = 0; i < 3; i++) into[i]! *= share;
};

function nose(halfDepth: number, half: number, middle: number, z: number, paint: Paint): Mesh {
  const stations = [-0.27, -0.25, -0.2, -0.12, 0, 0.12];
  const out = [0.02, 0.13, 0.19, 0.16, 0.08, 0.02];
  const wide = [0.1, 0.17, 0.17, 0.12, 0.08, 0.06];
  const rings = stations.map((t, i) =>
    level(middle + t * half, wide[i]! * half, out[i]! * half + 1.2, 0, z + halfDepth * 0.94 - 1.2),
  );
  return tube(rings, 24, paint);
}

function ear(x: number, half: number, middle: number, z: number, look: Look): Mesh {
  const rings = [-0.24, -0.2, -0.1, 0.02, 0.12, 0.17].map((t, i) => {
    const size = [0.02, 0.09, 0.13, 0.16, 0.13, 0.03][i]! * half;
    return level(middle + t * half, size * 0.55, size, x, z - 0.02 * half + t * 0.2);
  });
  return tube(rings, 20, (_x, _y, depth, into) => {
    into.set(look.skin);
    if (Math.abs(depth - z) < 0.05 * half) darken(into, 0.75);
  });
}

function bun(y: number, z: number, radius: number, look: Look): Mesh {
  const rings = Array.from({ length: 13 }, (_, i) => {
    const t = -1 + i / 6;
    const size = Math.max(0.02, Math.sqrt(Math.max(0, 1 - t * t))) * radius;
    return level(y + t * radius, size, size, 0, z);
  });
  return tube(rings, 24, (_x, _y, _z, into) => into.set(look.hair));
}
