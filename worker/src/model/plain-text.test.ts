import { expect, it } from 'vitest';
import { plainTextProblem } from './plain-text.ts';

it.each([
  'Your body fat is 18.2% (BMI < 25), about 1.5 points less than before.',
  'Eat 150 g of rice, e.g. basmati; drink 2 L/day. Well done!',
  'Two sessions:\n- squat 3 × 8-12\n- row [light]',
  'Schön gemacht 👩‍🔬',
  'From 24.3 % to 23.1 %, i.e. by 1.2 points, in the U.S. and elsewhere; and/or 3 lb/wk.',
  'Keep protein:carbs near 1:2 at 7 a.m. and 6 p.m.; your BMI is < 25 and > 18.5.',
  'Great work (really). Next: sleep 8 h/night.',
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
  'Visit bit.ly/x1',
  'Offers at evil.xyz/offer, today',
  'Offers at evil.xyz.',
  'Look at intranet.internal/offer',
  'Look at 192.168.1.1/offer',
  'hxxps://evil.example/x',
  'hxxps://evil[.]example',
  'evil[.]xyz, evil (dot) xyz',
  'evil(dot)xyz',
  '\uff45\uff56\uff49\uff4c.\uff58\uff59\uff5a',
  'evil\uff0exyz',
  'evil\u3002xyz',
  '\uff48\uff54\uff54\uff50\uff53\uff1a//evil',
  'write to somebody@evil.xyz',
  'пример.рф',
  '<script>alert(1)</script>',
  '<img src=x',
  '<!-- hidden -->',
  '< script>alert(1)</ script >',
  '< img src=x onerror=alert(1) >',
  '\uff1cscript\uff1ealert(1)',
  '[click](here)',
  '[click] (here)',
  '![pixel](x)',
  '```sh```',
  'turned \u202e around',
  'hidden \u200b text',
  'bell \u0007',
])('anything else does not: %s', (text) => {
  expect(plainTextProblem({ fine: 'yes', deep: [{ text }] })).toMatch(/^a text contains/);
});
