/** German sentences, which address the user as „du“. */

import { MAX_AGE_YEARS } from '../account/birth-date.ts';
import type { Angle } from '../names/angles.ts';
import type { Translation } from './en.ts';
import type { Format } from './format.ts';

/** What follows „das Foto“ and „auf dem Foto“ in a sentence. */
const SEITE: Record<Angle, string> = {
  front: 'von vorn',
  back: 'von hinten',
  left: 'von links',
  right: 'von rechts',
};
const GEZEIGT: Record<Angle, string> = {
  front: 'deine Vorderseite',
  back: 'deinen Rücken',
  left: 'deine linke Seite',
  right: 'deine rechte Seite',
};
const DREHUNG: Record<Angle, string> = {
  front: 'Schau zur Kamera',
  back: 'Dreh der Kamera den Rücken zu',
  left: 'Dreh dich so, dass deine linke Seite zur Kamera zeigt',
  right: 'Dreh dich so, dass deine rechte Seite zur Kamera zeigt',
};

const schritt = ({ units }: Format) => (units === 'metric' ? 'einen halben Meter' : 'etwa zwei Fuß');

/** Faults of a field of the profile. */
const PROFILE_FAULTS: Readonly<Record<string, string>> = {
  'sex.missing': 'sex fehlt',
  'sex.unknown': 'sex muss male, female oder unspecified sein',
  'birthDate.missing': 'birthDate fehlt',
  'birthDate.no_such_day': 'birthDate ist kein Tag des Kalenders (JJJJ-MM-TT)',
  'birthDate.in_the_future': 'birthDate liegt in der Zukunft',
  'birthDate.too_long_ago': `birthDate liegt mehr als ${MAX_AGE_YEARS} Jahre zurück`,
  'heightCm.missing': 'heightCm fehlt',
  'heightCm.out_of_range': 'heightCm muss eine Zahl von 100 bis 250 sein (cm)',
  'pregnant.unknown': 'pregnant muss true oder false sein',
};
const faultsOf = (faults: string) =>
  `${faults}`
    .split(' ')
    .map((fault) => PROFILE_FAULTS[fault])
    .filter(Boolean)
    .join(', ') || 'es ist nicht lesbar';

export const de: Translation = {
  model: {
    language: 'German, addressing the user informally as "du"',
  },

  push: {
    'canceled_after_result.body':
      'Dein Scan wurde abgebrochen. Dein Körperfett war schon zu sehen, daher ist das Guthaben verbraucht.',
    'completed.title': 'Deine Scan-Ergebnisse sind da! 🎉',
    'completed.body': 'Die Analyse deiner Körperzusammensetzung ist fertig.',
    'completed.body_fat': ({ percent }, f) => `Körperfett: ${f.percent(percent)}`,
    'rejected.title': 'Bitte nimm die Fotos noch einmal auf',
    'rejected.body': 'Einige Fotos waren nicht verwendbar. Öffne die App, um zu sehen, warum.',
    'failed.title': 'Scan nicht abgeschlossen',
    'failed.body': 'Etwas ist schiefgegangen. Du hast dein Guthaben zurück.',
    'failed_without_credit.body':
      'Der Scan hat nicht begonnen. Es wurde kein Guthaben verbraucht. Öffne die App, um zu sehen, warum.',
    'canceled.title': 'Scan abgebrochen',
    'canceled.body': 'Dein Scan wurde abgebrochen. Du hast dein Guthaben zurück.',
    'canceled_without_credit.body': 'Dein Scan wurde abgebrochen. Es wurde kein Guthaben verbraucht.',
  },

  errors: {
    AgeNotAllowedError:
      'Scans sind nicht für Menschen deines Alters gemacht. Es wurde kein Foto ausgewertet und kein Guthaben verbraucht.',
    'AgeNotAllowedError.age': ({ leastAge }, f) =>
      `Scans sind für Menschen ab ${f.number(leastAge)} Jahren gemacht. Es wurde kein Foto ausgewertet und kein Guthaben verbraucht.`,
    NoBodyFatError:
      'Zu dem, was dein Profil sagt, lässt sich kein Körperfett angeben. Es wurde kein Foto ausgewertet und kein Guthaben verbraucht.',
    'NoBodyFatError.pregnancy':
      'In der Schwangerschaft wird kein Körperfett angegeben: Die Gleichungen stammen von Menschen, die nicht schwanger waren, und ein Kind und was es trägt würden als Fett zählen. Es wurde kein Foto ausgewertet und kein Guthaben verbraucht. Wenn die Schwangerschaft vorbei ist, setze pregnant im Profil auf false.',
    MeasuresImplausibleError:
      'Gewicht und Größe passen nicht zusammen. Prüfe das Gewicht und heightCm im Profil und starte einen neuen Scan.',
    WeightDoubtfulError:
      'Das Gewicht weicht zu stark von dem deines letzten Scans ab. Prüfe es und starte einen neuen Scan.',
    'WeightDoubtfulError.kilograms_as_pounds': ({ field }) =>
      `Das Gewicht (${field}) ist weniger als halb so hoch wie bei deinem letzten Scan. War es in Kilogramm gemessen? Korrigiere es und starte einen neuen Scan; wenn es stimmt, starte den Scan noch einmal mit demselben Gewicht.`,
    'WeightDoubtfulError.pounds_as_kilograms': ({ field }) =>
      `Das Gewicht (${field}) ist mehr als doppelt so hoch wie bei deinem letzten Scan. War eines davon in einer anderen Einheit? Korrigiere es und starte einen neuen Scan; wenn es stimmt, starte den Scan noch einmal mit demselben Gewicht.`,
    'WeightDoubtfulError.too_far': ({ field }) =>
      `Das Gewicht (${field}) hat sich seit deinem letzten Scan stärker geändert, als ein Körper es in einem Monat tut. Korrigiere es und starte einen neuen Scan; wenn es stimmt, starte den Scan noch einmal mit demselben Gewicht.`,
    'WeightDoubtfulError.body':
      'Das Gewicht kann nicht zu dem Körper auf den Fotos gehören. Wurde es in einer anderen Einheit eingegeben? Korrigiere es, und heightCm im Profil, und starte einen neuen Scan; wenn beides stimmt, starte den Scan noch einmal mit demselben Gewicht.',
    'WeightDoubtfulError.height': ({ field }) =>
      `Die Größe (${field} im Profil) ist eine andere als bei deinem letzten Scan. Korrigiere sie und starte einen neuen Scan; wenn sie stimmt, starte den Scan noch einmal mit demselben Gewicht.`,
    'ProfileIncompleteError.faults': ({ faults }) =>
      `Dein Profil ist unvollständig: ${faultsOf(faults)}. Korrigiere es und starte einen neuen Scan.`,
    'InvalidScanError.one_weight':
      'Das Gewicht muss in genau einem von weightLb und weightKg stehen. Gib es noch einmal ein und starte einen neuen Scan.',
    'ScanCanceledError.after_result':
      'Der Scan wurde abgebrochen. Dein Körperfett war schon zu sehen, daher ist das Guthaben verbraucht.',
    'ScanCanceledError.without_credit': 'Der Scan wurde abgebrochen. Es wurde kein Guthaben verbraucht.',
    ScanTimedOutError:
      'Die Analyse hat zu lange gedauert, der Scan wurde beendet. Du hast dein Guthaben zurück. Versuch es später noch einmal.',
    StepStoppedError: 'Dieser Teil wurde angehalten, bevor er fertig war.',
    InvalidImageError:
      'Eines der Fotos ließ sich nicht lesen. Nimm es noch einmal als JPEG auf und starte einen neuen Scan.',
    'InvalidImageError.photo': ({ angle }) =>
      `Das Foto ${SEITE[angle]} ließ sich nicht lesen. Nimm es noch einmal als JPEG auf und starte einen neuen Scan.`,
    PhotosRejectedError:
      'Die Fotos sind nicht verwendbar. Sieh dir die Hinweise zu jedem Foto an, nimm es noch einmal auf und starte einen neuen Scan.',
    InsufficientCreditsError:
      'Du hast kein Scan-Guthaben mehr. Hol dir neues Guthaben und starte dann einen neuen Scan.',
    ConsentMissingError:
      'Deine Einwilligung zur Auswertung der Fotos fehlt. Erteile sie in den Einstellungen und starte dann einen neuen Scan.',
    ProfileIncompleteError:
      'Dein Profil ist unvollständig. Trag Geschlecht, Geburtsdatum und Größe ein und starte dann einen neuen Scan.',
    AccountDeletionError: 'Dieses Konto wird gerade gelöscht. Ein neuer Scan ist nicht mehr möglich.',
    PhotoNotOwnedError:
      'Ein Foto liegt nicht im Ordner dieses Scans. Lade die Fotos noch einmal hoch und starte einen neuen Scan.',
    'PhotoNotOwnedError.photo': ({ angle }) =>
      `Das Foto ${SEITE[angle]} liegt nicht im Ordner dieses Scans. Lade die Fotos noch einmal hoch und starte einen neuen Scan.`,
    UploadMismatchError:
      'Ein Foto ist nicht vollständig angekommen. Dein Guthaben wurde nicht verbraucht. Starte einen neuen Scan, um die Fotos noch einmal zu senden.',
    'UploadMismatchError.missing': ({ angle, field }) =>
      `Das Foto ${SEITE[angle]} ist nicht angekommen (${field}). Dein Guthaben wurde nicht verbraucht. Starte einen neuen Scan, um die Fotos noch einmal zu senden.`,
    'UploadMismatchError.bytes': ({ angle, field, declared, found }, f) =>
      `Das Foto ${SEITE[angle]} ist nicht vollständig angekommen (${field}): ${f.number(found)} von ${f.number(declared)} Byte. Dein Guthaben wurde nicht verbraucht. Starte einen neuen Scan, um die Fotos noch einmal zu senden.`,
    'UploadMismatchError.sha256': ({ angle, field }) =>
      `Das Foto ${SEITE[angle]} ist verändert angekommen (${field}). Dein Guthaben wurde nicht verbraucht. Starte einen neuen Scan, um die Fotos noch einmal zu senden.`,
    InvalidScanError: 'Der Scan ließ sich nicht lesen. Aktualisiere die App und starte einen neuen Scan.',
    'InvalidScanError.field': ({ field }) =>
      `Der Scan ließ sich nicht lesen: ${field} fehlt oder ist nicht erlaubt. Aktualisiere die App und starte einen neuen Scan.`,
    'InvalidScanError.weight': ({ minLb, maxLb }, f) =>
      `Das Gewicht muss eine Zahl von ${f.weight(minLb, 0)} bis ${f.weight(maxLb, 0)} sein. Gib es noch einmal ein und starte einen neuen Scan.`,
    'InvalidScanError.used': 'Diese Scan-Kennung wurde schon verwendet. Starte einen neuen Scan.',
    'InvalidScanError.not_kept':
      'Von jenem Scan sind auf diesem Gerät keine Fotos mehr da. Nimm alle vier neu auf und starte einen neuen Scan.',
    'InvalidScanError.not_offered':
      'Dieser Scan sollte Gründe für eine Ablehnung durchgehen lassen, ohne dass das angeboten war. Starte einen neuen Scan ohne das.',
    ScanExpiredError:
      'Der Scan konnte nicht rechtzeitig starten. Dein Guthaben wurde nicht verbraucht. Starte einen neuen Scan.',
    AdmissionPausedError:
      'Zurzeit werden keine neuen Scans angenommen. Dein Guthaben wurde nicht verbraucht. Behalte deine Fotos und versuch es in einer Weile noch einmal.',
    ScanCanceledError: 'Der Scan wurde abgebrochen. Du hast dein Guthaben zurück.',
    ModelRateLimitedError:
      'Die Auswertung ist gerade ausgelastet. Versuch es in ein paar Minuten noch einmal.',
    ModelQuotaError: 'Die Auswertung ist gerade nicht verfügbar. Versuch es später noch einmal.',
    ModelUnavailableError: 'Die Auswertung ist gerade nicht verfügbar. Versuch es später noch einmal.',
    ModelRefusedError:
      'Die Auswertung hat diese Fotos abgelehnt. Nimm neue Fotos auf, wie es die Anleitung beschreibt.',
    ModelResponseError:
      'Die Auswertung hat kein brauchbares Ergebnis geliefert. Versuch es später noch einmal.',
    ModelRequestError: 'Die Auswertung ist gerade nicht verfügbar. Versuch es später noch einmal.',
    StepTimedOutError: 'Die Auswertung hat zu lange gedauert. Versuch es später noch einmal.',
    InternalError: 'Bei uns ist etwas schiefgegangen. Versuch es später noch einmal.',
  },

  calls: {
    AgeNotAllowedError: 'Scans sind nicht für Menschen deines Alters gemacht.',
    'AgeNotAllowedError.age': ({ leastAge }, f) =>
      `Scans sind für Menschen ab ${f.number(leastAge)} Jahren gemacht.`,
    NoBodyFatError: 'Zu dem, was dein Profil sagt, lässt sich kein Körperfett angeben.',
    'NoBodyFatError.pregnancy':
      'In der Schwangerschaft wird kein Körperfett angegeben: Die Gleichungen stammen von Menschen, die nicht schwanger waren. Wenn sie vorbei ist, setze pregnant im Profil auf false.',
    SignInRequiredError: 'Melde dich zuerst an.',
    AppCheckError: 'Diese App ließ sich nicht bestätigen. Aktualisiere sie.',
    OperatorRequiredError: 'Das dürfen nur Betreiber.',
    InvalidRequestError: 'Die Anfrage ließ sich nicht lesen.',
    'InvalidRequestError.field': ({ field }) => `${field} hat einen Wert, der nicht erlaubt ist.`,
    'InvalidRequestError.missing': ({ field }) => `${field} fehlt.`,
    'InvalidRequestError.unknown': ({ field }) => `${field} ist kein Feld dieses Aufrufs.`,
    'InvalidRequestError.reason': ({ field, reason }) => `${field}: ${reason}.`,
    RateLimitedError: 'Zu viele Anfragen. Versuch es später noch einmal.',
    TooManyUploadsError:
      'Du hast mehrere Uploads begonnen, ohne einen Scan zu starten. Starte einen davon oder versuch es später noch einmal.',
    UploadNotFoundError:
      'Es gibt keinen solchen Upload, der auf seinen Scan wartet. Starte einen neuen Scan.',
    AccountDeletionError: 'Dieses Konto wird gerade gelöscht. Ein neuer Scan ist nicht mehr möglich.',
    AdmissionPausedError:
      'Zurzeit werden keine neuen Scans angenommen. Behalte deine Fotos und versuch es in einer Weile noch einmal.',
    'AdmissionPausedError.step':
      'Zurzeit werden keine Schritte wiederholt. Dein Scan bleibt, wie er ist. Versuch es in einer Weile noch einmal.',
    GrantLimitError: 'Du hast heute so viel Guthaben vergeben, wie eine Person darf. Bitte eine zweite.',
    OwnAccountError: 'Niemand vergibt Guthaben an das eigene Konto. Bitte jemand anderen darum.',
    ScanNotFoundError: 'Diesen Scan gibt es nicht.',
    ScanRunningError: 'Der Scan läuft noch. Brich ihn zuerst ab und lösche ihn dann.',
    ScanUnreadableError: 'Das Dokument dieses Scans ist nicht lesbar, darum wurde nichts geändert.',
    StepNotRetryableError:
      'Nur ein fehlgeschlagener Schritt eines abgeschlossenen Scans lässt sich wiederholen.',
    UserNotFoundError: 'Diese Person gibt es nicht.',
    GrantConflictError: 'Diese Gutschrift-Kennung wurde schon für einen anderen Betrag verwendet.',
    WebhookNotFoundError: 'Diesen Webhook-Endpunkt gibt es nicht.',
    DeliveryNotFoundError: 'Es gibt keine solche abgeschlossene Zustellung.',
    WebhookDisabledError: 'Der Webhook-Endpunkt ist abgeschaltet. Schalte ihn zuerst ein.',
    UnavailableError: 'Das ist gerade nicht möglich. Versuch es in ein paar Minuten noch einmal.',
    InternalError: 'Bei uns ist etwas schiefgegangen. Versuch es später noch einmal.',
  },

  warnings: {
    estimation:
      'Der Körperfettanteil wurde diesmal allein aus den Fotos gemessen, ohne eine zweite Einschätzung.',
    delta: 'Die Veränderung seit deinem letzten Scan ließ sich diesmal nicht berechnen.',
    insights: 'Die Erläuterungen konnten diesmal nicht geschrieben werden.',
    nutrition: 'Der Ernährungsplan konnte diesmal nicht erstellt werden.',
    workout: 'Der Trainingsplan konnte diesmal nicht erstellt werden.',
    hydration: 'Der Trinkplan konnte diesmal nicht erstellt werden.',
  },

  steps: {
    retrying: 'Neuer Versuch.',
    awaiting_photos: 'Deine Fotos sind noch unterwegs.',
  },

  queue: {
    busy: ({ minutes }, f) =>
      `Gerade ist viel los: Deiner beginnt in etwa ${minutes === 1 ? 'einer Minute' : `${f.number(minutes)} Minuten`}.`,
  },

  photos: {
    missing: ({ angle }) => `Das Foto ${SEITE[angle]} fehlt. Nimm es auf und starte einen neuen Scan.`,
    'unreadable.empty': ({ angle }) =>
      `Das Foto ${SEITE[angle]} ist leer angekommen. Lade es noch einmal hoch.`,
    'unreadable.too_large': ({ angle, maxMiB }, f) =>
      `Das Foto ${SEITE[angle]} ist größer als ${f.number(maxMiB)} MiB. Schick ein kleineres.`,
    'unreadable.damaged': ({ angle }) =>
      `Das Foto ${SEITE[angle]} ist beschädigt und lässt sich nicht öffnen. Nimm es noch einmal auf.`,
    'unreadable.incomplete': ({ angle }) =>
      `Das Foto ${SEITE[angle]} ist unvollständig oder beschädigt. Lade es noch einmal hoch oder nimm es neu auf.`,
    'unreadable.too_many_pixels': ({ angle, maxMegapixels }, f) =>
      `Das Foto ${SEITE[angle]} hat mehr als ${f.number(maxMegapixels)} Megapixel. Nimm es mit geringerer Auflösung noch einmal auf.`,
    'unreadable.costly': ({ angle }) =>
      `Das Foto ${SEITE[angle]} zu öffnen dauert zu lange. Nimm es als JPEG noch einmal auf.`,
    'unsupported_type.format': ({ angle, format }) =>
      `Das Foto ${SEITE[angle]} ist im Format ${format}. Schick es als JPEG.`,
    'unsupported_type.coding': ({ angle }) =>
      `Das Foto ${SEITE[angle]} ist auf eine Art kodiert, die hier nicht gelesen wird. Schick es als JPEG.`,
    'unsupported_type.other': ({ angle }) =>
      `Das Foto ${SEITE[angle]} ist kein JPEG-, PNG-, WebP-, HEIC- oder AVIF-Bild. Schick es als JPEG.`,
    'unsupported_type.differs': ({ angle, declared, found }) =>
      `Das Foto ${SEITE[angle]} wurde als ${declared} geschickt, ist aber ${found}. Aktualisiere die App und schick es noch einmal.`,
    'unsupported_type.animation': ({ angle }) =>
      `Das Foto ${SEITE[angle]} ist eine Animation. Nimm ein Standbild auf.`,
    too_small: ({ angle, width, height, minShort, minLong }, f) =>
      `Das Foto ${SEITE[angle]} ist zu klein (${f.number(width)} × ${f.number(height)} Pixel). Nimm es mit mindestens ${f.number(minShort)} × ${f.number(minLong)} Pixeln noch einmal auf.`,
    too_dark: ({ angle }) =>
      `Das Foto ${SEITE[angle]} ist zu dunkel. Mach Licht an und nimm es noch einmal auf.`,
    too_bright: ({ angle }) =>
      `Das Foto ${SEITE[angle]} ist zu hell. Geh weg von Lampe oder Fenster und nimm es noch einmal auf.`,
    blurred: ({ angle }) =>
      `Das Foto ${SEITE[angle]} ist unscharf. Wisch die Linse ab, halt das Handy ruhig oder stell es hin, und nimm es noch einmal auf.`,
    not_a_person: ({ angle }) =>
      `Auf dem Foto ${SEITE[angle]} ist niemand zu sehen. Stell dich so vor die Kamera, dass dein ganzer Körper im Bild ist.`,
    'not_a_person.not_one': ({ angle }) =>
      `Auf dem Foto ${SEITE[angle]} ist nicht genau eine Person zu sehen. Stell dich allein vor die Kamera und nimm es noch einmal auf.`,
    not_full_body: ({ angle }) =>
      `Auf dem Foto ${SEITE[angle]} sind deine Beine nicht zu sehen. Steh auf und geh zurück, bis du von Kopf bis Fuß im Bild bist.`,
    'not_full_body.not_whole': ({ angle }) =>
      `Auf dem Foto ${SEITE[angle]} ist dein Körper nicht gut genug als Ganzes zu sehen. Nimm es so noch einmal auf, dass dein Körper von Kopf bis Fuß die Bildhöhe fast ausfüllt.`,
    several_people: ({ angle }) =>
      `Auf dem Foto ${SEITE[angle]} ist mehr als eine Person. Nimm es noch einmal auf, ohne dass jemand anderes im Bild ist.`,
    head_cut_off: ({ angle }, f) =>
      `Auf dem Foto ${SEITE[angle]} ist dein Kopf abgeschnitten. Geh ${schritt(f)} zurück oder stell die Kamera höher.`,
    feet_cut_off: ({ angle }, f) =>
      `Auf dem Foto ${SEITE[angle]} sind deine Füße abgeschnitten. Geh ${schritt(f)} zurück.`,
    too_far: ({ angle }) =>
      `Auf dem Foto ${SEITE[angle]} bist du zu klein. Komm näher, bis dein Körper die Bildhöhe fast ausfüllt.`,
    tilted: ({ angle, degrees }, f) =>
      `Das Foto ${SEITE[angle]} ist um ${f.number(degrees)}° gekippt. Halt das Handy gerade oder lehn es an etwas Gerades.`,
    wrong_angle: ({ angle, shown }) =>
      `Das Foto ${SEITE[angle]} zeigt ${GEZEIGT[shown]}. ${DREHUNG[angle]} und nimm es noch einmal auf.`,
    'wrong_angle.another_side': ({ angle }) =>
      `Das Foto ${SEITE[angle]} zeigt nicht ${GEZEIGT[angle]}. ${DREHUNG[angle]} und nimm es noch einmal auf.`,
    obstructed: ({ angle }) =>
      `Auf dem Foto ${SEITE[angle]} verdeckt etwas den Umriss deines Körpers. Leg Gegenstände weg, binde lange Haare hoch, trag eng anliegende Kleidung und nimm es noch einmal auf.`,
    arms_at_torso: ({ angle }) =>
      `Auf dem Foto ${SEITE[angle]} liegen deine Arme am Körper an. Halt sie eine Handbreit von den Hüften weg.`,
    'size_differs.smaller': ({ angle }) =>
      `Auf dem Foto ${SEITE[angle]} bist du viel kleiner als auf den anderen. Nimm alle vier aus derselben Entfernung auf.`,
    'size_differs.larger': ({ angle }) =>
      `Auf dem Foto ${SEITE[angle]} bist du viel größer als auf den anderen. Nimm alle vier aus derselben Entfernung auf.`,
  },

  sets: {
    'taken_apart.minutes': ({ minutes }, f) =>
      `Die Fotos wurden bis zu ${f.number(minutes)} Minuten auseinander aufgenommen. Wenn sich dazwischen etwas geändert hat, nimm alle vier auf einmal auf.`,
    'taken_apart.hours': ({ hours }, f) =>
      `Die Fotos wurden bis zu ${f.number(hours)} Stunden auseinander aufgenommen. Wenn sich dazwischen etwas geändert hat, nimm alle vier auf einmal auf.`,
    looks_differ:
      'Die Fotos zeigen anscheinend verschiedene Menschen oder Kleider. Wenn das so ist, nimm alle vier von dir selbst auf, eins nach dem anderen.',
  },

  offers: {
    without_measurement:
      'Du kannst ohne die Messung weitermachen: Wenn dein Körper nicht so gezeigt werden kann, wie es die Fotos brauchen, starte den nächsten Scan ohne sie. Das Körperfett wird dann weniger genau geschätzt.',
  },

  estimation: {
    not_measured: 'Auf diesen Fotos ließ sich dein Körper nicht vermessen.',
    weight_doubtful:
      'Das Gewicht kann kaum stimmen, daher werden spätere Scans nicht mit diesem verglichen, und er wird nicht behalten.',
    measurement_left_out:
      'Die Messung wurde auf deinen Wunsch weggelassen, daher ist das Körperfett weniger genau.',
    sex_unspecified:
      'Dein Profil nennt kein Geschlecht, daher wurden die Gleichungen für beide verwendet, und der Bereich ist breiter.',
    under_18:
      'Unter 18 Jahren gelten nur Formeln, die auch von jungen Menschen stammen: Taille und Größe, wenn der Körper vermessen wurde, sonst Größe und Gewicht, die viel weniger sagen.',
    model_asked_again:
      'Das Modell lag weit von der Messung entfernt, hat mit den Umfängen noch einmal hingesehen und zählt weniger.',
    model_disagrees: 'Modell und Messung liegen weit auseinander, deshalb zählt das Modell weniger.',
    model_refused: 'Das Modell hat die Fotos abgelehnt, deshalb gilt die Messung allein.',
  },

  ranges: {
    wide: 'Der Bereich ist breit.',
    not_measured: 'Auf diesen Fotos wurde dein Körper nicht vermessen.',
    neck_unclear:
      'Der Umriss deines Halses war schwer zu erkennen: Binde langes Haar hoch und leg einen Kragen ab.',
    trunk_unclear:
      'Der Umriss von Taille oder Hüfte war schwer zu erkennen: Trag eng anliegende Kleidung, halte die Arme vom Körper weg und geh weiter von der Kamera weg.',
    people_differ: 'Menschen mit denselben Maßen unterscheiden sich um mehrere Prozentpunkte Körperfett.',
  },

  screen: {
    'step.qualityCheck': 'Fotoqualität',
    'step.estimation': 'Körperzusammensetzung',
    'step.delta': 'Veränderung',
    'step.insights': 'Erläuterungen',
    'step.nutrition': 'Ernährung',
    'step.workout': 'Training',
    'step.hydration': 'Trinken',
    'photo.front': 'vorn',
    'photo.back': 'hinten',
    'photo.left': 'links',
    'photo.right': 'rechts',
    'goal.lose_fat': 'Fett abbauen',
    'goal.maintain': 'halten',
    'goal.gain_muscle': 'Muskeln aufbauen',
    'girth.neck': 'Hals',
    'girth.shoulder': 'Schultern',
    'girth.chest': 'Brust',
    'girth.upperArm': 'Oberarm',
    'girth.waist': 'Taille',
    'girth.navel': 'Nabel',
    'girth.hip': 'Hüfte',
    'girth.thigh': 'Oberschenkel',
    'girth.calf': 'Wade',
    volume: 'Volumen',
    'origin.measurement': 'gemessen',
    'origin.anthropometry': 'aus Größe und Gewicht',
    'origin.model': 'vom Modell gesehen',
    'origin.history': 'früherer Scan',
    'span.under_a_day': 'in weniger als einem Tag',
    'span.days': ({ days }, f) => (days === 1 ? 'in 1 Tag' : `in ${f.number(days)} Tagen`),
    'found.accepted': 'alle vier Fotos angenommen',
    'found.not_accepted': ({ photos }) => `nicht angenommen: ${photos}`,
    'found.body_fat': ({ percent, low, high }, f) =>
      `${f.percent(percent)} Körperfett (${f.number(low, 1)}–${f.number(high, 1)})`,
    'found.change': ({ points, weightLb, span }, f) =>
      `${f.signed(points)} Prozentpunkte, ${f.weightChange(weightLb)} ${span}`,
    'found.change_by_chance': ({ points, weightLb, span }, f) =>
      `${f.signed(points)} Prozentpunkte (vielleicht Zufall), ${f.weightChange(weightLb)} ${span}`,
    'found.change_doubtful': ({ points, weightLb, span }, f) =>
      `${f.signed(points)} Prozentpunkte, ${f.weightChange(weightLb)} ${span} (das Gewicht ist zweifelhaft, also auch diese Veränderung)`,
    'found.height_changed': 'die Größe im Profil hat sich seither geändert, ein Teil kann daher kommen',
    'found.nothing_before': 'kein früherer Scan zum Vergleichen',
    'found.nutrition': ({ kcal, proteinG, goal }, f) =>
      `${f.number(kcal)} kcal am Tag · ${f.number(proteinG)} g Eiweiß · ${goal}`,
    'found.workout': ({ sessions, minutes }, f) =>
      `${f.number(sessions)} ${sessions === 1 ? 'Einheit' : 'Einheiten'} pro Woche · ${f.number(minutes)} min`,
    'found.hydration': ({ litres, flOz }, f) =>
      `${f.number(litres, 1)} l (${f.number(flOz)} fl oz) Wasser am Tag`,
    'state.attempt': ({ attempt }, f) => `Versuch ${f.number(attempt)}`,
    'state.retrying_in': ({ attempt, seconds }, f) =>
      `neuer Versuch (${f.number(attempt)}) in ${f.number(seconds)} s`,
    'state.retrying_now': ({ attempt }, f) => `neuer Versuch (${f.number(attempt)}) jetzt`,
    'state.failed': 'fehlgeschlagen',
    'state.skipped': 'nicht ausgeführt',
    'photo.not_accepted': 'nicht angenommen',
    'busy.late': ({ time }) =>
      `Es dauert länger als die Schätzung von ${time}, als du den Scan geschickt hast.`,
    'simulated.texts':
      'Simuliert: Die Texte sind Beispiele, kein Modell hat sie für dich geschrieben. Für den Körperfettanteil gilt das nicht.',
    'simulated.numbers':
      'Simuliert: Kein Modell wurde gefragt. Diese Zahlen sind Beispiele und sagen nichts über einen echten Körper.',
    nothing_before: 'Es gibt keinen früheren Scan zum Vergleichen.',
    'push.none': 'Keine angekommen.',
    'retry.same_photos': 'ja, mit denselben Fotos kann es klappen',
    'retry.after_change': 'nach der Änderung oben',
  },
};
