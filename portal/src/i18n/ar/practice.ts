import type { words as en } from '../en/practice.ts'

export const words: Record<keyof typeof en, string> = {
  'practice.own': 'مفاتيحي',
  'own.title': 'من أنت هنا',
  'own.keys': 'مفاتيحي',
  'own.person': 'الشخص',
  'own.fingerprint': 'اقرأ هذه البصمة على المريض الذي يريد أن يأذن لك بالقراءة: سيقارنها بما يعرضه مستشفيان.',
  'own.bound': 'هذه المفاتيح مرتبطة بك في السجل المشترك.',
  'own.unbound': 'هذه المفاتيح لم تُربط بك بعد. حتى ذلك الحين لا يستطيع أحد أن يأذن لك، ولا يُعتدّ بشيء منك.',
  'own.bind': 'اربط المفاتيح بي',
  'own.bind.confirm': 'أتربط هذه المفاتيح بك؟',
  'own.bind.means': 'من الآن يرى كل مستشفى أن ما توقّعه هذه المفاتيح منك. عبارتك وحدها تحملها إلى جهاز آخر.'
}
