import type { words as en } from '../en/erasing.ts'

export const words: Record<keyof typeof en, string> = {
  'erase.do': 'محو هذا السجل',
  'erase.confirm': 'محو هذا السجل؟',
  'erase.versions': 'النسخ',
  'erase.means': 'لا رجعة فيه: يتلفه كل مستشفى، ولا تفتحه عبارتك بعد ذلك.',
  'erase.copies': 'من فتحه وحفظه يبقى لديه ما حفظ. وتفقده نسخ المستشفيات الاحتياطية مع الوقت؛ يقول كل منها حتى متى.',
  'erase.log': 'يبقى في السجل أنه كان موجودًا ومن كتبه ومن قرأه.',
  'erase.by': 'من أتلفه',
  'erase.gone': '{hospital}: أُتلف؛ ويختفي من النسخ الاحتياطية بحلول {date}',
  'erase.pending': 'لم يؤكده بعد: {hospitals}',
  'erase.overdue': 'كان على {hospitals} تأكيده قبل أسبوع: اسألها.'
}
