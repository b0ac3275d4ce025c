/** Hindi sentences in everyday words, which address the user as «आप». */

import { MAX_AGE_YEARS } from '../account/birth-date.ts';
import type { Angle } from '../names/angles.ts';
import type { Translation } from './en.ts';
import type { Format } from './format.ts';

/** What stands before «फ़ोटो» in a sentence. */
const SIDE: Record<Angle, string> = {
  front: 'सामने की',
  back: 'पीछे की',
  left: 'बाईं ओर की',
  right: 'दाईं ओर की',
};
const SHOWN: Record<Angle, string> = {
  front: 'आपका सामने का हिस्सा दिख रहा है',
  back: 'आपकी पीठ दिख रही है',
  left: 'आपका बायाँ हिस्सा दिख रहा है',
  right: 'आपका दायाँ हिस्सा दिख रहा है',
};
const TURN: Record<Angle, string> = {
  front: 'कैमरे की ओर मुँह करें',
  back: 'कैमरे की ओर पीठ करें',
  left: 'ऐसे मुड़ें कि आपका बायाँ हिस्सा कैमरे की ओर हो',
  right: 'ऐसे मुड़ें कि आपका दायाँ हिस्सा कैमरे की ओर हो',
};

const distance = ({ units }: Format) => (units === 'metric' ? 'आधा मीटर' : 'करीब दो फ़ुट');

/** Faults of a field of the profile. */
const PROFILE_FAULTS: Readonly<Record<string, string>> = {
  'sex.missing': 'sex नहीं दिया गया',
  'sex.unknown': 'sex male, female या unspecified होना चाहिए',
  'birthDate.missing': 'birthDate नहीं दी गई',
  'birthDate.no_such_day': 'birthDate कैलेंडर की कोई तारीख नहीं है (YYYY-MM-DD)',
  'birthDate.in_the_future': 'birthDate भविष्य में है',
  'birthDate.too_long_ago': `birthDate ${MAX_AGE_YEARS} साल से भी पहले की है`,
  'heightCm.missing': 'heightCm नहीं दी गई',
  'heightCm.out_of_range': 'heightCm 100 से 250 के बीच की संख्या होनी चाहिए (cm)',
  'pregnant.unknown': 'pregnant true या false होना चाहिए',
};
const faultsOf = (faults: string) =>
  `${faults}`
    .split(' ')
    .map((fault) => PROFILE_FAULTS[fault])
    .filter(Boolean)
    .join(', ') || 'इसे पढ़ा नहीं जा सका';

export const hi: Translation = {
  model: {
    language: 'Hindi in Devanagari script, addressing the user politely as "आप"',
  },

  push: {
    'canceled_after_result.body':
      'आपका स्कैन रद्द कर दिया गया। आपका बॉडी फ़ैट पहले ही दिखाया जा चुका था, इसलिए क्रेडिट इस्तेमाल हो गया।',
    'completed.title': 'आपके स्कैन के नतीजे तैयार हैं! 🎉',
    'completed.body': 'आपके शरीर की संरचना का विश्लेषण पूरा हो गया है।',
    'completed.body_fat': ({ percent }, f) => `बॉडी फ़ैट: ${f.percent(percent)}`,
    'rejected.title': 'कृपया फ़ोटो दोबारा लें',
    'rejected.body': 'कुछ फ़ोटो इस्तेमाल नहीं हो सकीं। कारण देखने के लिए ऐप खोलें।',
    'failed.title': 'स्कैन पूरा नहीं हुआ',
    'failed.body': 'कुछ गड़बड़ हो गई। आपका क्रेडिट लौटा दिया गया है।',
    'failed_without_credit.body': 'स्कैन शुरू नहीं हुआ। कोई क्रेडिट इस्तेमाल नहीं हुआ। कारण देखने के लिए ऐप खोलें।',
    'canceled.title': 'स्कैन रद्द हुआ',
    'canceled.body': 'आपका स्कैन रद्द कर दिया गया। आपका क्रेडिट लौटा दिया गया है।',
    'canceled_without_credit.body': 'आपका स्कैन रद्द कर दिया गया। कोई क्रेडिट इस्तेमाल नहीं हुआ।',
  },

  errors: {
    AgeNotAllowedError: 'स्कैन आपकी उम्र के लोगों के लिए नहीं हैं। कोई फ़ोटो नहीं देखी गई और कोई क्रेडिट नहीं लगा।',
    'AgeNotAllowedError.age': ({ leastAge }, f) =>
      `स्कैन ${f.number(leastAge)} साल या उससे बड़े लोगों के लिए हैं। कोई फ़ोटो नहीं देखी गई और कोई क्रेडिट नहीं लगा।`,
    NoBodyFatError:
      'आपकी प्रोफ़ाइल में जो लिखा है, उसके लिए शरीर की चर्बी नहीं बताई जा सकती। कोई फ़ोटो नहीं देखी गई और कोई क्रेडिट नहीं लगा।',
    'NoBodyFatError.pregnancy':
      'गर्भावस्था में शरीर की चर्बी नहीं बताई जाती: समीकरण उन लोगों से बने हैं जो गर्भवती नहीं थे, और बच्चा और उससे जुड़ा वज़न चर्बी में गिना जाता। कोई फ़ोटो नहीं देखी गई और कोई क्रेडिट नहीं लगा। गर्भावस्था पूरी होने पर प्रोफ़ाइल में pregnant को false करें।',
    MeasuresImplausibleError:
      'वज़न और लंबाई आपस में मेल नहीं खाते। वज़न और प्रोफ़ाइल में heightCm जाँचें, फिर नया स्कैन शुरू करें।',
    WeightDoubtfulError: 'वज़न आपके पिछले स्कैन से बहुत अलग है। इसे जाँचें, फिर नया स्कैन शुरू करें।',
    'WeightDoubtfulError.kilograms_as_pounds': ({ field }) =>
      `वज़न (${field}) आपके पिछले स्कैन के आधे से भी कम है। क्या इसे किलोग्राम में नापा गया था? इसे ठीक करके नया स्कैन शुरू करें; अगर यह सही है, तो इसी वज़न के साथ स्कैन फिर शुरू करें।`,
    'WeightDoubtfulError.pounds_as_kilograms': ({ field }) =>
      `वज़न (${field}) आपके पिछले स्कैन के दोगुने से भी ज़्यादा है। क्या इनमें से एक किसी दूसरी इकाई में था? इसे ठीक करके नया स्कैन शुरू करें; अगर यह सही है, तो इसी वज़न के साथ स्कैन फिर शुरू करें।`,
    'WeightDoubtfulError.too_far': ({ field }) =>
      `वज़न (${field}) पिछले स्कैन से इतना बदला है जितना शरीर एक महीने में नहीं बदलता। इसे ठीक करके नया स्कैन शुरू करें; अगर यह सही है, तो इसी वज़न के साथ स्कैन फिर शुरू करें।`,
    'WeightDoubtfulError.body':
      'यह वज़न तस्वीरों वाले शरीर का नहीं हो सकता। क्या यह किसी दूसरी इकाई में लिखा गया? इसे और प्रोफ़ाइल में heightCm को ठीक करके नया स्कैन शुरू करें; अगर दोनों सही हैं, तो इसी वज़न के साथ स्कैन फिर शुरू करें।',
    'WeightDoubtfulError.height': ({ field }) =>
      `लंबाई (प्रोफ़ाइल में ${field}) पिछले स्कैन से अलग है। इसे ठीक करके नया स्कैन शुरू करें; अगर यह सही है, तो इसी वज़न के साथ स्कैन फिर शुरू करें।`,
    'ProfileIncompleteError.faults': ({ faults }) =>
      `आपकी प्रोफ़ाइल अधूरी है: ${faultsOf(faults)}। इसे ठीक करें, फिर नया स्कैन शुरू करें।`,
    'InvalidScanError.one_weight':
      'वज़न weightLb और weightKg में से ठीक एक में होना चाहिए। इसे फिर से लिखें और नया स्कैन शुरू करें।',
    'ScanCanceledError.after_result':
      'स्कैन रद्द कर दिया गया। आपका बॉडी फ़ैट पहले ही दिखाया जा चुका था, इसलिए क्रेडिट इस्तेमाल हो गया।',
    'ScanCanceledError.without_credit': 'स्कैन रद्द कर दिया गया। कोई क्रेडिट इस्तेमाल नहीं हुआ।',
    ScanTimedOutError:
      'विश्लेषण में बहुत समय लगा, इसलिए स्कैन समाप्त कर दिया गया। आपका क्रेडिट लौटा दिया गया है। बाद में फिर कोशिश करें।',
    StepStoppedError: 'यह हिस्सा पूरा होने से पहले रोक दिया गया।',
    InvalidImageError: 'एक फ़ोटो पढ़ी नहीं जा सकी। उसे JPEG में दोबारा लें और नया स्कैन शुरू करें।',
    'InvalidImageError.photo': ({ angle }) =>
      `${SIDE[angle]} फ़ोटो पढ़ी नहीं जा सकी। उसे JPEG में दोबारा लें और नया स्कैन शुरू करें।`,
    PhotosRejectedError:
      'ये फ़ोटो इस्तेमाल नहीं हो सकतीं। हर फ़ोटो के लिए दी गई सलाह देखें, उसे दोबारा लें और नया स्कैन शुरू करें।',
    InsufficientCreditsError: 'आपके स्कैन क्रेडिट ख़त्म हो गए हैं। और क्रेडिट लें, फिर नया स्कैन शुरू करें।',
    ConsentMissingError: 'फ़ोटो के विश्लेषण के लिए आपकी सहमति नहीं मिली है। सेटिंग में सहमति दें, फिर नया स्कैन शुरू करें।',
    ProfileIncompleteError: 'आपकी प्रोफ़ाइल अधूरी है। लिंग, जन्मतिथि और लंबाई भरें, फिर नया स्कैन शुरू करें।',
    AccountDeletionError: 'यह खाता हटाया जा रहा है। नया स्कैन शुरू नहीं किया जा सकता।',
    PhotoNotOwnedError: 'एक फ़ोटो इस स्कैन के फ़ोल्डर में नहीं है। फ़ोटो दोबारा अपलोड करें और नया स्कैन शुरू करें।',
    'PhotoNotOwnedError.photo': ({ angle }) =>
      `${SIDE[angle]} फ़ोटो इस स्कैन के फ़ोल्डर में नहीं है। फ़ोटो दोबारा अपलोड करें और नया स्कैन शुरू करें।`,
    UploadMismatchError:
      'एक फ़ोटो पूरी नहीं पहुँची। आपका क्रेडिट इस्तेमाल नहीं हुआ। फ़ोटो दोबारा भेजने के लिए नया स्कैन शुरू करें।',
    'UploadMismatchError.missing': ({ angle, field }) =>
      `${SIDE[angle]} फ़ोटो नहीं पहुँची (${field})। आपका क्रेडिट इस्तेमाल नहीं हुआ। फ़ोटो दोबारा भेजने के लिए नया स्कैन शुरू करें।`,
    'UploadMismatchError.bytes': ({ angle, field, declared, found }, f) =>
      `${SIDE[angle]} फ़ोटो पूरी नहीं पहुँची (${field}): ${f.number(declared)} में से ${f.number(found)} बाइट। आपका क्रेडिट इस्तेमाल नहीं हुआ। फ़ोटो दोबारा भेजने के लिए नया स्कैन शुरू करें।`,
    'UploadMismatchError.sha256': ({ angle, field }) =>
      `${SIDE[angle]} फ़ोटो बदली हुई पहुँची (${field})। आपका क्रेडिट इस्तेमाल नहीं हुआ। फ़ोटो दोबारा भेजने के लिए नया स्कैन शुरू करें।`,
    InvalidScanError: 'स्कैन पढ़ा नहीं जा सका। ऐप अपडेट करें और नया स्कैन शुरू करें।',
    'InvalidScanError.field': ({ field }) =>
      `स्कैन पढ़ा नहीं जा सका: ${field} नहीं है या मान्य नहीं है। ऐप अपडेट करें और नया स्कैन शुरू करें।`,
    'InvalidScanError.weight': ({ minLb, maxLb }, f) =>
      `वज़न ${f.weight(minLb, 0)} से ${f.weight(maxLb, 0)} के बीच की संख्या होना चाहिए। उसे दोबारा भरें और नया स्कैन शुरू करें।`,
    'InvalidScanError.used': 'यह स्कैन आईडी पहले इस्तेमाल हो चुकी है। नया स्कैन शुरू करें।',
    'InvalidScanError.not_kept':
      'उस स्कैन की फ़ोटो इस डिवाइस पर नहीं रखी हैं। चारों फ़ोटो दोबारा लें और नया स्कैन शुरू करें।',
    'InvalidScanError.not_offered':
      'इस स्कैन में अस्वीकृति के ऐसे कारण छोड़ने को कहा गया था जिनकी पेशकश नहीं हुई थी। इसके बिना नया स्कैन शुरू करें।',
    ScanExpiredError: 'स्कैन समय पर शुरू नहीं हो सका। आपका क्रेडिट इस्तेमाल नहीं हुआ। नया स्कैन शुरू करें।',
    AdmissionPausedError:
      'अभी नए स्कैन नहीं लिए जा रहे हैं। आपका क्रेडिट इस्तेमाल नहीं हुआ। अपनी फ़ोटो सँभालकर रखें और कुछ देर बाद फिर कोशिश करें।',
    ScanCanceledError: 'स्कैन रद्द कर दिया गया। आपका क्रेडिट लौटा दिया गया है।',
    ModelRateLimitedError: 'विश्लेषण अभी व्यस्त है। कुछ मिनट बाद फिर कोशिश करें।',
    ModelQuotaError: 'विश्लेषण अभी उपलब्ध नहीं है। थोड़ी देर बाद फिर कोशिश करें।',
    ModelUnavailableError: 'विश्लेषण अभी उपलब्ध नहीं है। थोड़ी देर बाद फिर कोशिश करें।',
    ModelRefusedError: 'विश्लेषण ने ये फ़ोटो स्वीकार नहीं कीं। गाइड में बताए अनुसार नई फ़ोटो लें।',
    ModelResponseError: 'विश्लेषण से काम का जवाब नहीं मिला। थोड़ी देर बाद फिर कोशिश करें।',
    ModelRequestError: 'विश्लेषण अभी उपलब्ध नहीं है। थोड़ी देर बाद फिर कोशिश करें।',
    StepTimedOutError: 'विश्लेषण में बहुत ज़्यादा समय लगा। थोड़ी देर बाद फिर कोशिश करें।',
    InternalError: 'हमारी ओर से कुछ गड़बड़ हो गई। थोड़ी देर बाद फिर कोशिश करें।',
  },

  calls: {
    AgeNotAllowedError: 'स्कैन आपकी उम्र के लोगों के लिए नहीं हैं।',
    'AgeNotAllowedError.age': ({ leastAge }, f) => `स्कैन ${f.number(leastAge)} साल या उससे बड़े लोगों के लिए हैं।`,
    NoBodyFatError: 'आपकी प्रोफ़ाइल में जो लिखा है, उसके लिए शरीर की चर्बी नहीं बताई जा सकती।',
    'NoBodyFatError.pregnancy':
      'गर्भावस्था में शरीर की चर्बी नहीं बताई जाती: समीकरण उन लोगों से बने हैं जो गर्भवती नहीं थे। पूरी होने पर प्रोफ़ाइल में pregnant को false करें।',
    SignInRequiredError: 'पहले साइन इन करें।',
    AppCheckError: 'इस ऐप की पुष्टि नहीं हो सकी। इसे अपडेट करें।',
    OperatorRequiredError: 'यह केवल संचालक कर सकते हैं।',
    InvalidRequestError: 'अनुरोध पढ़ा नहीं जा सका।',
    'InvalidRequestError.field': ({ field }) => `${field} का मान मान्य नहीं है।`,
    'InvalidRequestError.missing': ({ field }) => `${field} नहीं है।`,
    'InvalidRequestError.unknown': ({ field }) => `${field} इस कॉल का फ़ील्ड नहीं है।`,
    'InvalidRequestError.reason': ({ field, reason }) => `${field}: ${reason}.`,
    RateLimitedError: 'बहुत ज़्यादा अनुरोध हो गए। थोड़ी देर बाद फिर कोशिश करें।',
    TooManyUploadsError:
      'आपने कई अपलोड शुरू किए, पर स्कैन शुरू नहीं किया। उनमें से एक शुरू करें या थोड़ी देर बाद फिर कोशिश करें।',
    UploadNotFoundError: 'ऐसा कोई अपलोड नहीं है जो अपने स्कैन का इंतज़ार कर रहा हो। नया स्कैन शुरू करें।',
    AccountDeletionError: 'यह खाता हटाया जा रहा है। नया स्कैन शुरू नहीं किया जा सकता।',
    AdmissionPausedError: 'अभी नए स्कैन नहीं लिए जा रहे हैं। अपनी फ़ोटो सँभालकर रखें और कुछ देर बाद फिर कोशिश करें।',
    'AdmissionPausedError.step':
      'अभी चरण दोबारा नहीं चलाए जा रहे हैं। आपका स्कैन जैसा है वैसा ही रहेगा। कुछ देर बाद फिर कोशिश करें।',
    GrantLimitError: 'आज आप उतने क्रेडिट दे चुके हैं जितने एक संचालक दे सकता है। किसी दूसरे संचालक से कहें।',
    OwnAccountError: 'अपने ही खाते में क्रेडिट नहीं दिए जा सकते। किसी दूसरे संचालक से कहें।',
    ScanNotFoundError: 'ऐसा कोई स्कैन नहीं है।',
    ScanRunningError: 'स्कैन अभी चल रहा है। पहले उसे रद्द करें, फिर हटाएँ।',
    ScanUnreadableError: 'इस स्कैन का दस्तावेज़ पढ़ा नहीं जा सकता, इसलिए कुछ नहीं बदला गया।',
    StepNotRetryableError: 'केवल पूरे हो चुके स्कैन का असफल चरण ही दोबारा चलाया जा सकता है।',
    UserNotFoundError: 'ऐसा कोई उपयोगकर्ता नहीं है।',
    GrantConflictError: 'यह अनुदान आईडी किसी और राशि के लिए इस्तेमाल हो चुकी है।',
    WebhookNotFoundError: 'ऐसा कोई वेबहुक एंडपॉइंट नहीं है।',
    DeliveryNotFoundError: 'ऐसी कोई डिलीवरी नहीं है जो समाप्त हो चुकी हो।',
    WebhookDisabledError: 'वेबहुक एंडपॉइंट बंद है। पहले उसे चालू करें।',
    UnavailableError: 'यह अभी संभव नहीं है। कुछ मिनट बाद फिर कोशिश करें।',
    InternalError: 'हमारी ओर से कुछ गड़बड़ हो गई। थोड़ी देर बाद फिर कोशिश करें।',
  },

  warnings: {
    estimation: 'इस बार शरीर की चर्बी केवल फ़ोटो से मापी गई, बिना दूसरी राय के।',
    delta: 'इस बार पिछले स्कैन से हुआ बदलाव नहीं निकाला जा सका।',
    insights: 'इस बार नतीजों की व्याख्या नहीं लिखी जा सकी।',
    nutrition: 'इस बार खान-पान की योजना नहीं बन सकी।',
    workout: 'इस बार व्यायाम की योजना नहीं बन सकी।',
    hydration: 'इस बार पानी पीने की योजना नहीं बन सकी।',
  },

  steps: {
    retrying: 'फिर से कोशिश हो रही है।',
    awaiting_photos: 'आपकी फ़ोटो आने का इंतज़ार है।',
  },

  queue: {
    busy: ({ minutes }, f) =>
      `अभी बहुत भीड़ है: आपका स्कैन शुरू होने में लगभग ${f.number(minutes)} मिनट ${minutes === 1 ? 'लगेगा' : 'लगेंगे'}।`,
  },

  photos: {
    missing: ({ angle }) => `${SIDE[angle]} फ़ोटो नहीं मिली। उसे लें और नया स्कैन शुरू करें।`,
    'unreadable.empty': ({ angle }) => `${SIDE[angle]} फ़ोटो खाली पहुँची। उसे दोबारा अपलोड करें।`,
    'unreadable.too_large': ({ angle, maxMiB }, f) =>
      `${SIDE[angle]} फ़ोटो ${f.number(maxMiB)} MiB से बड़ी है। छोटी फ़ोटो भेजें।`,
    'unreadable.damaged': ({ angle }) => `${SIDE[angle]} फ़ोटो ख़राब है और खुल नहीं रही। उसे दोबारा लें।`,
    'unreadable.incomplete': ({ angle }) =>
      `${SIDE[angle]} फ़ोटो अधूरी या ख़राब है। उसे दोबारा अपलोड करें या फिर से लें।`,
    'unreadable.too_many_pixels': ({ angle, maxMegapixels }, f) =>
      `${SIDE[angle]} फ़ोटो ${f.number(maxMegapixels)} मेगापिक्सल से बड़ी है। उसे कम रिज़ॉल्यूशन पर दोबारा लें।`,
    'unreadable.costly': ({ angle }) => `${SIDE[angle]} फ़ोटो खुलने में बहुत समय लेती है। उसे JPEG में दोबारा लें।`,
    'unsupported_type.format': ({ angle, format }) =>
      `${SIDE[angle]} फ़ोटो ${format} फ़ॉर्मैट में है। उसे JPEG में भेजें।`,
    'unsupported_type.coding': ({ angle }) =>
      `${SIDE[angle]} फ़ोटो ऐसे तरीके से बनी है जो यहाँ पढ़ा नहीं जाता। उसे JPEG में भेजें।`,
    'unsupported_type.other': ({ angle }) =>
      `${SIDE[angle]} फ़ोटो JPEG, PNG, WebP, HEIC या AVIF नहीं है। उसे JPEG में भेजें।`,
    'unsupported_type.differs': ({ angle, declared, found }) =>
      `${SIDE[angle]} फ़ोटो ${declared} बताकर भेजी गई, पर वह ${found} है। ऐप अपडेट करें और उसे दोबारा भेजें।`,
    'unsupported_type.animation': ({ angle }) => `${SIDE[angle]} फ़ोटो एनिमेशन है। स्थिर फ़ोटो लें।`,
    too_small: ({ angle, width, height, minShort, minLong }, f) =>
      `${SIDE[angle]} फ़ोटो बहुत छोटी है (${f.number(width)} × ${f.number(height)} पिक्सल)। उसे कम से कम ${f.number(minShort)} × ${f.number(minLong)} पिक्सल में दोबारा लें।`,
    too_dark: ({ angle }) => `${SIDE[angle]} फ़ोटो बहुत अँधेरी है। बत्ती जलाएँ और उसे दोबारा लें।`,
    too_bright: ({ angle }) => `${SIDE[angle]} फ़ोटो में रोशनी बहुत तेज़ है। बत्ती या खिड़की से हटें और उसे दोबारा लें।`,
    blurred: ({ angle }) =>
      `${SIDE[angle]} फ़ोटो धुँधली है। लेंस साफ़ करें, फ़ोन को स्थिर पकड़ें या कहीं टिका दें, और उसे दोबारा लें।`,
    not_a_person: ({ angle }) =>
      `${SIDE[angle]} फ़ोटो में कोई नहीं दिख रहा। कैमरे के सामने ऐसे खड़े हों कि पूरा शरीर दिखे।`,
    'not_a_person.not_one': ({ angle }) =>
      `${SIDE[angle]} फ़ोटो में ठीक एक व्यक्ति नहीं दिख रहा। कैमरे के सामने अकेले खड़े हों और उसे दोबारा लें।`,
    not_full_body: ({ angle }) =>
      `${SIDE[angle]} फ़ोटो में आपके पैर नहीं दिख रहे। खड़े हों और इतना पीछे जाएँ कि सिर से पैर तक दिखें।`,
    'not_full_body.not_whole': ({ angle }) =>
      `${SIDE[angle]} फ़ोटो में आपका पूरा शरीर ठीक से नहीं दिख रहा। उसे दोबारा ऐसे लें कि सिर से पैर तक शरीर लगभग पूरी ऊँचाई भर दे।`,
    several_people: ({ angle }) =>
      `${SIDE[angle]} फ़ोटो में एक से ज़्यादा लोग हैं। उसे दोबारा लें, जब साथ में कोई और न हो।`,
    head_cut_off: ({ angle }, f) =>
      `${SIDE[angle]} फ़ोटो में आपका सिर कट गया है। ${distance(f)} पीछे जाएँ या कैमरा ऊपर करें।`,
    feet_cut_off: ({ angle }, f) => `${SIDE[angle]} फ़ोटो में आपके पैर कट गए हैं। ${distance(f)} पीछे जाएँ।`,
    too_far: ({ angle }) =>
      `${SIDE[angle]} फ़ोटो में आप बहुत छोटे दिख रहे हैं। पास आएँ, जब तक शरीर लगभग पूरी ऊँचाई न भर दे।`,
    tilted: ({ angle, degrees }, f) =>
      `${SIDE[angle]} फ़ोटो ${f.number(degrees)}° तिरछी है। फ़ोन को सीधा पकड़ें या किसी सीधी चीज़ से टिकाएँ।`,
    wrong_angle: ({ angle, shown }) =>
      `${SIDE[angle]} फ़ोटो में ${SHOWN[shown]}। ${TURN[angle]} और उसे दोबारा लें।`,
    'wrong_angle.another_side': ({ angle }) =>
      `${SIDE[angle]} फ़ोटो में वह हिस्सा नहीं दिख रहा जो दिखना चाहिए। ${TURN[angle]} और उसे दोबारा लें।`,
    obstructed: ({ angle }) =>
      `${SIDE[angle]} फ़ोटो में कुछ आपके शरीर की रूपरेखा ढक रहा है। चीज़ें हटाएँ, लंबे बाल बाँधें, चुस्त कपड़े पहनें और उसे दोबारा लें।`,
    arms_at_torso: ({ angle }) => `${SIDE[angle]} फ़ोटो में आपकी बाँहें शरीर से लगी हैं। उन्हें कूल्हों से एक हथेली दूर रखें।`,
    'size_differs.smaller': ({ angle }) =>
      `${SIDE[angle]} फ़ोटो में आप बाकी फ़ोटो से बहुत छोटे दिख रहे हैं। चारों फ़ोटो एक ही दूरी से लें।`,
    'size_differs.larger': ({ angle }) =>
      `${SIDE[angle]} फ़ोटो में आप बाकी फ़ोटो से बहुत बड़े दिख रहे हैं। चारों फ़ोटो एक ही दूरी से लें।`,
  },

  sets: {
    'taken_apart.minutes': ({ minutes }, f) =>
      `तस्वीरें ${f.number(minutes)} मिनट तक के अंतर से ली गई हैं। अगर इस बीच कुछ बदला है, तो चारों एक साथ लें।`,
    'taken_apart.hours': ({ hours }, f) =>
      `तस्वीरें ${f.number(hours)} घंटे तक के अंतर से ली गई हैं। अगर इस बीच कुछ बदला है, तो चारों एक साथ लें।`,
    looks_differ: 'तस्वीरों में अलग-अलग लोग या कपड़े दिखते हैं। अगर ऐसा है, तो चारों तस्वीरें अपनी ही, एक के बाद एक लें।',
  },

  offers: {
    without_measurement:
      'आप माप के बिना आगे बढ़ सकते हैं: अगर आपका शरीर तस्वीरों की ज़रूरत के अनुसार नहीं दिखाया जा सकता, तो अगला स्कैन इसके बिना शुरू करें। तब शरीर की चर्बी का अनुमान कम सटीक होगा।',
  },

  estimation: {
    not_measured: 'इन फ़ोटो में शरीर नापा नहीं जा सका।',
    weight_doubtful: 'वज़न शायद ही सही हो, इसलिए बाद के स्कैन की तुलना इससे नहीं की जाती और इसे याद नहीं रखा जाता।',
    measurement_left_out: 'आपके कहने पर माप छोड़ दिया गया, इसलिए शरीर की चर्बी कम सटीक है।',
    sex_unspecified: 'आपकी प्रोफ़ाइल में लिंग नहीं बताया गया है, इसलिए दोनों के समीकरण लिए गए और सीमा ज़्यादा चौड़ी है।',
    under_18:
      '18 साल से कम उम्र में केवल वे सूत्र लिए जाते हैं जो किशोरों से भी बने हैं: शरीर नापा गया हो तो कमर और क़द, नहीं तो क़द और वज़न, जो बहुत कम बताते हैं।',
    model_asked_again: 'मॉडल का अनुमान नाप से बहुत अलग था; उसने घेरों के साथ दोबारा देखा, और उसे कम महत्व दिया गया है।',
    model_disagrees: 'मॉडल और नाप में बहुत अंतर है, इसलिए मॉडल को कम महत्व दिया गया है।',
    model_refused: 'मॉडल ने फ़ोटो देखने से मना किया, इसलिए केवल माप मान्य है।',
  },

  ranges: {
    wide: 'सीमा चौड़ी है।',
    not_measured: 'इन फ़ोटो में आपका शरीर नापा नहीं गया।',
    neck_unclear: 'आपकी गर्दन की रेखा साफ़ नहीं दिखी: लंबे बाल बाँध लें और कॉलर हटा दें।',
    trunk_unclear: 'आपकी कमर या कूल्हों की रेखा साफ़ नहीं दिखी: चुस्त कपड़े पहनें, बाँहें शरीर से दूर रखें और कैमरे से पीछे हटें।',
    people_differ: 'एक जैसे नाप वाले लोगों में शरीर की चर्बी कई प्रतिशत अंक अलग हो सकती है।',
  },

  screen: {
    'step.qualityCheck': 'फ़ोटो की जाँच',
    'step.estimation': 'शरीर की संरचना',
    'step.delta': 'बदलाव',
    'step.insights': 'व्याख्या',
    'step.nutrition': 'खान-पान',
    'step.workout': 'व्यायाम',
    'step.hydration': 'पानी',
    'photo.front': 'सामने',
    'photo.back': 'पीछे',
    'photo.left': 'बाईं ओर',
    'photo.right': 'दाईं ओर',
    'goal.lose_fat': 'फ़ैट घटाना',
    'goal.maintain': 'बनाए रखना',
    'goal.gain_muscle': 'मांसपेशियाँ बढ़ाना',
    'girth.neck': 'गर्दन',
    'girth.shoulder': 'कंधे',
    'girth.chest': 'छाती',
    'girth.upperArm': 'ऊपरी बाँह',
    'girth.waist': 'कमर',
    'girth.navel': 'नाभि',
    'girth.hip': 'कूल्हा',
    'girth.thigh': 'जाँघ',
    'girth.calf': 'पिंडली',
    volume: 'आयतन',
    'origin.measurement': 'नापा गया',
    'origin.anthropometry': 'लंबाई और वज़न से',
    'origin.model': 'मॉडल ने देखा',
    'origin.history': 'पिछला स्कैन',
    'span.under_a_day': 'एक दिन से कम में',
    'span.days': ({ days }, f) => `${f.number(days)} दिन में`,
    'found.accepted': 'चारों फ़ोटो स्वीकार हुईं',
    'found.not_accepted': ({ photos }) => `स्वीकार नहीं हुईं: ${photos}`,
    'found.body_fat': ({ percent, low, high }, f) =>
      `${f.percent(percent)} बॉडी फ़ैट (${f.number(low, 1)}–${f.number(high, 1)})`,
    'found.change': ({ points, weightLb, span }, f) =>
      `${f.signed(points)} अंक, ${f.weightChange(weightLb)} ${span}`,
    'found.change_by_chance': ({ points, weightLb, span }, f) =>
      `${f.signed(points)} अंक (संयोग हो सकता है), ${f.weightChange(weightLb)} ${span}`,
    'found.change_doubtful': ({ points, weightLb, span }, f) =>
      `${f.signed(points)} अंक, ${f.weightChange(weightLb)} ${span} (वज़न शायद सही नहीं, इसलिए यह बदलाव भी नहीं)`,
    'found.height_changed': 'तब से प्रोफ़ाइल में लंबाई बदली है, इसलिए इसका कुछ हिस्सा उससे हो सकता है',
    'found.nothing_before': 'तुलना के लिए कोई पिछला स्कैन नहीं',
    'found.nutrition': ({ kcal, proteinG, goal }, f) =>
      `रोज़ ${f.number(kcal)} kcal · ${f.number(proteinG)} g प्रोटीन · ${goal}`,
    'found.workout': ({ sessions, minutes }, f) =>
      `हफ़्ते में ${f.number(sessions)} सत्र · ${f.number(minutes)} मिनट`,
    'found.hydration': ({ litres, flOz }, f) => `रोज़ ${f.number(litres, 1)} L (${f.number(flOz)} fl oz) पानी`,
    'state.attempt': ({ attempt }, f) => `कोशिश ${f.number(attempt)}`,
    'state.retrying_in': ({ attempt, seconds }, f) =>
      `${f.number(seconds)} s में फिर कोशिश (${f.number(attempt)})`,
    'state.retrying_now': ({ attempt }, f) => `अभी फिर कोशिश (${f.number(attempt)})`,
    'state.failed': 'असफल',
    'state.skipped': 'नहीं चला',
    'photo.not_accepted': 'स्वीकार नहीं हुई',
    'busy.late': ({ time }) => `${time} पर, जब आपने स्कैन भेजा, जितना अनुमान था, उससे ज़्यादा समय लग रहा है।`,
    'simulated.texts': 'बनावटी: ये शब्द उदाहरण हैं, किसी मॉडल ने इन्हें आपके लिए नहीं लिखा। बॉडी फ़ैट इनमें शामिल नहीं है।',
    'simulated.numbers':
      'बनावटी: किसी मॉडल से पूछा नहीं गया। ये संख्याएँ उदाहरण हैं और किसी असली शरीर के बारे में कुछ नहीं बतातीं।',
    nothing_before: 'तुलना के लिए कोई पिछला स्कैन नहीं है।',
    'push.none': 'कोई नहीं आई।',
    'retry.same_photos': 'हाँ, यही फ़ोटो चल सकती हैं',
    'retry.after_change': 'ऊपर बताए बदलाव के बाद',
  },
};
