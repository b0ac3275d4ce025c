/** What each activity of a trial answers when nothing goes wrong. */

const modelCall = {
  model: 'trial',
  promptVersion: 'trial',
  inputTokens: 1,
  outputTokens: 1,
  latencyMs: 1,
  asks: 1,
  simulated: true,
};
export const accepted = { accepted: true, issues: [] };
/** Step → its result. */
export const RESULTS = {
  qualityCheck: {
    accepted: true,
    photos: { front: accepted, back: accepted, left: accepted, right: accepted },
    modelCall,
  },
  estimation: {
    bodyFatPercent: 20,
    bodyFatRange: { low: 18, high: 22 },
    leanMassLb: 144,
    fatMassLb: 36,
    bmi: 25,
    confidence: 0.8,
    observations: [],
    modelCall,
  },
  delta: { previous: null, year: null, trend: null },
  insights: { summary: 's', highlights: ['h'], nextFocus: 'f', modelCall },
  nutrition: {
    goal: 'maintain' as const,
    bmrKcal: 1700,
    tdeeKcal: 2400,
    calorieTargetKcal: 2400,
    proteinG: 130,
    fatG: 70,
    carbsG: 300,
    meals: [{ name: 'm', description: 'd' }],
    advice: 'a',
    modelCall,
  },
  workout: {
    goal: 'maintain' as const,
    sessions: [{ name: 's', minutes: 30, exercises: [{ name: 'e', sets: 3, reps: '8' }] }],
    advice: 'a',
    modelCall,
  },
  hydration: { dailyWaterMl: 2500, dailyWaterFlOz: 85, tips: ['t'], modelCall },
};

/** The activities of a scan that answer nothing. */
export const ANSWER_NOTHING = [
  'rememberScan',
  'sendNotification',
  'publishEvent',
  'auditLog',
  'deleteImages',
  'hideKeptFaces',
  'refundScanCredit',
  'commitScanCredit',
] as const;
