/** The results of a scan: body fat with its interval, the change since the last scan, advice, sources and girths. */

import type { Scan } from '@reddyfit/client';
import { finding } from '@reddyfit/shared/words/findings';
import type { ReactNode } from 'react';
import { Girths } from './girths.tsx';
import { Heading } from '../heading.tsx';
import { said } from '../said.ts';
import type { ScreenProps } from '../screen-props.ts';

type Of = Omit<ScreenProps, 'services'>;
type Results = NonNullable<Scan['results']>;

/** The end of the drawn axis of body fat (%). */
const AXIS_END = 60;

export function Result({ scan, ...of }: Of & { scan: Scan }) {
  const { speaker } = of;
  const { say } = speaker;
  const results = scan.results!;
  const { insights, nutrition, workout, hydration } = results;
  const change = results.delta?.previous
    ? finding('delta', results, speaker)
    : results.delta && say('screen', 'nothing_before');
  return (
    <div className="result">
      <BodyFat {...of} scan={scan} />
      {change && (
        <Part title={say('screen', 'step.delta')}>
          <p className="key">{change}</p>
        </Part>
      )}
      {insights && (
        <Part title={say('screen', 'step.insights')}>
          <p>{insights.summary}</p>
          <ul>
            {insights.highlights.map((highlight) => (
              <li key={highlight}>{highlight}</li>
            ))}
          </ul>
          <p>
            <strong>{insights.nextFocus}</strong>
          </p>
        </Part>
      )}
      {nutrition && <Nutrition {...of} nutrition={nutrition} />}
      {workout && (
        <Part title={say('screen', 'step.workout')}>
          <p className="key">{finding('workout', results, speaker)}</p>
          {workout.sessions.map(({ name, minutes, exercises }) => (
            <details key={name}>
              <summary>
                {name} <span className="hint">{speaker.format.number(minutes)} min</span>
              </summary>
              <ul>
                {exercises.map((exercise) => (
                  <li key={exercise.name}>
                    {exercise.name}{' '}
                    <span className="hint">
                      {speaker.format.number(exercise.sets)} × {exercise.reps}
                    </span>
                  </li>
                ))}
              </ul>
            </details>
          ))}
          <p>{workout.advice}</p>
        </Part>
      )}
      {hydration && (
        <Part title={say('screen', 'step.hydration')}>
          <p className="key">{finding('hydration', results, speaker)}</p>
          <ul>
            {hydration.tips.map((tip) => (
              <li key={tip}>{tip}</li>
            ))}
          </ul>
        </Part>
      )}
      <Sources {...of} estimation={results.estimation!} />
      {results.estimation!.measurements && <Girths {...of} measurements={results.estimation!.measurements} />}
    </div>
  );
}

function BodyFat({ scan, words, speaker }: Of & { scan: Scan }) {
  const { say, format, reader } = speaker;
  const estimation = scan.results!.estimation!;
  const { bodyFatPercent, bodyFatRange, leanMassLb, fatMassLb, notes, modelCall } = estimation;
  const interval = `${format.number(bodyFatRange.low, 1)}–${format.percent(bodyFatRange.high)}`;
  const day = new Intl.DateTimeFormat(reader.locale, { dateStyle: 'long' });
  return (
    <section className="card hero">
      <Heading byNews>{words.bodyFat}</Heading>
      <p className="hint">{day.format(new Date(scan.createdAt.toMillis()))}</p>
      <p className="figure">{format.percent(bodyFatPercent)}</p>
      <svg
        viewBox={`0 0 ${AXIS_END} 7`}
        role="img"
        aria-label={`${words.interval}: ${interval}`}
        className="interval"
      >
        <rect x="0" y="1.6" width={AXIS_END} height="0.8" rx="0.4" className="axis" />
        <rect
          x={bodyFatRange.low}
          y="1.2"
          width={Math.max(0.2, bodyFatRange.high - bodyFatRange.low)}
          height="1.6"
          rx="0.8"
        />
        <circle cx={bodyFatPercent} cy="2" r="1.5" className="mark" />
        {[0, 20, 40, 60].map((percent) => (
          <text
            key={percent}
            x={percent}
            y="6.4"
            textAnchor={percent === 0 ? 'start' : percent === AXIS_END ? 'end' : 'middle'}
          >
            {percent}
          </text>
        ))}
      </svg>
      <p>
        {words.interval}: <strong>{interval}</strong>
      </p>
      {estimation.rangeSentence && <p className="hint">{estimation.rangeSentence}</p>}
      <Tiles
        tiles={[
          [words.bodyWeight, format.weight(scan.weightLb)],
          [words.leanMass, format.weight(leanMassLb)],
          [words.fatMass, format.weight(fatMassLb)],
        ]}
      />
      {notes?.map((note) => (
        <p key={note.messageCode}>{said(speaker, 'estimation', note)}</p>
      ))}
      {scan.simulated && (
        <p className="notice">{say('screen', modelCall ? 'simulated.numbers' : 'simulated.texts')}</p>
      )}
    </section>
  );
}

function Tiles({ tiles }: { tiles: readonly (readonly [name: string, value: string])[] }) {
  return (
    <dl className="figures">
      {tiles.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Nutrition({ nutrition, words, speaker }: Of & { nutrition: NonNullable<Results['nutrition']> }) {
  const { format, say } = speaker;
  const grams = (value: number) => `${format.number(value)} g`;
  return (
    <Part title={say('screen', 'step.nutrition')}>
      <p className="key">{say('screen', `goal.${nutrition.goal}`)}</p>
      <Tiles
        tiles={[
          [words.energy, `${format.number(nutrition.calorieTargetKcal)} kcal`],
          [words.protein, grams(nutrition.proteinG)],
          [words.dietFat, grams(nutrition.fatG)],
          [words.carbs, grams(nutrition.carbsG)],
        ]}
      />
      <ul>
        {nutrition.meals.map(({ name, description }) => (
          <li key={name}>
            <strong>{name}</strong> {description}
          </li>
        ))}
      </ul>
      <p>{nutrition.advice}</p>
    </Part>
  );
}

function Sources({ estimation, words, speaker }: Of & { estimation: NonNullable<Results['estimation']> }) {
  const { say, format } = speaker;
  if (!estimation.sources) return null;
  return (
    <Part title={words.madeOf}>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.source}</th>
            <th scope="col">{words.bodyFat}</th>
            <th scope="col">{words.share}</th>
          </tr>
        </thead>
        <tbody>
          {estimation.sources.map(({ source, bodyFatPercent, weight }) => (
            <tr key={source}>
              <th scope="row">{say('screen', `origin.${source}`)}</th>
              <td>{format.percent(bodyFatPercent)}</td>
              <td>{format.percent(100 * weight, 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Part>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="card">
      <h2>{title}</h2>
      {children}
    </section>
  );
}
