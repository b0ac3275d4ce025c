/**
 * English sentences. The type of the other languages comes from them, and a sentence that another language lacks is said in
 * English. Each key is a `messageCode` of a document, in the group for its place in the document. The first argument of each
 * function is the `params` of that place.
 */

import { MAX_AGE_YEARS } from '../account/birth-date.ts';
import type { Angle } from '../names/angles.ts';
import { type Step, type StepName, STEPS } from '../scan/steps.ts';
import type { Format } from './format.ts';

interface OfPhoto {
  angle: Angle;
}

const SIDE: Record<Angle, string> = {
  front: 'your front',
  back: 'your back',
  left: 'your left side',
  right: 'your right side',
};
const TURN: Record<Angle, string> = {
  front: 'Face the camera',
  back: 'Turn your back to the camera',
  left: 'Turn so that your left side faces the camera',
  right: 'Turn so that your right side faces the camera',
};
const PHOTO_NAME: Record<Angle, string> = { front: 'front', back: 'back', left: 'left', right: 'right' };

/** How far to step back. */
const step = ({ units }: Format) => (units === 'metric' ? 'half a metre' : 'about two feet');

/** Faults of a field of the profile. */
const PROFILE_FAULTS: Readonly<Record<string, string>> = {
  'sex.missing': 'sex is missing',
  'sex.unknown': 'sex must be male, female or unspecified',
  'birthDate.missing': 'birthDate is missing',
  'birthDate.no_such_day': 'birthDate is no day of the calendar (YYYY-MM-DD)',
  'birthDate.in_the_future': 'birthDate lies in the future',
  'birthDate.too_long_ago': `birthDate is more than ${MAX_AGE_YEARS} years ago`,
  'heightCm.missing': 'heightCm is missing',
  'heightCm.out_of_range': 'heightCm must be a number from 100 to 250 (cm)',
  'pregnant.unknown': 'pregnant must be true or false',
};
const faultsOf = (faults: string) =>
  `${faults}`
    .split(' ')
    .map((fault) => PROFILE_FAULTS[fault])
    .filter(Boolean)
    .join(', ') || 'it cannot be read';

/** The list of steps holds the English titles, and the warnings of the steps that may fail while the scan completes. */
type WarnedStep = Extract<Step, { warning: string }>;
const TITLES = Object.fromEntries(STEPS.map(({ name, title }) => [`step.${name}`, title])) as Record<
  `step.${StepName}`,
  string
>;
const WARNINGS = Object.fromEntries(
  STEPS.filter((each) => 'warning' in each).map(({ name, warning }) => [name, warning]),
) as Record<WarnedStep['name'], string>;

export const en = {
  /** For the model: the language in which it writes, and how it addresses the user. */
  model: {
    language: 'English, addressing the user as "you"',
  },

  push: {
    'canceled_after_result.body':
      'Your scan was canceled. Your body fat had been shown already, so the credit was used.',
    'completed.title': 'Scan Results Ready! 🎉',
    'completed.body': 'Your body composition analysis is complete.',
    /** Follows the body of the push when the user allows numbers on the lock screen. */
    'completed.body_fat': ({ percent }: { percent: number }, f: Format) => `Body fat: ${f.percent(percent)}`,
    'rejected.title': 'Please retake your photos',
    'rejected.body': 'Some photos could not be used. Open the app to see why.',
    'failed.title': 'Scan not completed',
    'failed.body': 'Something went wrong. Your credit was returned.',
    /** For a scan that ended before a credit was taken for it. */
    'failed_without_credit.body': 'The scan did not start. No credit was used. Open the app to see why.',
    'canceled.title': 'Scan canceled',
    'canceled.body': 'Your scan was canceled. Your credit was returned.',
    'canceled_without_credit.body': 'Your scan was canceled. No credit was used.',
  },

  /** `error` of a scan. A key is an error code, which a more precise word may follow. The sentences hold no health data. */
  errors: {
    AgeNotAllowedError:
      'You are younger than scans are made for. No photo was analysed, and no credit was used.',
    'AgeNotAllowedError.age': ({ leastAge }: { leastAge: number }, f: Format) =>
      `Scans are made for people of ${f.number(leastAge)} years or older. No photo was analysed, and no credit was used.`,
    NoBodyFatError:
      'No body fat can be given for what your profile says. No photo was analysed, and no credit was used.',
    'NoBodyFatError.pregnancy':
      'No body fat is given during pregnancy: the equations were made of people who were not pregnant, and a child and what carries it would count as fat. No photo was analysed, and no credit was used. When the pregnancy is over, set pregnant to false in your profile.',
    MeasuresImplausibleError:
      'Weight and height do not fit together. Check the weight, and heightCm in the profile, then start a new scan.',
    WeightDoubtfulError:
      'The weight differs too much from that of your last scan. Check it, then start a new scan.',
    'WeightDoubtfulError.kilograms_as_pounds': ({ field }: { field: string }) =>
      `The weight (${field}) is less than half of that of your last scan. Was it measured in kilograms? Correct it and start a new scan; if it is right, start the scan again with the same weight.`,
    'WeightDoubtfulError.pounds_as_kilograms': ({ field }: { field: string }) =>
      `The weight (${field}) is more than twice that of your last scan. Was one of them in another unit? Correct it and start a new scan; if it is right, start the scan again with the same weight.`,
    'WeightDoubtfulError.too_far': ({ field }: { field: string }) =>
      `The weight (${field}) differs from that of your last scan by more than a body does in a month. Correct it and start a new scan; if it is right, start the scan again with the same weight.`,
    'WeightDoubtfulError.body':
      'The weight cannot belong to the body in the photos. Was it typed in another unit? Correct it, and heightCm in the profile, and start a new scan; if both are right, start the scan again with the same weight.',
    'WeightDoubtfulError.height': ({ field }: { field: string }) =>
      `The height (${field} in the profile) differs from that of your last scan. Correct it and start a new scan; if it is right, start the scan again with the same weight.`,
    'ProfileIncompleteError.faults': ({ faults }: { faults: string }) =>
      `Your profile is incomplete: ${faultsOf(faults)}. Correct it, then start a new scan.`,
    'InvalidScanError.one_weight':
      'The weight must be in exactly one of weightLb and weightKg. Enter it again and start a new scan.',
    'ScanCanceledError.after_result':
      'The scan was canceled. Your body fat had been shown already, so the credit was used.',
    'ScanCanceledError.without_credit': 'The scan was canceled. No credit was used.',
    ScanTimedOutError:
      'The analysis took too long and was stopped. Your credit was returned. Start a new scan.',
    StepStoppedError: 'This step was stopped before it was done.',
    InvalidImageError: 'One of the photos could not be read. Take it again as a JPEG and start a new scan.',
    'InvalidImageError.photo': ({ angle }: OfPhoto) =>
      `The ${PHOTO_NAME[angle]} photo could not be read. Take it again as a JPEG and start a new scan.`,
    PhotosRejectedError:
      'The photos cannot be used. See the feedback for each photo, take it again and start a new scan.',
    InsufficientCreditsError: 'You have no scan credits left. Get more credits, then start a new scan.',
    ConsentMissingError:
      'Consent to analyse your photos is missing. Grant it in the settings, then start a new scan.',
    ProfileIncompleteError:
      'Your profile is incomplete. Fill in sex, birth date and height, then start a new scan.',
    AccountDeletionError: 'This account is being deleted. No new scan can be started.',
    PhotoNotOwnedError:
      'A photo is not in the folder of this scan. Upload the photos again and start a new scan.',
    'PhotoNotOwnedError.photo': ({ angle }: OfPhoto) =>
      `The ${PHOTO_NAME[angle]} photo is not in the folder of this scan. Upload the photos again and start a new scan.`,
    UploadMismatchError:
      'A photo did not arrive whole. No credit was used. Start a new scan to send the photos again.',
    'UploadMismatchError.missing': ({ angle, field }: OfPhoto & { field: string }) =>
      `The ${PHOTO_NAME[angle]} photo has not arrived (${field}). No credit was used. Start a new scan to send the photos again.`,
    'UploadMismatchError.bytes': (
      { angle, field, declared, found }: OfPhoto & { field: string; declared: number; found: number },
      f: Format,
    ) =>
      `The ${PHOTO_NAME[angle]} photo did not arrive whole (${field}): ${f.number(found)} of ${f.number(declared)} bytes. No credit was used. Start a new scan to send the photos again.`,
    'UploadMismatchError.sha256': ({ angle, field }: OfPhoto & { field: string }) =>
      `The ${PHOTO_NAME[angle]} photo arrived changed (${field}). No credit was used. Start a new scan to send the photos again.`,
    InvalidScanError: 'The scan could not be read. Update the app and start a new scan.',
    'InvalidScanError.field': ({ field }: { field: string }) =>
      `The scan could not be read: ${field} is missing or not allowed. Update the app and start a new scan.`,
    'InvalidScanError.weight': ({ minLb, maxLb }: { minLb: number; maxLb: number }, f: Format) =>
      `The weight must be a number from ${f.weight(minLb, 0)} to ${f.weight(maxLb, 0)}. Enter it again and start a new scan.`,
    'InvalidScanError.used': 'This scan id was used before. Start a new scan.',
    'InvalidScanError.not_kept':
      'No photos of that scan are kept on this device. Take all four again and start a new scan.',
    'InvalidScanError.not_offered':
      'This scan was to let reasons for a rejection pass that were not offered. Start a new scan without that.',
    ScanExpiredError: 'The scan could not be started in time. Your credit was not used. Start a new scan.',
    AdmissionPausedError:
      'No new scans are taken right now. No credit was used. Keep your photos, and try again in a while.',
    ScanCanceledError: 'The scan was canceled. Your credit was returned.',
    ModelRateLimitedError: 'The analysis is busy. Try again in a few minutes.',
    ModelQuotaError: 'The analysis is not available right now. Try again later.',
    ModelUnavailableError: 'The analysis is not available right now. Try again later.',
    ModelRefusedError: 'The analysis declined these photos. Take new photos as described in the guide.',
    ModelResponseError: 'The analysis gave no usable answer. Try again later.',
    ModelRequestError: 'The analysis is not available right now. Try again later.',
    StepTimedOutError: 'The analysis took too long. Try again later.',
    InternalError: 'Something went wrong on our side. Try again later.',
  },

  /** Why a callable refuses a call. A key is `details.code`, which a more precise word may follow. */
  calls: {
    AgeNotAllowedError: 'You are younger than scans are made for.',
    'AgeNotAllowedError.age': ({ leastAge }: { leastAge: number }, f: Format) =>
      `Scans are made for people of ${f.number(leastAge)} years or older.`,
    NoBodyFatError: 'No body fat can be given for what your profile says.',
    'NoBodyFatError.pregnancy':
      'No body fat is given during pregnancy: the equations were made of people who were not pregnant. When it is over, set pregnant to false in your profile.',
    SignInRequiredError: 'Sign in first.',
    AppCheckError: 'This app could not be verified. Update it.',
    OperatorRequiredError: 'Only operators may do this.',
    InvalidRequestError: 'The request could not be read.',
    'InvalidRequestError.field': ({ field }: { field: string }) =>
      `${field} has a value that is not allowed.`,
    'InvalidRequestError.missing': ({ field }: { field: string }) => `${field} is missing.`,
    'InvalidRequestError.unknown': ({ field }: { field: string }) => `${field} is not a field of this call.`,
    /** `reason` is for whoever wrote the app, in English. */
    'InvalidRequestError.reason': ({ field, reason }: { field: string; reason: string }) =>
      `${field}: ${reason}.`,
    RateLimitedError: 'Too many requests. Try again later.',
    TooManyUploadsError:
      'You have begun several uploads without starting a scan. Start one of them, or try again later.',
    UploadNotFoundError: 'There is no such upload that waits for its scan. Start a new scan.',
    AccountDeletionError: 'This account is being deleted. No new scan can be started.',
    AdmissionPausedError: 'No new scans are taken right now. Keep your photos, and try again in a while.',
    'AdmissionPausedError.step':
      'Steps are not run again right now. Your scan stays as it is. Try again in a while.',
    GrantLimitError: 'You have granted as many credits today as one operator may. Ask a second one.',
    OwnAccountError: 'Nobody grants credits to their own account. Ask another operator.',
    ScanNotFoundError: 'There is no such scan.',
    ScanRunningError: 'The scan is still running. Cancel it first, then delete it.',
    ScanUnreadableError: 'The document of this scan cannot be read, so nothing was changed.',
    StepNotRetryableError: 'Only a failed step of a completed scan can be run again.',
    UserNotFoundError: 'There is no such user.',
    GrantConflictError: 'This grant id was used for another amount.',
    WebhookNotFoundError: 'There is no such webhook endpoint.',
    DeliveryNotFoundError: 'There is no such delivery that has ended.',
    WebhookDisabledError: 'The webhook endpoint is disabled. Enable it first.',
    UnavailableError: 'This is not possible right now. Try again in a few minutes.',
    InternalError: 'Something went wrong on our side. Try again later.',
  },

  /** `warnings` of a completed scan, by the step that failed. */
  warnings: WARNINGS,

  /** `steps.*.message`. The message of a step that failed for good is a sentence of `errors`. */
  steps: {
    retrying: 'Trying again.',
    awaiting_photos: 'Waiting for your photos to arrive.',
  },

  /** `busy.message`: that a scan waits until others have made room. */
  queue: {
    busy: ({ minutes }: { minutes: number }, f: Format) =>
      `Busy: about ${f.number(minutes)} ${minutes === 1 ? 'minute' : 'minutes'} until yours begins.`,
  },

  /** What is wrong with a photo, and what to do. A key is an issue's code, which a more precise word may follow. */
  photos: {
    missing: ({ angle }: OfPhoto) =>
      `The ${PHOTO_NAME[angle]} photo is missing. Take it and start a new scan.`,
    'unreadable.empty': ({ angle }: OfPhoto) =>
      `The ${PHOTO_NAME[angle]} photo arrived empty. Upload it again.`,
    'unreadable.too_large': ({ angle, maxMiB }: OfPhoto & { maxMiB: number }, f: Format) =>
      `The ${PHOTO_NAME[angle]} photo is larger than ${f.number(maxMiB)} MiB. Send a smaller one.`,
    'unreadable.damaged': ({ angle }: OfPhoto) =>
      `The ${PHOTO_NAME[angle]} photo is damaged and cannot be opened. Take it again.`,
    'unreadable.incomplete': ({ angle }: OfPhoto) =>
      `The ${PHOTO_NAME[angle]} photo is incomplete or damaged. Upload it again, or take it again.`,
    'unreadable.too_many_pixels': (
      { angle, maxMegapixels }: OfPhoto & { maxMegapixels: number },
      f: Format,
    ) =>
      `The ${PHOTO_NAME[angle]} photo has more than ${f.number(maxMegapixels)} megapixels. Take it again at a lower resolution.`,
    'unreadable.costly': ({ angle }: OfPhoto) =>
      `The ${PHOTO_NAME[angle]} photo takes too long to open. Take it again as a JPEG.`,
    'unsupported_type.format': ({ angle, format }: OfPhoto & { format: string }) =>
      `The ${PHOTO_NAME[angle]} photo is in the ${format} format. Send it as a JPEG.`,
    'unsupported_type.coding': ({ angle }: OfPhoto) =>
      `The ${PHOTO_NAME[angle]} photo is coded in a way that is not read here. Send it as a JPEG.`,
    'unsupported_type.other': ({ angle }: OfPhoto) =>
      `The ${PHOTO_NAME[angle]} photo is not a JPEG, PNG, WebP, HEIC or AVIF picture. Send it as a JPEG.`,
    'unsupported_type.differs': ({ angle, declared, found }: OfPhoto & { declared: string; found: string }) =>
      `The ${PHOTO_NAME[angle]} photo was sent as ${declared} but is ${found}. Update the app and send it again.`,
    'unsupported_type.animation': ({ angle }: OfPhoto) =>
      `The ${PHOTO_NAME[angle]} photo is an animation. Take a still photo.`,
    too_small: (
      p: OfPhoto & { width: number; height: number; minShort: number; minLong: number },
      f: Format,
    ) =>
      `The ${PHOTO_NAME[p.angle]} photo is too small (${f.number(p.width)} × ${f.number(p.height)} pixels). Take it again with at least ${f.number(p.minShort)} × ${f.number(p.minLong)} pixels.`,
    too_dark: ({ angle }: OfPhoto) =>
      `The ${PHOTO_NAME[angle]} photo is too dark. Turn on a light and take it again.`,
    too_bright: ({ angle }: OfPhoto) =>
      `The ${PHOTO_NAME[angle]} photo is too bright. Move away from the light or the window and take it again.`,
    blurred: ({ angle }: OfPhoto) =>
      `The ${PHOTO_NAME[angle]} photo is blurred. Wipe the lens, hold the phone still or put it down, and take it again.`,
    not_a_person: ({ angle }: OfPhoto) =>
      `The ${PHOTO_NAME[angle]} photo shows nobody. Stand before the camera so that your whole body is in the picture.`,
    'not_a_person.not_one': ({ angle }: OfPhoto) =>
      `The ${PHOTO_NAME[angle]} photo does not show exactly one person. Stand alone before the camera, and take it again.`,
    not_full_body: ({ angle }: OfPhoto) =>
      `The ${PHOTO_NAME[angle]} photo does not show your legs. Stand up and step back, until you are in it from head to feet.`,
    'not_full_body.not_whole': ({ angle }: OfPhoto) =>
      `The ${PHOTO_NAME[angle]} photo does not show your whole body well enough. Take it again so that your body, from head to feet, fills most of its height.`,
    several_people: ({ angle }: OfPhoto) =>
      `The ${PHOTO_NAME[angle]} photo shows more than one person. Take it again with nobody else in the picture.`,
    head_cut_off: ({ angle }: OfPhoto, f: Format) =>
      `Your head is cut off in the ${PHOTO_NAME[angle]} photo. Step back ${step(f)} or raise the camera.`,
    feet_cut_off: ({ angle }: OfPhoto, f: Format) =>
      `Your feet are cut off in the ${PHOTO_NAME[angle]} photo. Step back ${step(f)}.`,
    too_far: ({ angle }: OfPhoto) =>
      `You are too small in the ${PHOTO_NAME[angle]} photo. Step closer, until your body fills most of its height.`,
    tilted: ({ angle, degrees }: OfPhoto & { degrees: number }, f: Format) =>
      `The ${PHOTO_NAME[angle]} photo is tilted by ${f.number(degrees)}°. Hold the phone upright or lean it against something straight.`,
    wrong_angle: ({ angle, shown }: OfPhoto & { shown: Angle }) =>
      `The ${PHOTO_NAME[angle]} photo shows ${SIDE[shown]}. ${TURN[angle]} and take it again.`,
    'wrong_angle.another_side': ({ angle }: OfPhoto) =>
      `The ${PHOTO_NAME[angle]} photo does not show ${SIDE[angle]}. ${TURN[angle]} and take it again.`,
    obstructed: ({ angle }: OfPhoto) =>
      `Something hides the outline of your body in the ${PHOTO_NAME[angle]} photo. Put objects away, tie long hair up, wear close-fitting clothes, and take it again.`,
    arms_at_torso: ({ angle }: OfPhoto) =>
      `Your arms touch your body in the ${PHOTO_NAME[angle]} photo. Hold them a hand's width away from your hips.`,
    'size_differs.smaller': ({ angle }: OfPhoto) =>
      `You are much smaller in the ${PHOTO_NAME[angle]} photo than in the others. Take all four from the same distance.`,
    'size_differs.larger': ({ angle }: OfPhoto) =>
      `You are much larger in the ${PHOTO_NAME[angle]} photo than in the others. Take all four from the same distance.`,
  },

  /** `results.qualityCheck.notes`: questions about the four photos as a set. */
  sets: {
    'taken_apart.minutes': ({ minutes }: { minutes: number }, f: Format) =>
      `The photos were taken up to ${f.number(minutes)} minutes apart. If anything has changed meanwhile, take all four in one go.`,
    'taken_apart.hours': ({ hours }: { hours: number }, f: Format) =>
      `The photos were taken up to ${f.number(hours)} hours apart. If anything has changed meanwhile, take all four in one go.`,
    looks_differ:
      'The photos seem to show different people or clothes. If so, take all four of yourself, one after the other.',
  },

  /** `results.qualityCheck.offer`: how the user can go on after two scans in a row were rejected for reasons that may lie in the body. */
  offers: {
    without_measurement:
      'You can go on without the measurement: if your body cannot be shown as the photos need it, start the next scan without it. Body fat is then estimated less exactly.',
  },

  /** `results.estimation.notes`, by flag: what a user should know about how the body fat was found. */
  estimation: {
    not_measured: 'The body could not be measured in these photos.',
    weight_doubtful:
      'The weight can hardly be right, so later scans are not compared with this one, and it is not remembered.',
    measurement_left_out: 'The measurement was left out, as you asked, so the body fat is less exact.',
    sex_unspecified:
      'Your profile does not say your sex, so the equations of both were used, and the range is wider.',
    under_18:
      'Under 18 years only equations that were made of young people, too, are used: waist and height where the body was measured, or else height and weight, which tell much less.',
    model_asked_again:
      'The model was far from the measurement, looked again with the measurements before it, and counts for less.',
    model_disagrees: 'The model and the measurement are far apart, so the model counts for less.',
    model_refused: 'The model declined the photos, so the measurement stands without it.',
  },

  /** Why a body fat's range is wide: `wide`, then a sentence for each of its reasons. */
  ranges: {
    wide: 'The range is wide.',
    not_measured: 'Your body was not measured in these photos.',
    neck_unclear: 'The outline of your neck was hard to see: tie long hair up, and take off a collar.',
    trunk_unclear:
      'The outline of your waist or hips was hard to see: wear close-fitting clothes, hold your arms away from your body, and step back from the camera.',
    people_differ: 'People of the same measures differ by several points of body fat.',
  },

  /** The demo phone's own words: titles, and a line for what each step found. */
  screen: {
    ...TITLES,
    'photo.front': 'front',
    'photo.back': 'back',
    'photo.left': 'left',
    'photo.right': 'right',
    'goal.lose_fat': 'lose fat',
    'goal.maintain': 'maintain',
    'goal.gain_muscle': 'gain muscle',
    'girth.neck': 'neck',
    'girth.shoulder': 'shoulders',
    'girth.chest': 'chest',
    'girth.upperArm': 'upper arm',
    'girth.waist': 'waist',
    'girth.navel': 'navel',
    'girth.hip': 'hip',
    'girth.thigh': 'thigh',
    'girth.calf': 'calf',
    volume: 'volume',
    'origin.measurement': 'measured',
    'origin.anthropometry': 'by height and weight',
    'origin.model': 'seen by the model',
    'origin.history': 'earlier scan',
    'span.under_a_day': 'in less than a day',
    'span.days': ({ days }: { days: number }, f: Format) =>
      days === 1 ? 'in 1 day' : `in ${f.number(days)} days`,
    'found.accepted': 'all four photos accepted',
    'found.not_accepted': ({ photos }: { photos: string }) => `not accepted: ${photos}`,
    'found.body_fat': ({ percent, low, high }: { percent: number; low: number; high: number }, f: Format) =>
      `${f.percent(percent)} body fat (${f.number(low, 1)}–${f.number(high, 1)})`,
    'found.change': (
      { points, weightLb, span }: { points: number; weightLb: number; span: string },
      f: Format,
    ) => `${f.signed(points)} points, ${f.weightChange(weightLb)} ${span}`,
    'found.change_by_chance': (
      { points, weightLb, span }: { points: number; weightLb: number; span: string },
      f: Format,
    ) => `${f.signed(points)} points (may be chance), ${f.weightChange(weightLb)} ${span}`,
    'found.change_doubtful': (
      { points, weightLb, span }: { points: number; weightLb: number; span: string },
      f: Format,
    ) =>
      `${f.signed(points)} points, ${f.weightChange(weightLb)} ${span} (the weight is doubtful, and so is this change)`,
    /** Follows a change. */
    'found.height_changed':
      'the height in your profile has changed since, so a part of this may come from that',
    'found.nothing_before': 'no earlier scan to compare with',
    'found.nutrition': (
      { kcal, proteinG, goal }: { kcal: number; proteinG: number; goal: string },
      f: Format,
    ) => `${f.number(kcal)} kcal a day · ${f.number(proteinG)} g protein · ${goal}`,
    'found.workout': ({ sessions, minutes }: { sessions: number; minutes: number }, f: Format) =>
      `${f.number(sessions)} ${sessions === 1 ? 'session' : 'sessions'} a week · ${f.number(minutes)} min`,
    'found.hydration': ({ litres, flOz }: { litres: number; flOz: number }, f: Format) =>
      `${f.number(litres, 1)} L (${f.number(flOz)} fl oz) of water a day`,
    'state.attempt': ({ attempt }: { attempt: number }, f: Format) => `attempt ${f.number(attempt)}`,
    'state.retrying_in': ({ attempt, seconds }: { attempt: number; seconds: number }, f: Format) =>
      `retrying, attempt ${f.number(attempt)} in ${f.number(seconds)} s`,
    'state.retrying_now': ({ attempt }: { attempt: number }, f: Format) =>
      `retrying, attempt ${f.number(attempt)} now`,
    'state.failed': 'failed',
    'state.skipped': 'not run',
    'photo.not_accepted': 'not accepted',
    'busy.late': ({ time }: { time: string }) =>
      `It takes longer than was estimated at ${time}, when you sent the scan.`,
    'simulated.texts':
      'Simulated: the texts are examples, and no model wrote them for you. The body fat is none of them.',
    'simulated.numbers':
      'Simulated: no model was asked. These numbers are examples and say nothing about a real body.',
    nothing_before: 'There is no earlier scan to compare with.',
    'push.none': 'None arrived.',
    'retry.same_photos': 'yes, the same photos may do',
    'retry.after_change': 'after the change above',
  },
};

/** Every group and key, each with its parameters. */
export type Language = typeof en;

/** The sentences of another language. Any of them may be missing; a missing sentence is said in English. */
export type Translation = { readonly [Group in keyof Language]?: Partial<Language[Group]> };
