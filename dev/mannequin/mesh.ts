/** Surfaces of a body: tubes of elliptical rings, which is what trunk, limbs and head are built of. */

/** A point or direction (cm): x to the body's left, y up from the floor, z to its front. */
export type Vector = readonly [x: number, y: number, z: number];

/** One ring of a tube: the ellipse `centre + u·cos θ + v·sin θ`. */
export interface Ring {
  readonly centre: Vector;
  readonly u: Vector;
  readonly v: Vector;
}

/** Writes the colour (0–255, red, green, blue) at a point of the surface into `into`. */
export type Paint = (x: number, y: number, z: number, into: Float64Array) => void;

export interface Mesh {
  /** Points on the surface, three numbers each, ring by ring. */
  readonly points: Float64Array;
  /** Outward directions, likewise. */
  readonly normals: Float64Array;
  readonly rings: number;
  readonly segments: number;
  readonly paint: Paint;
}

/** A horizontal ring. */
export function level(y: number, halfWidth: number, halfDepth: number, x = 0, z = 0): Ring {
  return { centre: [x, y, z], u: [halfWidth, 0, 0], v: [0, 0, halfDepth] };
}

/** A tube along `rings`, in the order in which θ turns outward: for level rings, from bottom to top. */
export function tube(rings: readonly Ring[], segments: number, paint: Paint): Mesh {
  const points = new Float64Array(rings.length * segments * 3);
  rings.forEach(({ centre, u, v }, ring) => {
    for (let segment = 0; segment < segments; segment++) {
      const theta = (segment / segments) * 2 * Math.PI;
      const [cos, sin] = [Math.cos(theta), Math.sin(theta)];
      const at = (ring * segments + segment) * 3;
      for (let axis = 0; axis < 3; axis++) {
        points[at + axis] = centre[axis]! + u[axis]! * cos + v[axis]! * sin;
      }
    }
  });
  return { points, normals: normals(points, rings.length, segments), rings: rings.length, segments, paint };
}

/** Outward directions by the differences to the neighbours on the grid. */
function normals(points: Float64Array, rings: number, segments: number): Float64Array {
  const result = new Float64Array(points.length);
  const index = (ring: number, segment: number) =>
    (Math.max(0, Math.min(rings - 1, ring)) * segments + ((segment + segments) % segments)) * 3;
  for (let ring = 0; ring < rings; ring++) {
    for (let segment = 0; segment < segments; segment++) {
      const [left, right] = [index(ring, segment - 1), index(ring, segment + 1)];
      const [below, above] = [index(ring - 1, segment), index(ring + 1, segment)];
      const along = [0, 1, 2].map((axis) => points[right + axis]! - points[left + axis]!);
      const up = [0, 1, 2].map((axis) => points[above + axis]! - points[below + axis]!);
      // θ runs from x to z; seen from outside, with y up, the outward side is up × along.
      const normal = [
        up[1]! * along[2]! - up[2]! * along[1]!,
        up[2]! * along[0]! - up[0]! * along[2]!,
        up[0]! * along[1]! - up[1]! * along[0]!,
      ];
      const length = Math.hypot(...normal) || 1;
      const at = index(ring, segment);
      for (let axis = 0; axis < 3; axis++) result[at + axis] = normal[axis]! / length;
    }
  }
  return result;
}
