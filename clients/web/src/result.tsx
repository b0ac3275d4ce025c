/** What a scan found: body fat with its interval drawn, what it was made of, girths, and what to do. */

import type { Scan } from '@reddyfit/client';
import type { AppWords } from '@reddyfit/shared/words/app/en';
import { finding } from '@reddyfit/shared/words/findings';
import type { Speaker } from '@reddyfit/shared/words/speaker';

const GIRTHS = ['neck', 'shoulder', 'chest', 'upperArm', 'waist', 'navel', 'hip', 'thigh', 'calf'] as const;

/** The drawn axis of body fat (%). */
const AXIS_END = 60;

export function Result({ scan, words, speaker }: { scan: Scan; words: AppWords; speaker: Speaker }) {
  const { say, format } = speaker;
  const { insights, nutrition, workout, hydration, estimation } = scan.results!;
  const { bodyFatPercent, bodyFatRange, sources, measurements, notes, modelCall } = estimation!;
  const interval = `${format.number(bodyFatRange.low, 1)}–${format.percent(bodyFatRange.high)}`;
  return (
    <>
      <section>
        <h1>{words.bodyFat}</h1>
        <p className="figure">{format.percent(bodyFatPercent)}</p>
        <svg
          viewBox={`0 0 ${AXIS_END} 4`}
          role="img"
          aria-label={`${words.interval}: ${interval}`}
          className="interval"
        >
          <rect x="0" y="1.5" width={AXIS_END} height="1" className="axis" />
          <rect
            x={bodyFatRange.low}
            y="1"
            width={Math.max(0.2, bodyFatRange.high - bodyFatRange.low)}
            height="2"
          />
          <rect x={bodyFatPercent - 0.2} y="0" width="0.4" height="4" className="mark" />
        </svg>
        <p>
          {words.interval}: {interval}
        </p>
        {estimation!.rangeSentence && <p>{estimation!.rangeSentence}</p>}
        {notes?.map(({ messageCode, message }) => (
          <p key={messageCode}>{message}</p>
        ))}
        {scan.simulated && (
          <p className="note">{say('screen', modelCall ? 'simulated.numbers' : 'simulated.texts')}</p>
        )}
      </section>
      {sources && (
        <table>
          <caption>{words.madeOf}</caption>
          <thead>
            <tr>
              <th scope="col">{words.source}</th>
              <th scope="col">{words.bodyFat}</th>
              <th scope="col">{words.share}</th>
            </tr>
          </thead>
          <tbody>
            {sources.map(({ source, bodyFatPercent: percent, weight }) => (
              <tr key={source}>
                <th scope="row">{say('screen', `origin.${source}`)}</th>
                <td>{format.percent(percent)}</td>
                <td>{format.percent(100 * weight, 0)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {measurements && (
        <table>
          <caption>{words.girths}</caption>
          <thead>
            <tr>
              <td />
              <th scope="col">cm</th>
              <th scope="col">{words.low}</th>
              <th scope="col">{words.high}</th>
            </tr>
          </thead>
          <tbody>
            {GIRTHS.map((name) => {
              const girth = measurements[name];
              return (
                girth && (
                  <tr key={name}>
                    <th scope="row">{say('screen', `girth.${name}`)}</th>
                    <td>{format.number(girth.cm, 1)}</td>
                    <td>{format.number(girth.low, 1)}</td>
                    <td>{format.number(girth.high, 1)}</td>
                  </tr>
                )
              );
            })}
          </tbody>
        </table>
      )}
      <Part title={say('screen', 'step.delta')} lines={[finding('delta', scan.results, speaker)]} />
      <Part
        title={say('screen', 'step.insights')}
        lines={insights && [insights.summary, ...insights.highlights, insights.nextFocus]}
      />
      <Part
        title={say('screen', 'step.nutrition')}
        lines={
          nutrition && [
            finding('nutrition', scan.results, speaker),
            ...nutrition.meals.map(({ name, description }) => `${name}: ${description}`),
            nutrition.advice,
          ]
        }
      />
      <Part
        title={say('screen', 'step.workout')}
        lines={
          workout && [
            finding('workout', scan.results, speaker),
            ...workout.sessions.map(
              ({ name, exercises }) => `${name}: ${exercises.map((each) => each.name).join(', ')}`,
            ),
            workout.advice,
          ]
        }
      />
      <Part
        title={say('screen', 'step.hydration')}
        lines={hydration && [finding('hydration', scan.results, speaker), ...hydration.tips]}
      />
    </>
  );
}

function Part({ title, lines }: { title: string; lines: readonly (string | null)[] | undefined }) {
  const said = lines?.filter((line) => line !== null) ?? [];
  if (said.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      {said.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </section>
  );
}
