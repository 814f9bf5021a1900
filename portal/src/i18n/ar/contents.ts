import type { words as en } from '../en/contents.ts'

export const words: Record<keyof typeof en, string> = {
  'open.do': 'فتح',
  'open.confirm': 'فتح هذا السجل هنا؟',
  'opened.title': 'ما فيه',
  'opened.showing': 'جارٍ تجهيزه للعرض…',
  'opened.none': 'لا شيء هنا يعرض هذا النوع من الملفات: احفظه وافتحه ببرنامج تثق به.',
  'opened.save': 'حفظ على هذا الجهاز',
  'opened.saved': 'حُفظ كما يفعل متصفحك. من الآن فصاعدًا عليك أنت صون الملف.',
  'add.title': 'إضافة سجل من عندك',
  'add.lead': 'يُختم الملف هنا قبل أن يغادر هذا الجهاز.',
  'add.drop': 'أفلت ملفًا هنا، أو اختر ملفًا',
  'add.notOne': 'أفلت ملفًا واحدًا: لا يمكن أخذ مجلد ولا عدة ملفات معًا.',
  'add.choose': 'اختيار ملف',
  'add.file': 'الملف',
  'add.size': 'الحجم',
  'add.keywords': 'ما يُعثر به عليه',
  'add.keywords.hint': 'كلمات، إلى جانب ما فيه؛ بقدر ما تشاء.',
  'add.do': 'ختم وإضافة',
  'add.confirm': 'إضافة هذا السجل؟',
  'add.done': 'في السجل المشترك، ومحفوظ لدى {hospitals}.',
  'add.see': 'عرض السجل'
}
