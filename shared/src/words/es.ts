/** Spanish sentences, which address the user as «tú», in words that Spain and Latin America share. */

import { MAX_AGE_YEARS } from '../account/birth-date.ts';
import type { Angle } from '../names/angles.ts';
import type { Translation } from './en.ts';
import type { Format } from './format.ts';

/** What follows «la foto» and «en la foto» in a sentence. */
const VISTA: Record<Angle, string> = {
  front: 'de frente',
  back: 'de espaldas',
  left: 'del lado izquierdo',
  right: 'del lado derecho',
};
const MOSTRADO: Record<Angle, string> = {
  front: 'tu frente',
  back: 'tu espalda',
  left: 'tu lado izquierdo',
  right: 'tu lado derecho',
};
const GIRO: Record<Angle, string> = {
  front: 'Mira a la cámara',
  back: 'Ponte de espaldas a la cámara',
  left: 'Gira hasta que tu lado izquierdo mire a la cámara',
  right: 'Gira hasta que tu lado derecho mire a la cámara',
};

const paso = ({ units }: Format) => (units === 'metric' ? 'medio metro' : 'unos dos pies');

/** Faults of a field of the profile. */
const PROFILE_FAULTS: Readonly<Record<string, string>> = {
  'sex.missing': 'falta sex',
  'sex.unknown': 'sex debe ser male, female o unspecified',
  'birthDate.missing': 'falta birthDate',
  'birthDate.no_such_day': 'birthDate no es un día del calendario (AAAA-MM-DD)',
  'birthDate.in_the_future': 'birthDate está en el futuro',
  'birthDate.too_long_ago': `birthDate es de hace más de ${MAX_AGE_YEARS} años`,
  'heightCm.missing': 'falta heightCm',
  'heightCm.out_of_range': 'heightCm debe ser un número de 100 a 250 (cm)',
  'pregnant.unknown': 'pregnant debe ser true o false',
};
const faultsOf = (faults: string) =>
  `${faults}`
    .split(' ')
    .map((fault) => PROFILE_FAULTS[fault])
    .filter(Boolean)
    .join(', ') || 'no se puede leer';

export const es: Translation = {
  model: {
    language: 'Spanish, addressing the user informally as "tú"',
  },

  push: {
    'canceled_after_result.body':
      'Tu escaneo se canceló. Tu grasa corporal ya se había mostrado, así que el crédito se usó.',
    'completed.title': '¡Los resultados de tu escaneo están listos! 🎉',
    'completed.body': 'El análisis de tu composición corporal está completo.',
    'completed.body_fat': ({ percent }, f) => `Grasa corporal: ${f.percent(percent)}`,
    'rejected.title': 'Vuelve a tomar las fotos',
    'rejected.body': 'Algunas fotos no se pudieron usar. Abre la app para ver por qué.',
    'failed.title': 'Escaneo no completado',
    'failed.body': 'Algo salió mal. Se te devolvió el crédito.',
    'failed_without_credit.body':
      'El escaneo no empezó. No se usó ningún crédito. Abre la app para ver por qué.',
    'canceled.title': 'Escaneo cancelado',
    'canceled.body': 'Tu escaneo se canceló. Se te devolvió el crédito.',
    'canceled_without_credit.body': 'Tu escaneo se canceló. No se usó ningún crédito.',
  },

  errors: {
    AgeNotAllowedError:
      'Los escaneos no son para personas de tu edad. No se analizó ninguna foto ni se usó ningún crédito.',
    'AgeNotAllowedError.age': ({ leastAge }, f) =>
      `Los escaneos son para personas de ${f.number(leastAge)} años o más. No se analizó ninguna foto ni se usó ningún crédito.`,
    NoBodyFatError:
      'Con lo que dice tu perfil no se puede dar la grasa corporal. No se analizó ninguna foto ni se usó ningún crédito.',
    'NoBodyFatError.pregnancy':
      'Durante el embarazo no se da la grasa corporal: las ecuaciones se hicieron con personas que no estaban embarazadas, y el bebé y lo que lo rodea contarían como grasa. No se analizó ninguna foto ni se usó ningún crédito. Cuando termine el embarazo, pon pregnant en false en tu perfil.',
    MeasuresImplausibleError:
      'El peso y la altura no concuerdan. Revisa el peso, y heightCm en el perfil, y empieza un nuevo escaneo.',
    WeightDoubtfulError:
      'El peso se aleja demasiado del de tu último escaneo. Revísalo y empieza un nuevo escaneo.',
    'WeightDoubtfulError.kilograms_as_pounds': ({ field }) =>
      `El peso (${field}) es menos de la mitad del de tu último escaneo. ¿Lo mediste en kilogramos? Corrígelo y empieza un nuevo escaneo; si es correcto, repite el escaneo con el mismo peso.`,
    'WeightDoubtfulError.pounds_as_kilograms': ({ field }) =>
      `El peso (${field}) es más del doble del de tu último escaneo. ¿Estaba uno de los dos en otra unidad? Corrígelo y empieza un nuevo escaneo; si es correcto, repite el escaneo con el mismo peso.`,
    'WeightDoubtfulError.too_far': ({ field }) =>
      `El peso (${field}) cambia desde tu último escaneo más de lo que cambia un cuerpo en un mes. Corrígelo y empieza un nuevo escaneo; si es correcto, repite el escaneo con el mismo peso.`,
    'WeightDoubtfulError.body':
      'El peso no puede corresponder al cuerpo de las fotos. ¿Se escribió en otra unidad? Corrígelo, y heightCm en el perfil, y empieza un nuevo escaneo; si ambos son correctos, repite el escaneo con el mismo peso.',
    'WeightDoubtfulError.height': ({ field }) =>
      `La estatura (${field} en el perfil) es distinta de la de tu último escaneo. Corrígela y empieza un nuevo escaneo; si es correcta, repite el escaneo con el mismo peso.`,
    'ProfileIncompleteError.faults': ({ faults }) =>
      `Tu perfil está incompleto: ${faultsOf(faults)}. Corrígelo y empieza un nuevo escaneo.`,
    'InvalidScanError.one_weight':
      'El peso debe venir en exactamente uno de weightLb y weightKg. Escríbelo de nuevo y empieza un nuevo escaneo.',
    'ScanCanceledError.after_result':
      'El escaneo se canceló. Tu grasa corporal ya se había mostrado, así que el crédito se usó.',
    'ScanCanceledError.without_credit': 'El escaneo se canceló. No se usó ningún crédito.',
    ScanTimedOutError:
      'El análisis tardó demasiado y el escaneo se terminó. Se te devolvió el crédito. Inténtalo más tarde.',
    StepStoppedError: 'Esta parte se detuvo antes de terminar.',
    InvalidImageError:
      'No se pudo leer una de las fotos. Vuelve a tomarla en formato JPEG y empieza un nuevo escaneo.',
    'InvalidImageError.photo': ({ angle }) =>
      `No se pudo leer la foto ${VISTA[angle]}. Vuelve a tomarla en formato JPEG y empieza un nuevo escaneo.`,
    PhotosRejectedError:
      'Las fotos no se pueden usar. Mira las indicaciones de cada foto, vuelve a tomarla y empieza un nuevo escaneo.',
    InsufficientCreditsError:
      'No te quedan créditos de escaneo. Consigue más créditos y empieza un nuevo escaneo.',
    ConsentMissingError:
      'Falta tu consentimiento para analizar las fotos. Dalo en los ajustes y empieza un nuevo escaneo.',
    ProfileIncompleteError:
      'Tu perfil está incompleto. Indica sexo, fecha de nacimiento y estatura, y empieza un nuevo escaneo.',
    AccountDeletionError: 'Esta cuenta se está eliminando. Ya no se puede empezar un nuevo escaneo.',
    PhotoNotOwnedError:
      'Una foto no está en la carpeta de este escaneo. Sube las fotos otra vez y empieza un nuevo escaneo.',
    'PhotoNotOwnedError.photo': ({ angle }) =>
      `La foto ${VISTA[angle]} no está en la carpeta de este escaneo. Sube las fotos otra vez y empieza un nuevo escaneo.`,
    UploadMismatchError:
      'Una foto no llegó completa. No se usó tu crédito. Empieza un nuevo escaneo para enviar las fotos otra vez.',
    'UploadMismatchError.missing': ({ angle, field }) =>
      `La foto ${VISTA[angle]} no ha llegado (${field}). No se usó tu crédito. Empieza un nuevo escaneo para enviar las fotos otra vez.`,
    'UploadMismatchError.bytes': ({ angle, field, declared, found }, f) =>
      `La foto ${VISTA[angle]} no llegó completa (${field}): ${f.number(found)} de ${f.number(declared)} bytes. No se usó tu crédito. Empieza un nuevo escaneo para enviar las fotos otra vez.`,
    'UploadMismatchError.sha256': ({ angle, field }) =>
      `La foto ${VISTA[angle]} llegó alterada (${field}). No se usó tu crédito. Empieza un nuevo escaneo para enviar las fotos otra vez.`,
    InvalidScanError: 'No se pudo leer el escaneo. Actualiza la app y empieza un nuevo escaneo.',
    'InvalidScanError.field': ({ field }) =>
      `No se pudo leer el escaneo: ${field} falta o no está permitido. Actualiza la app y empieza un nuevo escaneo.`,
    'InvalidScanError.weight': ({ minLb, maxLb }, f) =>
      `El peso debe ser un número entre ${f.weight(minLb, 0)} y ${f.weight(maxLb, 0)}. Escríbelo de nuevo y empieza un nuevo escaneo.`,
    'InvalidScanError.used': 'Este identificador de escaneo ya se usó. Empieza un nuevo escaneo.',
    'InvalidScanError.not_kept':
      'En este dispositivo ya no hay fotos de aquel escaneo. Toma las cuatro de nuevo y empieza un nuevo escaneo.',
    'InvalidScanError.not_offered':
      'Este escaneo debía pasar por alto motivos de rechazo sin que se hubiera ofrecido. Empieza un nuevo escaneo sin eso.',
    ScanExpiredError: 'El escaneo no pudo empezar a tiempo. No se usó tu crédito. Empieza un nuevo escaneo.',
    AdmissionPausedError:
      'Ahora mismo no se aceptan escaneos nuevos. No se usó tu crédito. Conserva tus fotos e inténtalo de nuevo dentro de un rato.',
    ScanCanceledError: 'El escaneo se canceló. Se te devolvió el crédito.',
    ModelRateLimitedError: 'El análisis está muy solicitado ahora mismo. Inténtalo de nuevo en unos minutos.',
    ModelQuotaError: 'El análisis no está disponible en este momento. Inténtalo de nuevo más tarde.',
    ModelUnavailableError: 'El análisis no está disponible en este momento. Inténtalo de nuevo más tarde.',
    ModelRefusedError: 'El análisis rechazó estas fotos. Toma fotos nuevas como se describe en la guía.',
    ModelResponseError: 'El análisis no dio una respuesta utilizable. Inténtalo de nuevo más tarde.',
    ModelRequestError: 'El análisis no está disponible en este momento. Inténtalo de nuevo más tarde.',
    StepTimedOutError: 'El análisis tardó demasiado. Inténtalo de nuevo más tarde.',
    InternalError: 'Algo salió mal de nuestro lado. Inténtalo de nuevo más tarde.',
  },

  calls: {
    AgeNotAllowedError: 'Los escaneos no son para personas de tu edad.',
    'AgeNotAllowedError.age': ({ leastAge }, f) =>
      `Los escaneos son para personas de ${f.number(leastAge)} años o más.`,
    NoBodyFatError: 'Con lo que dice tu perfil no se puede dar la grasa corporal.',
    'NoBodyFatError.pregnancy':
      'Durante el embarazo no se da la grasa corporal: las ecuaciones se hicieron con personas que no estaban embarazadas. Cuando termine, pon pregnant en false en tu perfil.',
    SignInRequiredError: 'Primero inicia sesión.',
    AppCheckError: 'No se pudo verificar esta app. Actualízala.',
    OperatorRequiredError: 'Solo los operadores pueden hacer esto.',
    InvalidRequestError: 'No se pudo leer la solicitud.',
    'InvalidRequestError.field': ({ field }) => `${field} tiene un valor no permitido.`,
    'InvalidRequestError.missing': ({ field }) => `Falta ${field}.`,
    'InvalidRequestError.unknown': ({ field }) => `${field} no es un campo de esta llamada.`,
    'InvalidRequestError.reason': ({ field, reason }) => `${field}: ${reason}.`,
    RateLimitedError: 'Demasiadas solicitudes. Inténtalo de nuevo más tarde.',
    TooManyUploadsError:
      'Empezaste varias subidas sin iniciar un escaneo. Inicia una de ellas o inténtalo de nuevo más tarde.',
    UploadNotFoundError: 'No hay ninguna subida así que espere su escaneo. Empieza un nuevo escaneo.',
    AccountDeletionError: 'Esta cuenta se está eliminando. Ya no se puede empezar un nuevo escaneo.',
    AdmissionPausedError:
      'Ahora mismo no se aceptan escaneos nuevos. Conserva tus fotos e inténtalo de nuevo dentro de un rato.',
    'AdmissionPausedError.step':
      'Ahora mismo no se repiten pasos. Tu escaneo se queda como está. Inténtalo de nuevo dentro de un rato.',
    GrantLimitError: 'Hoy ya abonaste todos los créditos que puede abonar una persona. Pídelo a otra.',
    OwnAccountError: 'Nadie abona créditos a su propia cuenta. Pídelo a otra persona.',
    ScanNotFoundError: 'Ese escaneo no existe.',
    ScanRunningError: 'El escaneo todavía está en curso. Primero cancélalo y luego elimínalo.',
    ScanUnreadableError: 'No se puede leer el documento de este escaneo, así que no se cambió nada.',
    StepNotRetryableError: 'Solo se puede repetir un paso fallido de un escaneo completado.',
    UserNotFoundError: 'Esa persona no existe.',
    GrantConflictError: 'Este identificador de abono ya se usó con otra cantidad.',
    WebhookNotFoundError: 'Ese destino de webhook no existe.',
    DeliveryNotFoundError: 'No hay ninguna entrega terminada con ese identificador.',
    WebhookDisabledError: 'El destino de webhook está desactivado. Actívalo primero.',
    UnavailableError: 'No es posible en este momento. Inténtalo de nuevo en unos minutos.',
    InternalError: 'Algo salió mal de nuestro lado. Inténtalo de nuevo más tarde.',
  },

  warnings: {
    estimation: 'Esta vez la grasa corporal se midió solo en las fotos, sin una segunda opinión.',
    delta: 'Esta vez no se pudo calcular el cambio desde tu último escaneo.',
    insights: 'Esta vez no se pudieron escribir los comentarios.',
    nutrition: 'Esta vez no se pudo preparar el plan de alimentación.',
    workout: 'Esta vez no se pudo preparar el plan de entrenamiento.',
    hydration: 'Esta vez no se pudo preparar el plan de hidratación.',
  },

  steps: {
    retrying: 'Intentándolo de nuevo.',
    awaiting_photos: 'Esperando a que lleguen tus fotos.',
  },

  queue: {
    busy: ({ minutes }, f) =>
      `Hay mucha demanda: el tuyo empieza en ${minutes === 1 ? 'un minuto' : `unos ${f.number(minutes)} minutos`}.`,
  },

  photos: {
    missing: ({ angle }) => `Falta la foto ${VISTA[angle]}. Tómala y empieza un nuevo escaneo.`,
    'unreadable.empty': ({ angle }) => `La foto ${VISTA[angle]} llegó vacía. Súbela otra vez.`,
    'unreadable.too_large': ({ angle, maxMiB }, f) =>
      `La foto ${VISTA[angle]} pesa más de ${f.number(maxMiB)} MiB. Envía una más pequeña.`,
    'unreadable.damaged': ({ angle }) =>
      `La foto ${VISTA[angle]} está dañada y no se puede abrir. Vuelve a tomarla.`,
    'unreadable.incomplete': ({ angle }) =>
      `La foto ${VISTA[angle]} está incompleta o dañada. Súbela otra vez o vuelve a tomarla.`,
    'unreadable.too_many_pixels': ({ angle, maxMegapixels }, f) =>
      `La foto ${VISTA[angle]} tiene más de ${f.number(maxMegapixels)} megapíxeles. Vuelve a tomarla con menos resolución.`,
    'unreadable.costly': ({ angle }) =>
      `La foto ${VISTA[angle]} tarda demasiado en abrirse. Vuelve a tomarla en formato JPEG.`,
    'unsupported_type.format': ({ angle, format }) =>
      `La foto ${VISTA[angle]} está en formato ${format}. Envíala como JPEG.`,
    'unsupported_type.coding': ({ angle }) =>
      `La foto ${VISTA[angle]} está codificada de un modo que aquí no se lee. Envíala como JPEG.`,
    'unsupported_type.other': ({ angle }) =>
      `La foto ${VISTA[angle]} no es una imagen JPEG, PNG, WebP, HEIC ni AVIF. Envíala como JPEG.`,
    'unsupported_type.differs': ({ angle, declared, found }) =>
      `La foto ${VISTA[angle]} se envió como ${declared}, pero es ${found}. Actualiza la app y envíala otra vez.`,
    'unsupported_type.animation': ({ angle }) =>
      `La foto ${VISTA[angle]} es una animación. Toma una foto fija.`,
    too_small: ({ angle, width, height, minShort, minLong }, f) =>
      `La foto ${VISTA[angle]} es demasiado pequeña (${f.number(width)} × ${f.number(height)} píxeles). Vuelve a tomarla con al menos ${f.number(minShort)} × ${f.number(minLong)} píxeles.`,
    too_dark: ({ angle }) =>
      `La foto ${VISTA[angle]} está demasiado oscura. Enciende una luz y vuelve a tomarla.`,
    too_bright: ({ angle }) =>
      `La foto ${VISTA[angle]} tiene demasiada luz. Aléjate de la lámpara o de la ventana y vuelve a tomarla.`,
    blurred: ({ angle }) =>
      `La foto ${VISTA[angle]} está borrosa. Limpia la lente, mantén el teléfono quieto o apóyalo, y vuelve a tomarla.`,
    not_a_person: ({ angle }) =>
      `En la foto ${VISTA[angle]} no se ve a nadie. Ponte delante de la cámara de modo que salga todo tu cuerpo.`,
    'not_a_person.not_one': ({ angle }) =>
      `En la foto ${VISTA[angle]} no se ve exactamente a una persona. Ponte delante de la cámara sin nadie más y vuelve a tomarla.`,
    not_full_body: ({ angle }) =>
      `En la foto ${VISTA[angle]} no se ven tus piernas. Ponte de pie y da pasos atrás hasta salir de la cabeza a los pies.`,
    'not_full_body.not_whole': ({ angle }) =>
      `En la foto ${VISTA[angle]} no se ve bien todo tu cuerpo. Vuelve a tomarla de modo que tu cuerpo, de la cabeza a los pies, ocupe casi toda la altura.`,
    several_people: ({ angle }) =>
      `En la foto ${VISTA[angle]} hay más de una persona. Vuelve a tomarla sin nadie más en la imagen.`,
    head_cut_off: ({ angle }, f) =>
      `En la foto ${VISTA[angle]} sale cortada tu cabeza. Retrocede ${paso(f)} o sube la cámara.`,
    feet_cut_off: ({ angle }, f) =>
      `En la foto ${VISTA[angle]} salen cortados tus pies. Retrocede ${paso(f)}.`,
    too_far: ({ angle }) =>
      `En la foto ${VISTA[angle]} sales demasiado lejos. Acércate hasta que tu cuerpo ocupe casi toda la altura.`,
    tilted: ({ angle, degrees }, f) =>
      `La foto ${VISTA[angle]} está inclinada ${f.number(degrees)}°. Mantén el teléfono derecho o apóyalo en algo recto.`,
    wrong_angle: ({ angle, shown }) =>
      `La foto ${VISTA[angle]} muestra ${MOSTRADO[shown]}. ${GIRO[angle]} y vuelve a tomarla.`,
    'wrong_angle.another_side': ({ angle }) =>
      `La foto ${VISTA[angle]} no muestra ${MOSTRADO[angle]}. ${GIRO[angle]} y vuelve a tomarla.`,
    obstructed: ({ angle }) =>
      `En la foto ${VISTA[angle]} algo tapa el contorno de tu cuerpo. Aparta los objetos, recógete el pelo largo, ponte ropa ajustada y vuelve a tomarla.`,
    arms_at_torso: ({ angle }) =>
      `En la foto ${VISTA[angle]} tus brazos tocan el cuerpo. Sepáralos un palmo de las caderas.`,
    'size_differs.smaller': ({ angle }) =>
      `En la foto ${VISTA[angle]} tu figura se ve mucho más pequeña que en las demás. Toma las cuatro desde la misma distancia.`,
    'size_differs.larger': ({ angle }) =>
      `En la foto ${VISTA[angle]} tu figura se ve mucho más grande que en las demás. Toma las cuatro desde la misma distancia.`,
  },

  sets: {
    'taken_apart.minutes': ({ minutes }, f) =>
      `Entre las fotos pasaron hasta ${f.number(minutes)} minutos. Si algo cambió entretanto, haz las cuatro de una vez.`,
    'taken_apart.hours': ({ hours }, f) =>
      `Entre las fotos pasaron hasta ${f.number(hours)} horas. Si algo cambió entretanto, haz las cuatro de una vez.`,
    looks_differ:
      'Las fotos parecen mostrar a personas o ropa diferentes. Si es así, haz las cuatro de ti, una tras otra.',
  },

  offers: {
    without_measurement:
      'Puedes seguir sin la medición: si tu cuerpo no puede mostrarse como las fotos lo necesitan, empieza el próximo escaneo sin ella. La grasa corporal se estima entonces con menos exactitud.',
  },

  estimation: {
    not_measured: 'No se pudo medir tu cuerpo en estas fotos.',
    weight_doubtful:
      'El peso difícilmente puede ser correcto, así que los escaneos posteriores no se comparan con este, y no se recuerda.',
    measurement_left_out: 'La medición se omitió, como pediste, así que la grasa corporal es menos exacta.',
    sex_unspecified:
      'Tu perfil no indica tu sexo, así que se usaron las ecuaciones de ambos y el intervalo es más amplio.',
    under_18:
      'Antes de los 18 años solo se usan fórmulas hechas también con jóvenes: cintura y estatura si el cuerpo se midió, y si no, estatura y peso, que dicen mucho menos.',
    model_asked_again:
      'El modelo estaba lejos de la medición, volvió a mirar con los perímetros delante y cuenta menos.',
    model_disagrees: 'El modelo y la medición están muy lejos entre sí, así que el modelo cuenta menos.',
    model_refused: 'El modelo rechazó las fotos, así que la medición vale por sí sola.',
  },

  ranges: {
    wide: 'El intervalo es amplio.',
    not_measured: 'Tu cuerpo no se midió en estas fotos.',
    neck_unclear: 'El contorno de tu cuello se veía mal: recógete el pelo largo y quítate el cuello alto.',
    trunk_unclear:
      'El contorno de tu cintura o tus caderas se veía mal: lleva ropa ajustada, separa los brazos del cuerpo y aléjate de la cámara.',
    people_differ: 'Personas con las mismas medidas se diferencian en varios puntos de grasa corporal.',
  },

  screen: {
    'step.qualityCheck': 'Calidad de las fotos',
    'step.estimation': 'Composición corporal',
    'step.delta': 'Cambio',
    'step.insights': 'Comentarios',
    'step.nutrition': 'Alimentación',
    'step.workout': 'Entrenamiento',
    'step.hydration': 'Hidratación',
    'photo.front': 'de frente',
    'photo.back': 'de espaldas',
    'photo.left': 'izquierda',
    'photo.right': 'derecha',
    'goal.lose_fat': 'perder grasa',
    'goal.maintain': 'mantener',
    'goal.gain_muscle': 'ganar músculo',
    'girth.neck': 'cuello',
    'girth.shoulder': 'hombros',
    'girth.chest': 'pecho',
    'girth.upperArm': 'brazo',
    'girth.waist': 'cintura',
    'girth.navel': 'ombligo',
    'girth.hip': 'cadera',
    'girth.thigh': 'muslo',
    'girth.calf': 'pantorrilla',
    volume: 'volumen',
    'origin.measurement': 'medida',
    'origin.anthropometry': 'por estatura y peso',
    'origin.model': 'vista por el modelo',
    'origin.history': 'escaneo anterior',
    'span.under_a_day': 'en menos de un día',
    'span.days': ({ days }, f) => (days === 1 ? 'en 1 día' : `en ${f.number(days)} días`),
    'found.accepted': 'las cuatro fotos aceptadas',
    'found.not_accepted': ({ photos }) => `no aceptadas: ${photos}`,
    'found.body_fat': ({ percent, low, high }, f) =>
      `${f.percent(percent)} de grasa corporal (${f.number(low, 1)}–${f.number(high, 1)})`,
    'found.change': ({ points, weightLb, span }, f) =>
      `${f.signed(points)} puntos, ${f.weightChange(weightLb)} ${span}`,
    'found.change_by_chance': ({ points, weightLb, span }, f) =>
      `${f.signed(points)} puntos (puede ser azar), ${f.weightChange(weightLb)} ${span}`,
    'found.change_doubtful': ({ points, weightLb, span }, f) =>
      `${f.signed(points)} puntos, ${f.weightChange(weightLb)} ${span} (el peso es dudoso, y también este cambio)`,
    'found.height_changed':
      'la altura de tu perfil ha cambiado desde entonces, y una parte puede venir de ahí',
    'found.nothing_before': 'ningún escaneo anterior con el que comparar',
    'found.nutrition': ({ kcal, proteinG, goal }, f) =>
      `${f.number(kcal)} kcal al día · ${f.number(proteinG)} g de proteína · ${goal}`,
    'found.workout': ({ sessions, minutes }, f) =>
      `${f.number(sessions)} ${sessions === 1 ? 'sesión' : 'sesiones'} por semana · ${f.number(minutes)} min`,
    'found.hydration': ({ litres, flOz }, f) =>
      `${f.number(litres, 1)} l (${f.number(flOz)} fl oz) de agua al día`,
    'state.attempt': ({ attempt }, f) => `intento ${f.number(attempt)}`,
    'state.retrying_in': ({ attempt, seconds }, f) =>
      `reintento, intento ${f.number(attempt)} en ${f.number(seconds)} s`,
    'state.retrying_now': ({ attempt }, f) => `reintento, intento ${f.number(attempt)} ahora`,
    'state.failed': 'falló',
    'state.skipped': 'no se hizo',
    'photo.not_accepted': 'no aceptada',
    'busy.late': ({ time }) =>
      `Tarda más de lo estimado. Hora de la estimación: ${time}, cuando enviaste el escaneo.`,
    'simulated.texts':
      'Simulado: los textos son ejemplos y ningún modelo los escribió para ti. La grasa corporal no es uno de ellos.',
    'simulated.numbers':
      'Simulado: no se preguntó a ningún modelo. Estos números son ejemplos y no dicen nada de un cuerpo real.',
    nothing_before: 'No hay ningún escaneo anterior con el que comparar.',
    'push.none': 'No llegó ninguna.',
    'retry.same_photos': 'sí, las mismas fotos pueden servir',
    'retry.after_change': 'después del cambio de arriba',
  },
};
