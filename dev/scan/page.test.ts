import { describe, expect, it } from 'vitest';
import { withIsoTimes } from '@reddyfit/shared/timestamps';
import { resultPage } from './page.ts';
import { completed, failed, rejected } from './sample-scans.fixture.ts';

const push = {
  title: 'Scan Results Ready! 🎉',
  body: 'Your body composition analysis is complete. BF%: 24.1%',
};

describe('result page', () => {
  it('has the push and every part of a completed scan', () => {
    const page = resultPage(completed, push).join('\n');
    expect(page).toContain(push.title);
    for (const heading of ['Body composition', 'Change', 'Insights', 'Nutrition', 'Workout', 'Hydration']) {
      expect(page).toMatch(new RegExp(`^  ${heading}$`, 'm'));
    }
    expect(page).toContain('139.7 lb (63.4 kg)');
    expect(page).toContain('body fat −0.4 points, weight −1.2 lb');
    expect(page).not.toContain('Simulated');
  });

  it('says so when no push arrived and when a stand-in answered', () => {
    const page = resultPage({ ...completed, simulated: true }, null).join('\n');
    expect(page).toContain('None arrived.');
    expect(page).toContain('Simulated');
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
  });

  it('tells a failed scan by the sentence for the user', () => {
    const page = resultPage(failed, null).join('\n');
    expect(page).toContain('The analysis is not available right now. Try again later.');
    expect(page).toContain('ModelUnavailableError');
  });

  it('stays within the terminal', () => {
    for (const scan of [completed, rejected, failed]) {
      for (const line of resultPage(scan, push, { width: 72 })) expect(line.length).toBeLessThanOrEqual(72);
    }
  });
});

describe('JSON', () => {
  it('has times as ISO 8601 text', () => {
    expect(withIsoTimes(completed)).toMatchObject({
      createdAt: '2026-11-16T05:42:00.000Z',
      steps: { delta: { state: 'completed', completedAt: '2026-11-16T05:44:32.000Z' } },
      results: { estimation: { bodyFatPercent: 24.1 } },
    });
  });
});
