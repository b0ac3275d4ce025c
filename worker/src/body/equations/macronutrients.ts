/** Protein, fat and carbohydrate (g/day) within an energy target. */

/** Energy of a gram (kcal/g): the general factors of Atwater (Merrill & Watt 1973, USDA Handbook 74). */
export const KCAL_PER_G = { protein: 4, fat: 9, carbs: 4 } as const;

/**
 * Protein (g per kg and day) above which more protein no longer increased the fat-free mass that training adds: 1.6
 * (Morton et al. 2018, Br J Sports Med 52:376–384, breakpoint 1.62, 95 % CI 1.03–2.20).
 */
const PROTEIN_G_PER_KG = 1.6;

/** Least protein (g per kg and day): 0.8, the recommended dietary allowance of adults (Institute of Medicine 2005). */
const LEAST_PROTEIN_G_PER_KG = 0.8;

/** Acceptable ranges (share of energy): protein 10–35 %, fat 20–35 % (Institute of Medicine 2005). */
const PROTEIN_SHARE_MAX = 0.35;
const FAT_SHARE = 0.3;

/**
 * Splits `targetKcal` (kcal/day). Protein is 1.6 g per kg of `referenceMassKg`, limited to 35 % of the energy, but at least
 * 0.8 g/kg. Fat is 30 % of the energy. Carbohydrate is the rest, which is 35 % or more unless the 0.8 g/kg exceed the
 * limit of protein. Returns unrounded grams.
 */
export function macronutrients(
  targetKcal: number,
  referenceMassKg: number,
): { proteinG: number; fatG: number; carbsG: number } {
  const proteinG = Math.max(
    LEAST_PROTEIN_G_PER_KG * referenceMassKg,
    Math.min(PROTEIN_G_PER_KG * referenceMassKg, (targetKcal * PROTEIN_SHARE_MAX) / KCAL_PER_G.protein),
  );
  const fatG = (targetKcal * FAT_SHARE) / KCAL_PER_G.fat;
  const carbsG = (targetKcal - proteinG * KCAL_PER_G.protein - fatG * KCAL_PER_G.fat) / KCAL_PER_G.carbs;
  return { proteinG, fatG, carbsG };
}
