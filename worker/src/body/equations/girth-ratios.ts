/** How fat is distributed, as ratios of lengths (cm over cm). */

/**
 * Waist over hip (WHO 2011, "Waist circumference and waist–hip ratio: report of a WHO expert consultation"):
 * risk of metabolic complications is raised from 0.90 in men and 0.85 in women.
 */
export function waistToHip(waistCm: number, hipCm: number): number {
  return waistCm / hipCm;
}

/** Waist over height (Ashwell & Hsieh 2005, Int J Food Sci Nutr 56:303–307): "keep your waist to less than half your height". */
export function waistToHeight(waistCm: number, heightCm: number): number {
  return waistCm / heightCm;
}
