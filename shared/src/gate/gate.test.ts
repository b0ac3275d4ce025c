import { ANGLES, type Angle } from '../names/angles.ts';
import { photoIssue } from '../scan/results.ts';
import { speakerFor } from '../words/speaker.ts';
import { describe, expect, it } from 'vitest';
import { issueOf, photoFault } from './photo-fault.ts';
import { judgeOne, judgeSizes } from './gate.ts';
import type { Pose } from './pose.ts';
import type { Stance } from './stance.ts';
import type { Person } from './person.ts';
import { poseOf, standing } from './standing.fixture.ts';

/** The person scaled by `scale` about the middle of the photo, and moved by `x` (px). */
function scaled(person: Person, scale: number, x = 0): Person {
  const joints = Object.entries(person.joints).map(([name, joint]) => [
    name,
    { ...joint, x: 450 + x + (joint.x - 450) * scale, y: 600 + (joint.y - 600) * scale },
  ]);
  return { ...person, joints: Object.fromEntries(joints) as Person['joints'] };
}

/** A person whose joints below the waist are only guesses. */
function portrait(person: Person): Person {
  const joints = Object.entries(person.joints).map(([name, joint]) => [
    name,
    /Hip|Knee|Ankle/.test(name) ? { ...joint, score: 0.05 } : joint,
  ]);
  return { ...person, joints: Object.fromEntries(joints) as Person['joints'] };
}

const standingSo = (angle: Angle, stance: Partial<Stance>): Pose => {
  const pose = poseOf(angle);
  return { ...pose, stance: { ...pose.stance!, ...stance } };
};

describe('one photo', () => {
  it.each(ANGLES)('of somebody who stands as asked passes (%s)', (angle) => {
    expect(judgeOne(angle, poseOf(angle))).toEqual([]);
  });

  it.each<[string, Angle, Pose, string, number | undefined, string]>([
    [
      'nobody',
      'left',
      { width: 900, height: 1200, people: [] },
      'not_a_person',
      0,
      'The left photo shows nobody.',
    ],
    [
      'two people',
      'front',
      { ...poseOf('front'), people: [standing('front'), scaled(standing('front'), 0.8, 250)] },
      'several_people',
      2,
      'The front photo shows more than one person.',
    ],
    [
      'no head',
      'back',
      standingSo('back', { top: 0 }),
      'head_cut_off',
      0,
      'Your head is cut off in the back photo.',
    ],
    [
      'no feet',
      'left',
      standingSo('left', { bottom: 1199 }),
      'feet_cut_off',
      0,
      'Your feet are cut off in the left photo. Step back about two feet.',
    ],
    [
      'a portrait',
      'front',
      { ...poseOf('front'), people: [portrait(standing('front'))] },
      'not_full_body',
      0.05,
      'The front photo does not show your legs. Stand up and step back',
    ],
    [
      'somebody far away',
      'right',
      { ...poseOf('right'), people: [scaled(standing('right'), 0.4)] },
      'too_far',
      0.335,
      'You are too small in the right photo.',
    ],
    [
      'a tilted picture',
      'front',
      standingSo('front', { tiltDegrees: -16.2 }),
      'tilted',
      16.2,
      'The front photo is tilted by 16°.',
    ],
    [
      'arms that hide the hips',
      'front',
      standingSo('front', { armGap: 0.5 }),
      'arms_at_torso',
      0.5,
      'Your arms touch your body in the front photo.',
    ],
  ])('that shows %s is refused, with a number and what to do', (_, angle, pose, code, value, words) => {
    const [issue, ...others] = judgeOne(angle, pose);
    expect(others).toEqual([]);
    expect(issue).toMatchObject({ code, measured: { value } });
    const told = issueOf(issue!, speakerFor());
    expect(told.message).toContain(words);
    expect(photoIssue.parse(told)).toEqual(told);
  });

  it.each<[Angle, Angle, number, string]>([
    ['front', 'back', 180, 'The front photo shows your back. Face the camera and take it again.'],
    ['back', 'front', 180, 'The back photo shows your front.'],
    [
      'left',
      'right',
      180,
      'The left photo shows your right side. Turn so that your left side faces the camera',
    ],
    ['right', 'left', 180, 'The right photo shows your left side.'],
    ['front', 'left', 90, 'The front photo shows your left side.'],
    ['right', 'back', 90, 'The right photo shows your back.'],
  ])('that should show the %s but shows the %s is refused', (asked, shown, turn, words) => {
    const issues = judgeOne(asked, poseOf(shown));
    expect(issues).toMatchObject([{ code: 'wrong_angle', measured: { value: turn, limit: 45 } }]);
    expect(issueOf(issues[0]!, speakerFor()).message).toContain(words);
  });

  const codesOf = (angle: Angle, pose: Pose) => judgeOne(angle, pose).map(({ code }) => code);

  it('is told of everything that one more photo can put right', () => {
    const cut = { top: 0, bottom: 1199, armGap: 0 };
    expect(codesOf('front', standingSo('front', cut))).toEqual([
      'head_cut_off',
      'feet_cut_off',
      'arms_at_torso',
    ]);
    const askew = { tiltDegrees: 20, armGap: 0 };
    expect(codesOf('front', standingSo('front', askew))).toEqual(['tilted', 'arms_at_torso']);
    const footless = { bottom: 1199, tiltDegrees: 20 };
    expect(codesOf('front', standingSo('left', footless))).toEqual(['feet_cut_off', 'tilted', 'wrong_angle']);
    const far = { ...standingSo('front', askew), people: [scaled(standing('front'), 0.4)] };
    expect(codesOf('front', far)).toEqual(['tilted', 'too_far', 'arms_at_torso']);
  });

  it('is not told of what nobody can judge: the side of a body without its head, and the size of one that is cut off', () => {
    expect(codesOf('front', standingSo('back', { top: 0 }))).toEqual(['head_cut_off']);
    expect(codesOf('front', standingSo('left', { top: 0, armGap: 0 }))).toEqual(['head_cut_off']);
    const small = { ...standingSo('right', { bottom: 1199 }), people: [scaled(standing('right'), 0.4)] };
    expect(codesOf('right', small)).toEqual(['feet_cut_off']);
  });

  it('is not taken from further away than it was because the body leans', () => {
    // The leaning body is seen 0.44 of the photo's height tall.
    const leaning = { ...standingSo('left', { tiltDegrees: 25 }), people: [scaled(standing('left'), 0.525)] };
    expect(codesOf('left', leaning)).toEqual(['tilted']);
    expect(codesOf('left', { ...leaning, stance: { ...leaning.stance!, tiltDegrees: 0 } })).toEqual([
      'too_far',
    ]);
  });

  it('may be held a little askew, and seen by a stranger far behind', () => {
    expect(judgeOne('front', standingSo('front', { tiltDegrees: 9 }))).toEqual([]);
    const passerBy = scaled(standing('front'), 0.2, 300);
    expect(judgeOne('front', { ...poseOf('front'), people: [standing('front'), passerBy] })).toEqual([]);
  });
});

describe('four photos', () => {
  const none = { front: [], back: [], left: [], right: [] };
  const withLeft = (scale: number) => {
    const all = Object.fromEntries(ANGLES.map((angle) => [angle, poseOf(angle)])) as Record<Angle, Pose>;
    return { ...all, left: { ...all.left, people: [scaled(standing('left'), scale)] } };
  };

  it('in which one size fits all pass', () => {
    expect(judgeSizes(withLeft(1), none)).toEqual([]);
    expect(judgeSizes(withLeft(0.85), none)).toEqual([]);
  });

  it('of which one was taken from elsewhere are told which', () => {
    const [[angle, issue] = []] = judgeSizes(withLeft(0.65), none);
    expect(angle).toBe('left');
    expect(issue).toMatchObject({ code: 'size_differs', measured: { value: 0.65, limit: 0.72 } });
    expect(issue!.messageCode).toBe('size_differs.smaller');
    expect(judgeSizes(withLeft(1.5), none)[0]![1].messageCode).toBe('size_differs.larger');
  });

  it('of which one was cut off are compared without it', () => {
    // Half a body in the back photo, as two cut-off ones would, must not make the whole bodies of the others too large.
    const half = { ...withLeft(1), back: withLeft(0.4).left, left: withLeft(0.4).left };
    const cut = (angle: Angle) => [photoFault('feet_cut_off', { angle })];
    expect(judgeSizes(half, { ...none, back: cut('back') }).map(([angle]) => angle)).toEqual(['left']);
    expect(judgeSizes(half, { ...none, back: cut('back'), left: cut('left') })).toEqual([]);
  });

  it('are compared when arms touch the trunk or a side is wrong, too', () => {
    const touching = [photoFault('arms_at_torso', { angle: 'front' })];
    const turned = [photoFault('wrong_angle', { angle: 'back', shown: 'left' })];
    const found = judgeSizes(withLeft(0.65), { ...none, front: touching, back: turned });
    expect(found.map(([angle, { code }]) => [angle, code])).toEqual([['left', 'size_differs']]);
  });

  it('of which one was refused already are not told twice', () => {
    const issue = photoFault('too_far', { angle: 'left' });
    expect(judgeSizes(withLeft(0.4), { ...none, left: [issue] })).toEqual([]);
  });
});
