/** How far two colours lie from each other as pixels have them; what light and shade do to a colour is told by face.ts. */

/** The Euclidean distance of two colours (red, green, blue, 0–255): 0 to 441. */
export function rgbDistance(one: readonly number[], other: readonly number[]): number {
  return Math.hypot(one[0]! - other[0]!, one[1]! - other[1]!, one[2]! - other[2]!);
}
