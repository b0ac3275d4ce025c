/** Soft lines and hollows of the body under the skin; they lie inside the contour and never change it. */

import type { FrontBody } from './body-front.ts';
import type { SideBody } from './body-side.ts';
import { levelCm, type Figure } from './figure.ts';
import { between, type Point, smooth } from './outline.ts';
import { Relief } from './relief.ts';

const shifted = ([x, y]: Point, dx: number): Point => [x + dx, y];

function limbs(relief: Relief, figure: Figure, { arm, leg }: FrontBody): Relief {
  const h = figure.heightCm;
  const [thighY, kneeY, calfY] = [levelCm(figure, 'thigh'), levelCm(figure, 'knee'), levelCm(figure, 'calf')];
  const upper = (share: number) => between(arm.shoulder, arm.elbow, share);
  const lower = (share: number) => between(arm.elbow, arm.wrist, share);
  const fold = figure.upperArm.widthCm * 0.4;
  return relief
    .lines(
      [arm.armpit[0] - 0.5, arm.armpit[1]],
      shifted(upper(0.34), -fold),
      shifted(upper(0.16), -fold * 0.9),
    )
    .glows(upper(0.1), upper(0.5), upper(0.8), shifted(upper(0.5), -2.4))
    .glows(lower(0.1), lower(0.5), lower(0.85), shifted(lower(0.4), -1.9))
    .glows(
      [leg.thigh, thighY + 3],
      [leg.thigh + 2.6, thighY - 8],
      [leg.knee + 0.5, kneeY + 7],
      [leg.thigh - 2, thighY - 8],
    )
    .glows(
      [leg.calf, calfY + 9],
      [leg.calf + 1.7, calfY],
      [leg.ankle + 0.2, 0.1 * h],
      [leg.calf - 1.5, calfY],
    );
}

/** Fingers and, in front, toes: fine lines that stay sharp. */
export function digits(figure: Figure, { arm, leg }: FrontBody, view: 'front' | 'back'): string {
  const h = figure.heightCm;
  const half = figure.ankle.widthCm / 2;
  const fingers = [-0.75, 0.1, 0.95].map((across): Point[] => [
    shifted(between(arm.wrist, arm.tip, 0.64), across * 1.15),
    shifted(between(arm.wrist, arm.tip, 0.96), across * 0.8),
  ]);
  const toes = [-0.5, 0.05, 0.6, 1.1].map((share): Point[] => [
    [leg.ankle + half * share, 0.0105 * h],
    [leg.ankle + half * (share + 0.03), 0.001 * h],
  ]);
  const strokes = view === 'front' ? [...fingers, ...toes] : fingers;
  const both = strokes.flatMap((points) => [points, points.map(([x, y]): Point => [-x, y])]);
  return `<path class="feature" d="${both.map((points) => smooth(points, { closed: false })).join('')}"/>`;
}

export function musclesFront(figure: Figure, body: FrontBody): string {
  const h = figure.heightCm;
  const chest = figure.chest.widthCm / 2;
  const waist = figure.waist.widthCm / 2;
  const shoulder = figure.shoulder.widthCm / 2;
  const knee = figure.knee.widthCm / 2;
  const { leg } = body;
  const relief = limbs(new Relief(), figure, body)
    .lines([leg.knee - knee * 0.55, 0.275 * h], [leg.knee, 0.264 * h], [leg.knee + knee * 0.55, 0.275 * h])
    .glows([leg.knee, 0.3 * h], [leg.knee + 2, 0.285 * h], [leg.knee, 0.27 * h], [leg.knee - 2, 0.285 * h])
    .lines([1.4, 0.8135 * h], [shoulder * 0.34, 0.8165 * h], [shoulder * 0.7, 0.8125 * h])
    .lines([2.4, 0.845 * h], [1.6, 0.828 * h], [1, 0.816 * h])
    .line([0, 0.795 * h], [0.1, 0.74 * h], [0, 0.705 * h])
    .line([0, 0.675 * h], [0.1, 0.645 * h], [0, 0.618 * h])
    .lines([waist * 0.88, 0.582 * h], [waist * 0.66, 0.566 * h], [waist * 0.5, 0.553 * h])
    .hollow([0, 0.61 * h], [0.8, 0.604 * h], [0, 0.597 * h], [-0.8, 0.604 * h]);
  if (figure.sex === 'male') {
    relief
      .lines([1.2, 0.704 * h], [chest * 0.36, 0.694 * h], [chest * 0.7, 0.701 * h], [chest * 0.94, 0.729 * h])
      .glows(
        [chest * 0.5, 0.772 * h],
        [chest * 0.78, 0.74 * h],
        [chest * 0.5, 0.714 * h],
        [chest * 0.2, 0.742 * h],
      )
      .lines([chest * 0.2, 0.676 * h], [chest * 0.46, 0.658 * h], [chest * 0.62, 0.638 * h])
      .lines([waist * 0.44, 0.655 * h], [waist * 0.48, 0.62 * h], [waist * 0.42, 0.58 * h]);
  } else {
    relief.lines([waist * 0.46, 0.65 * h], [waist * 0.46, 0.615 * h], [waist * 0.42, 0.582 * h]);
  }
  const navel = `<ellipse cx="0" cy="${-0.604 * h}" rx=".34" ry=".6" fill="#4a2213" fill-opacity=".5"/>`;
  const areolae = [-1, 1].map(
    (side) =>
      `<ellipse cx="${side * chest * 0.6}" cy="${-0.718 * h}" rx="1" ry=".8" fill="#7a3f2c" fill-opacity=".4"/>`,
  );
  return relief.svg + navel + (figure.top === null ? areolae.join('') : '');
}

export function musclesBack(figure: Figure, body: FrontBody): string {
  const h = figure.heightCm;
  const chest = figure.chest.widthCm / 2;
  const waist = figure.waist.widthCm / 2;
  const calf = figure.calf.widthCm / 2;
  const { leg } = body;
  return limbs(new Relief(), figure, body)
    .line([0, 0.835 * h], [0.1, 0.72 * h], [0, 0.6 * h], [0, 0.578 * h])
    .hollow([0, 0.7 * h], [1.2, 0.63 * h], [0.5, 0.58 * h], [-0.5, 0.58 * h], [-1.2, 0.63 * h])
    .lines(
      [chest * 0.3, 0.78 * h],
      [chest * 0.36, 0.745 * h],
      [chest * 0.52, 0.72 * h],
      [chest * 0.78, 0.722 * h],
    )
    .glows(
      [chest * 0.55, 0.79 * h],
      [chest * 0.8, 0.755 * h],
      [chest * 0.58, 0.728 * h],
      [chest * 0.42, 0.755 * h],
    )
    .lines([chest * 0.2, 0.83 * h], [chest * 0.5, 0.812 * h], [chest * 0.95, 0.804 * h])
    .lines([chest * 0.84, 0.695 * h], [waist * 0.76, 0.648 * h], [waist * 0.46, 0.605 * h])
    .hollows(
      [waist * 0.2, 0.592 * h],
      [waist * 0.28, 0.585 * h],
      [waist * 0.2, 0.578 * h],
      [waist * 0.13, 0.585 * h],
    )
    .lines([leg.knee - 3, 0.291 * h], [leg.knee, 0.286 * h], [leg.knee + 3, 0.29 * h])
    .lines([leg.calf, 0.245 * h], [leg.calf + 0.3, 0.205 * h], [leg.calf, 0.172 * h])
    .lines([leg.calf - calf * 0.62, 0.176 * h], [leg.calf - calf * 0.2, 0.167 * h])
    .lines([leg.calf + calf * 0.62, 0.184 * h], [leg.calf + calf * 0.2, 0.173 * h])
    .lines([leg.ankle - 1.5, 0.085 * h], [leg.ankle - 1.1, 0.05 * h], [leg.ankle - 1.3, 0.022 * h])
    .lines([leg.ankle + 1.5, 0.085 * h], [leg.ankle + 1.1, 0.05 * h], [leg.ankle + 1.3, 0.022 * h]).svg;
}

export function musclesSide(figure: Figure, body: SideBody): string {
  const h = figure.heightCm;
  const neck = body.edge('neck');
  const chest = body.edge('chest');
  const waist = body.edge('waist');
  const knee = body.edge('knee');
  const ankle = body.edge('ankle');
  const relief = new Relief()
    .line([waist.front - 3.6, 0.65 * h], [waist.front - 4, 0.61 * h], [waist.front - 3.4, 0.582 * h])
    .line([neck.front - 3.4, 0.868 * h], [neck.front - 2.6, 0.845 * h], [neck.front - 0.6, 0.825 * h])
    .glow([0, 0.42 * h], [3.2, 0.37 * h], [1, 0.31 * h], [-1.5, 0.37 * h])
    .glow([-3.2, 0.25 * h], [-1.8, 0.2 * h], [-2.8, 0.12 * h], [-5, 0.2 * h])
    .line([knee.front - 1.4, 0.298 * h], [knee.front - 4, 0.284 * h], [knee.front - 1.2, 0.266 * h])
    .line([knee.back + 2.6, 0.315 * h], [knee.back + 2.3, 0.285 * h], [knee.back + 3.2, 0.255 * h])
    .glow(
      [ankle.front - 4.4, 0.056 * h],
      [ankle.front - 3, 0.046 * h],
      [ankle.front - 4.4, 0.036 * h],
      [ankle.front - 5.8, 0.046 * h],
    );
  if (figure.sex === 'male') {
    relief
      .line([chest.front - 0.5, 0.7 * h], [chest.front - 4, 0.696 * h], [chest.front - 7.5, 0.71 * h])
      .line([chest.front - 3, 0.672 * h], [chest.front - 6, 0.652 * h]);
  }
  return relief.svg;
}
