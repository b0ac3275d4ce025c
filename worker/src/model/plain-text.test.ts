import { expect, it } from 'vitest';
import { plainTextProblem } from './plain-text.ts';

it.each([
  'Your body fat is 18.2% (BMI < 25), about 1.5 points less than before.',
  'Eat 150 g of rice, e.g. basmati; drink 2 L/day. Well done!',
  'Two sessions:\n- squat 3 × 8-12\n- row [light]',
  'Schön gemacht 👩‍🔬',
  'शाबाश! रोज़ 2.4 लीटर पानी पिएँ; पानी का क्\u200dष और ष\u200cट भी ठीक हैं।',
  '¡Muy bien! Tu grasa corporal es del 18,2 %.',
])('plain text passes: %s', (text) => {
  expect(plainTextProblem({ deep: [{ text }] })).toBeNull();
});

it.each([
  'See https://example.com',
  'see HTTP://EXAMPLE',
  'javascript:alert(1)',
  'write to mailto:a@b.c',
  'Go to www.example now',
  'Visit buy-pills.com today',
  '<script>alert(1)</script>',
  '<img src=x',
  '<!-- hidden -->',
  '[click](here)',
  '![pixel](x)',
  '```sh```',
  'turned \u202e around',
  'hidden \u200b text',
  'bell \u0007',
])('anything else does not: %s', (text) => {
  expect(plainTextProblem({ fine: 'yes', deep: [{ text }] })).toMatch(/^a text contains/);
});
