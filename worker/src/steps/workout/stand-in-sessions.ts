/** The week of training that the stand-in plans for each goal. */

import type { Goal } from '../../body/equations/goal.ts';

const WHOLE_BODY = {
  name: 'Whole body strength',
  minutes: 45,
  exercises: [
    { name: 'Squat', sets: 3, reps: '8-12' },
    { name: 'Push-up', sets: 3, reps: '8-15' },
    { name: 'Row', sets: 3, reps: '8-12' },
    { name: 'Plank', sets: 3, reps: '30 s' },
  ],
};

const HINGE_AND_PRESS = {
  name: 'Hinge and press',
  minutes: 45,
  exercises: [
    { name: 'Romanian deadlift', sets: 3, reps: '8-12' },
    { name: 'Overhead press', sets: 3, reps: '8-12' },
    { name: 'Lunge', sets: 3, reps: '10 each side' },
    { name: 'Side plank', sets: 2, reps: '20 s each side' },
  ],
};

const WALK = {
  name: 'Brisk walk',
  minutes: 40,
  exercises: [{ name: 'Walking at a pace that still lets you talk', sets: 1, reps: '40 min' }],
};

/** Sessions of one week. */
export function sessionsFor(goal: Goal) {
  switch (goal) {
    case 'lose_fat':
      return [WHOLE_BODY, WALK, HINGE_AND_PRESS, WALK];
    case 'maintain':
      return [WHOLE_BODY, WALK, HINGE_AND_PRESS];
    case 'gain_muscle':
      return [WHOLE_BODY, HINGE_AND_PRESS, { ...WHOLE_BODY, name: 'Whole body strength, heavier' }];
  }
}
