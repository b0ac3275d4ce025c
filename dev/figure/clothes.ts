/** Close-fitting shorts and top, clipped to the body so that they never change its outline. */

import type { Figure } from './figure.ts';
import type { SideBody } from './body-side.ts';
import { mix, type Point, smooth, symmetric } from './outline.ts';
import { Relief } from './relief.ts';

const WAISTBAND = 0.572;
const HEM = 0.432;

export function clothesFront(figure: Figure, view: 'front' | 'back'): string {
  const h = figure.heightCm;
  const hipHalf = figure.hip.widthCm / 2;
  const reach = hipHalf + 1.2;
  const dip = view === 'front' ? -0.008 : 0.004;
  const shorts = smooth(
    symmetric([
      [0, (WAISTBAND + dip) * h],
      [reach * 0.6, (WAISTBAND + dip * 0.6) * h],
      [reach, WAISTBAND * h],
      [reach, mix(WAISTBAND, HEM, 0.5) * h],
      [reach, (HEM + 0.004) * h],
      [reach * 0.5, (HEM - 0.004) * h],
      [0, (HEM + 0.002) * h],
    ]).filter((point, index, all) => index === 0 || point[0] !== 0 || all[index - 1]![0] !== 0),
  );
  const band = smooth(
    [
      [-reach, (WAISTBAND - 0.016) * h],
      [0, (WAISTBAND - 0.016 + dip) * h],
      [reach, (WAISTBAND - 0.016) * h],
    ],
    { closed: false },
  );
  const seam = smooth(
    [
      [0, (WAISTBAND - 0.018 + dip) * h],
      [0.12, 0.51 * h],
      [0, 0.458 * h],
    ],
    { closed: false },
  );
  const relief = new Relief();
  if (view === 'front') {
    relief
      .lines([hipHalf * 0.86, 0.522 * h], [hipHalf * 0.5, 0.49 * h], [hipHalf * 0.22, 0.466 * h])
      .glows(
        [hipHalf * 0.55, 0.49 * h],
        [hipHalf * 0.72, 0.465 * h],
        [hipHalf * 0.55, 0.44 * h],
        [hipHalf * 0.38, 0.465 * h],
      );
  } else {
    relief
      .hollow([0, 0.55 * h], [1.4, 0.5 * h], [0.4, 0.458 * h], [-0.4, 0.458 * h], [-1.4, 0.5 * h])
      .glows(
        [hipHalf * 0.5, 0.545 * h],
        [hipHalf * 0.74, 0.515 * h],
        [hipHalf * 0.5, 0.485 * h],
        [hipHalf * 0.26, 0.515 * h],
      )
      .lines([hipHalf * 0.16, 0.468 * h], [hipHalf * 0.48, 0.458 * h], [hipHalf * 0.82, 0.472 * h]);
  }
  topRelief(relief, figure, view);
  return `<path d="${shorts}" fill="${figure.shorts}"/>${topFront(figure, view)}<path d="${band + seam}" class="seam"/><g opacity=".6">${relief.svg}</g>`;
}

/** The bust under a top, from the front. */
function topRelief(relief: Relief, figure: Figure, view: 'front' | 'back'): void {
  if (figure.top === null || view === 'back' || figure.sex === 'male') return;
  const h = figure.heightCm;
  const chest = figure.chest.widthCm / 2;
  relief
    .hollows(
      [chest * 0.16, 0.692 * h],
      [chest * 0.55, 0.68 * h],
      [chest * 0.9, 0.7 * h],
      [chest * 0.55, 0.688 * h],
    )
    .glows(
      [chest * 0.5, 0.745 * h],
      [chest * 0.7, 0.722 * h],
      [chest * 0.5, 0.702 * h],
      [chest * 0.28, 0.722 * h],
    );
}

/** A short fitted top: its hem lies under the chest, the waist stays free. */
function topFront(figure: Figure, view: 'front' | 'back'): string {
  if (figure.top === null) return '';
  const h = figure.heightCm;
  const chestHalf = figure.chest.widthCm / 2;
  const neckHalf = figure.neck.widthCm / 2;
  const scoop = view === 'front' ? 0.765 : 0.79;
  const half: Point[] = [
    [neckHalf * 0.75, (scoop + 0.008) * h],
    [neckHalf * 1.2, 0.815 * h],
    [neckHalf * 1.35, 0.84 * h],
    [neckHalf * 1.95, 0.84 * h],
    [neckHalf * 1.95, 0.812 * h],
    [chestHalf * 0.86, 0.775 * h],
    [chestHalf * 0.98, 0.748 * h],
    [chestHalf + 0.4, 0.735 * h],
    [chestHalf + 0.4, 0.668 * h],
    [chestHalf * 0.5, 0.662 * h],
  ];
  const shape = smooth([
    [0, scoop * h],
    ...half,
    [0, 0.66 * h],
    ...half.map(([x, y]): Point => [-x, y]).toReversed(),
  ]);
  return `<path d="${shape}" fill="${figure.top}"/><path class="seam" d="${smooth(
    [
      [-chestHalf, 0.676 * h],
      [0, 0.671 * h],
      [chestHalf, 0.676 * h],
    ],
    { closed: false },
  )}"/>`;
}

export function clothesSide(figure: Figure, body: SideBody): string {
  const h = figure.heightCm;
  const hip = body.edge('hip');
  const shorts = smooth([
    [hip.back - 3, WAISTBAND * h],
    [0, (WAISTBAND + 0.001) * h],
    [hip.front + 4, (WAISTBAND - 0.006) * h],
    [hip.front + 4, 0.5 * h],
    [hip.front + 4, HEM * h],
    [0, (HEM - 0.004) * h],
    [hip.back - 3, (HEM + 0.002) * h],
    [hip.back - 3, 0.5 * h],
  ]);
  const band = smooth(
    [
      [hip.back - 3, (WAISTBAND - 0.015) * h],
      [0, (WAISTBAND - 0.016) * h],
      [hip.front + 3, (WAISTBAND - 0.022) * h],
    ],
    { closed: false },
  );
  const relief = new Relief()
    .glow(
      [hip.back + 5, 0.545 * h],
      [hip.back + 7.5, 0.515 * h],
      [hip.back + 5.5, 0.485 * h],
      [hip.back + 3, 0.515 * h],
    )
    .line([hip.back + 1, 0.474 * h], [hip.back + 4, 0.462 * h], [hip.back + 7, 0.461 * h]);
  if (figure.top !== null) {
    const chest = body.edge('chest').front;
    relief.glow(
      [chest - 4, 0.745 * h],
      [chest - 1.8, 0.718 * h],
      [chest - 4, 0.7 * h],
      [chest - 6.5, 0.72 * h],
    );
  }
  return `<path d="${shorts}" fill="${figure.shorts}"/>${topSide(figure, body)}<path d="${band}" class="seam"/><g opacity=".6">${relief.svg}</g>`;
}

function topSide(figure: Figure, body: SideBody): string {
  if (figure.top === null) return '';
  const h = figure.heightCm;
  const chest = body.edge('chest');
  const shape = smooth([
    [chest.back - 3, 0.79 * h],
    [body.edge('neck').back - 2, 0.83 * h],
    [body.edge('neck').back + 3, 0.835 * h],
    [body.edge('neck').front - 1, 0.815 * h],
    [chest.front - 2.5, 0.785 * h],
    [chest.front + 3, 0.768 * h],
    [chest.front + 3, 0.72 * h],
    [chest.front + 3, 0.664 * h],
    [0, 0.66 * h],
    [chest.back - 3, 0.665 * h],
    [chest.back - 3, 0.73 * h],
  ]);
  return `<path d="${shape}" fill="${figure.top}"/><path class="seam" d="${smooth(
    [
      [chest.back - 2, 0.675 * h],
      [0, 0.671 * h],
      [chest.front + 2, 0.674 * h],
    ],
    { closed: false },
  )}"/>`;
}
