import { describe, expect, it } from 'vitest';
import { withIsoTimes } from '@reddyfit/shared/timestamps';
import { resultPage } from './page.ts';
import { completed, failed, measured, rejected } from './sample-scans.fixture.ts';

const push = {
  title: 'Scan Results Ready! 🎉',
  body: 'Your body composition analysis is complete. Body fat: 20.4%',
};

describe('result page', () => {
  it('has the push and every part of a completed scan', () => {
    const page = resultPage(completed, push).join('\n');
    expect(page).toContain(push.title);
    for (const heading of ['Body composition', 'Change', 'Insights', 'Nutrition', 'Workout', 'Hydration']) {
      expect(page).toMatch(new RegExp(`^  ${heading}$`, 'm'));
    }
    expect(page).toContain('146.5 lb (66.5 kg)');
    // The masses are computed from the body fat, so they are left out where its change may be chance.
    expect(page).toMatch(/body fat −0\.4 points \(may be chance\), weight −1\.2 lb\n/);
    expect(page).not.toContain('Simulated');
  });

  it('says of a change and a trend whether they may be chance', () => {
    const told = (moreThanChance: boolean | undefined) => {
      const chance = moreThanChance === undefined ? {} : { moreThanChance };
      const change = { bodyFatPercent: -4, weightLb: -9, leanMassLb: -1, fatMassLb: -8, ...chance };
      const trend = { scans: 4, bodyFatPercentPerWeek: -0.5, weightLbPerWeek: -1, ...chance };
      const delta = { previous: { scanId: 's', days: 56, change }, year: null, trend };
      return resultPage({ ...completed, results: { ...completed.results, delta } }, push, { width: 200 });
    };
    expect(told(false)).toContainEqual(expect.stringMatching(/points \(may be chance\), weight −9\.0 lb$/));
    expect(told(false)).toContainEqual(expect.stringMatching(/−0\.50 points \(may be chance\) and −1\.00 lb a week/)); // prettier-ignore
    for (const sure of [true, undefined]) {
      expect(told(sure)).toContainEqual(expect.stringMatching(/−4\.0 points, weight −9\.0 lb \(lean −1\.0, fat −8\.0\)$/)); // prettier-ignore
      expect(told(sure)).toContainEqual(expect.stringMatching(/−0\.50 points and −1\.00 lb a week/));
    }
  });

  it('says of a change that it rests on a doubtful weight, and that the height of the profile has changed', () => {
    const change = {
      bodyFatPercent: -4,
      weightLb: -90,
      leanMassLb: -1,
      fatMassLb: -89,
      moreThanChance: false,
    };
    const told = (more: object) => {
      const delta = {
        previous: { scanId: 's', days: 56, change: { ...change, ...more } },
        year: null,
        trend: null,
      };
      return resultPage({ ...completed, results: { ...completed.results, delta } }, push, {
        width: 200,
      }).join('\n');
    };
    expect(told({ weightDoubtful: true })).toMatch(
      /−4\.0 points \(the weight is doubtful\), weight −90\.0 lb\n/,
    );
    expect(told({ heightChanged: true })).toContain('The height in your profile has changed since');
    expect(told({})).not.toContain('height in your profile');
  });

  it('says so when no push arrived and when a stand-in answered', () => {
    const page = resultPage({ ...completed, simulated: true }, null).join('\n');
    expect(page).toContain('None arrived.');
    expect(page).toContain('Simulated');
  });

  it('shows girths with their intervals, and what the body fat was made of', () => {
    const page = resultPage(measured, push).join('\n');
    expect(page).toMatch(/Made of +15% earlier scan: 21\.4 ± 5\.2%\n +85% measured: 20\.2 ± 3\.2%/);
    expect(page).toMatch(/Measurements +neck 38\.4 cm \(37\.2 to 39\.6\)\n/);
    expect(page).toContain('waist 88.2 cm (86.6 to 89.8)');
    expect(page).toContain('waist to hip 0.88, waist to height 0.49');
    expect(page).toContain('The model and the measurement are far apart');
  });

  it('says that a stand-in had no part in a body fat that was measured', () => {
    expect(resultPage(measured, push, { width: 200 }).join('\n').replaceAll(/\s+/g, ' ')).toContain(
      'The body fat is none of them',
    );
    expect(resultPage(completed, push).join('\n')).not.toContain('Measurements');
  });

  it('lists warnings', () => {
    expect(resultPage({ ...completed, warnings: ['No workout this time.'] }, push).join('\n')).toContain(
      '• No workout this time.',
    );
  });

  it('tells a rejected scan photo by photo', () => {
    const page = resultPage(rejected, null).join('\n');
    expect(page).toContain('• left: The photo is too dark.');
    expect(page).toContain('• right: The photo is blurred.');
    expect(page).toContain('PhotosRejectedError');
    expect(page).toMatch(/Photos +left: too_dark\n +right: blurred\n/);
  });

  it('says nothing of examples where there are none', () => {
    expect(resultPage({ ...rejected, simulated: true }, null).join('\n')).not.toContain('Simulated');
  });

  it('tells a failed scan by the sentence for the user', () => {
    const page = resultPage(failed, null).join('\n');
    expect(page).toContain('The analysis is not available right now. Try again later.');
    expect(page).toContain('ModelUnavailableError');
  });

  it.each([60, 80])('stays within a terminal of %i columns', (width) => {
    for (const scan of [completed, measured, rejected, failed]) {
      for (const line of resultPage(scan, push, { width }))
        expect(line.length, line).toBeLessThanOrEqual(width);
    }
  });

  it('ends with what everybody came for', () => {
    expect(resultPage(measured, push, { width: 80 }).slice(-2)).toEqual([
      '  20.4% body fat (14.3–26.5) · measured + earlier scan',
      '  −0.4 points (may be chance), −1.2 lb in 31 days',
    ]);
    expect(resultPage(rejected, null).at(-1)).not.toContain('body fat');
  });

  it('writes a percentage in one way, and no number twice in a line', () => {
    const page = resultPage({ ...measured, simulated: false }, push, { width: 200 });
    // Texts that a model wrote follow their own style.
    expect(page.slice(0, page.indexOf('  Insights')).join('\n')).not.toMatch(/\d %/);
    const calories = page.find((line) => line.includes('kcal'))!;
    const numbers = calories.match(/\d[\d,]+/g)!;
    expect(new Set(numbers).size).toBe(numbers.length);
  });
});

describe('JSON', () => {
  it('has times as ISO 8601 text', () => {
    expect(withIsoTimes(completed)).toMatchObject({
      createdAt: '2026-11-16T05:42:00.000Z',
      steps: { delta: { state: 'completed', completedAt: '2026-11-16T05:44:32.000Z' } },
      results: { estimation: { bodyFatPercent: 20.4 } },
    });
  });
});
