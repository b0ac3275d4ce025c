/** Lists the user's scans, and shows the trends of weight, body fat, lean mass and waist over the completed ones. */

import type { Scan } from '@reddyfit/client';
import { isTerminal } from '@reddyfit/shared/scan/statuses';
import { useScans } from '../documents.ts';
import { Heading } from '../heading.tsx';
import { Icon } from '../icons.tsx';
import { heightsDiffer } from './heights-differ.ts';
import { lengthIn, weightIn } from './measures.ts';
import { go } from '../address.ts';
import { addressOf } from '../route.ts';
import type { ScreenProps } from '../screen-props.ts';
import { type Point, Trend } from './trend.tsx';

/** The most scans that are shown: more than a year of two scans a week. */
const MOST = 120;

export default function History({ services, words, speaker, uid }: ScreenProps & { uid: string }) {
  const scans = useScans(services, uid, MOST);
  const { format, reader } = speaker;
  if (!scans)
    return (
      <p role="status" className="waiting">
        {words.loading}
      </p>
    );
  const day = new Intl.DateTimeFormat(reader.locale, { dateStyle: 'medium' });
  const completed = scans
    .filter(({ status, results }) => status === 'completed' && results?.estimation)
    .toReversed();
  const pointsOf = (measure: (scan: Scan) => Omit<Point, 'at'> | null): Point[] =>
    completed.flatMap((scan) => {
      const found = measure(scan);
      return found ? [{ at: new Date(scan.createdAt.toMillis()), ...found }] : [];
    });
  const weight = (lb: number) => format.weight(lb);
  const length = (cm: number) =>
    new Intl.NumberFormat(reader.locale, {
      style: 'unit',
      unit: reader.units === 'metric' ? 'centimeter' : 'inch',
      minimumFractionDigits: 1,
      maximumFractionDigits: 1,
    }).format(lengthIn(reader.units, cm));
  const trends: [string, Point[], (value: number) => string][] = [
    [words.bodyWeight, pointsOf(({ weightLb }) => ({ value: weightLb })), weight],
    [
      words.bodyFat,
      pointsOf(({ results }) => ({
        value: results!.estimation!.bodyFatPercent,
        ...results!.estimation!.bodyFatRange,
      })),
      (value) => format.percent(value),
    ],
    [
      words.leanMass,
      pointsOf(({ weightLb, results }) => {
        const { leanMassLb, bodyFatRange } = results!.estimation!;
        // Lean mass at each end of the interval of body fat.
        const lean = (percent: number) => weightLb * (1 - percent / 100);
        return { value: leanMassLb, low: lean(bodyFatRange.high), high: lean(bodyFatRange.low) };
      }),
      weight,
    ],
    [
      speaker.say('screen', 'girth.waist'),
      pointsOf(({ results }) => {
        const waist = results!.estimation!.measurements?.waist;
        return waist ? { value: waist.cm, low: waist.low, high: waist.high } : null;
      }),
      length,
    ],
  ];
  return (
    <>
      <Heading>{words.history}</Heading>
      {scans.length === 0 && <p className="empty">{words.noScans}</p>}
      {completed.length === 1 && <p className="lead">{words.oneScan}</p>}
      {heightsDiffer(completed) && <p className="lead">{words.heightChanged}</p>}
      {completed.length > 1 && (
        <div className="columns">
          {trends
            .filter(([, points]) => points.length > 1)
            .map(([title, points, write]) => (
              <Trend
                key={title}
                title={title}
                points={points}
                words={words}
                locale={reader.locale}
                write={write}
              />
            ))}
        </div>
      )}
      <ul className="list">
        {scans.map((scan) => (
          <li key={scan.id}>
            <a
              href={addressOf.scan(scan.id)}
              onClick={(event) => {
                event.preventDefault();
                go(addressOf.scan(scan.id));
              }}
            >
              <span>
                <span className="name">{day.format(new Date(scan.createdAt.toMillis()))}</span>
                <span className="hint">{format.weight(weightLbOf(scan))}</span>
              </span>
              <span className={scan.status === 'completed' ? 'value' : 'hint'}>{outcomeOf(scan)}</span>
              <Icon name="more" />
            </a>
          </li>
        ))}
      </ul>
    </>
  );

  function outcomeOf({ status, results }: Scan): string {
    if (status === 'completed' && results?.estimation)
      return format.percent(results.estimation.bodyFatPercent);
    if (!isTerminal(status)) return words.statusRunning;
    if (status === 'rejected') return words.statusRejected;
    return status === 'canceled' ? words.statusCanceled : words.statusFailed;
  }
}

/** The weight of a scan (lb), also of one that the server has not processed yet. */
const weightLbOf = ({ weightLb, weightKg }: Scan) => weightLb ?? (weightKg ?? 0) / weightIn('metric', 1);
