/** Elements of resources in Arabic; in English their own names are read out. Others keep FHIR's name. */
const ARABIC: Record<string, string> = {
  abatement: 'نهاية الحالة',
  activity: 'النشاط',
  address: 'العنوان',
  agent: 'المشارك',
  allergyIntolerance: 'حساسية',
  appointment: 'موعد',
  asNeeded: 'عند الحاجة',
  asserter: 'المُقرّ',
  asserted: 'أُقرّ',
  author: 'المؤلف',
  authoredOn: 'تاريخ الكتابة',
  basedOn: 'بناءً على',
  birthDate: 'تاريخ الميلاد',
  bodySite: 'موضع الجسم',
  bundle: 'مجموعة',
  carePlan: 'خطة رعاية',
  careTeam: 'فريق الرعاية',
  category: 'الفئة',
  claim: 'مطالبة',
  class: 'النوع',
  clinicalStatus: 'الحالة السريرية',
  code: 'الرمز',
  comment: 'تعليق',
  communication: 'التواصل',
  component: 'المكوّن',
  composition: 'وثيقة',
  conclusion: 'الخلاصة',
  condition: 'تشخيص',
  contact: 'جهة اتصال',
  content: 'المحتوى',
  context: 'السياق',
  criticality: 'الخطورة',
  date: 'التاريخ',
  deceased: 'متوفى',
  description: 'الوصف',
  device: 'جهاز',
  diagnosticReport: 'تقرير تشخيصي',
  documentReference: 'مرجع وثيقة',
  dosageInstruction: 'تعليمات الجرعة',
  doseAndRate: 'الجرعة',
  effective: 'وقت القياس',
  encounter: 'زيارة',
  entry: 'مدخل',
  gender: 'الجنس',
  goal: 'هدف',
  id: 'المعرّف',
  identifier: 'رقم التعريف',
  implicitRules: 'تنبيه',
  imagingStudy: 'دراسة تصوير',
  immunization: 'تطعيم',
  intent: 'القصد',
  interpretation: 'التفسير',
  issued: 'صدر',
  language: 'اللغة',
  location: 'المكان',
  maritalStatus: 'الحالة الاجتماعية',
  medication: 'دواء',
  medicationRequest: 'وصفة دواء',
  method: 'الطريقة',
  modifierExtension: 'تنبيه',
  name: 'الاسم',
  note: 'ملاحظة',
  observation: 'ملاحظة قياس',
  occurrence: 'وقت الحدوث',
  onset: 'البداية',
  organization: 'منظمة',
  participant: 'مشارك',
  patient: 'المريض',
  performed: 'أُجري',
  performer: 'المنفّذ',
  period: 'الفترة',
  practitioner: 'ممارس',
  presentedForm: 'النص',
  priority: 'الأولوية',
  procedure: 'إجراء',
  reaction: 'رد الفعل',
  reason: 'السبب',
  reasonCode: 'السبب',
  reasonReference: 'السبب',
  recordedDate: 'سُجّل',
  recorder: 'المسجّل',
  referenceRange: 'المدى المرجعي',
  requester: 'الطالب',
  result: 'النتيجة',
  section: 'قسم',
  serviceProvider: 'مقدّم الخدمة',
  serviceRequest: 'طلب خدمة',
  severity: 'الشدة',
  status: 'الحالة',
  subject: 'الموضوع',
  telecom: 'الاتصال',
  text: 'النص',
  timing: 'التوقيت',
  title: 'العنوان',
  type: 'النوع',
  value: 'القيمة',
  verificationStatus: 'حالة التحقق'
}

const WORDS = {
  en: { notShown: 'not shown here: save the record to see it', more: 'There is more: save the record to see all of it.', modified: 'Something stands here that may change what the rest means: save the record to see it.', attachment: 'Attachment', bytes: 'bytes', yes: 'yes', no: 'no' },
  ar: { notShown: 'لا يُعرض هنا: احفظ السجل لرؤيته', more: 'يوجد المزيد: احفظ السجل لرؤيته كاملاً.', modified: 'يوجد هنا ما قد يغيّر معنى الباقي: احفظ السجل لرؤيته.', attachment: 'مرفق', bytes: 'بايت', yes: 'نعم', no: 'لا' }
}

export interface Labels {
  words: typeof WORDS.en
  /** What an element is called: `valueQuantity` and `onsetDateTime` by what they are of. */
  of: (element: string) => string
}

const CHOICES = /(?:Address|Age|Attachment|Boolean|CodeableConcept|Code|Coding|Date|DateTime|Decimal|Duration|Instant|Integer|Period|Quantity|Range|Ratio|Reference|SampledData|String|Time|Timing|Uri)$/
const CHOSEN = ['abatement', 'asNeeded', 'deceased', 'effective', 'medication', 'multipleBirth', 'occurrence', 'onset', 'performed', 'serviced', 'value']

export function labelsFor (language: string): Labels {
  const isArabic = language === 'ar' || language.startsWith('ar-')
  return {
    words: isArabic ? WORDS.ar : WORDS.en,
    of: (name) => {
      const base = name.replace(CHOICES, '')
      const known = CHOSEN.includes(base) ? base : name
      const lower = `${known.charAt(0).toLowerCase()}${known.slice(1)}`
      return (isArabic && Object.hasOwn(ARABIC, lower) ? ARABIC[lower] : undefined) ?? spellOut(known)
    }
  }
}

/** `clinicalStatus` as `Clinical status`. */
function spellOut (name: string): string {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase()
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}
