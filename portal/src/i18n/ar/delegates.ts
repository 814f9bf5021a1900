import type { words as en } from '../en/delegates.ts'

export const words: Record<keyof typeof en, string> = {
  'delegates.title': 'المفاتيح المحدودة',
  'delegates.lead': 'للصفحات التي يقدمها مستشفى، أو لجهاز يجب ألّا يحمل عبارتك: يرى مثل هذا المفتاح من اطّلع، وينهي الموافقات، ويجمّد، حتى تاريخ معيّن. لا يفتح شيئًا ولا يمنح شيئًا.',
  'delegates.new': 'تسمية مفتاح محدود',
  'delegates.how': 'افتح صفحات مستشفاك واختر «إنشاء مفتاح محدود» وأدخل رقمك كمريض هناك. ثم أدخل هنا المفتاح الذي تعرضه.',
  'delegates.key': 'المفتاح',
  'delegates.key.hint': '66 رقمًا وحرفًا كما تعرضها الصفحة الأخرى.',
  'delegates.do': 'تسمية المفتاح',
  'delegates.confirm': 'هل تسمح لمن معه هذا المفتاح أن يفعل هذا نيابة عنك؟',
  'delegates.means': 'يرى من اطّلع ولمن أعطيت موافقة، وينهي موافقاتك، ويجمّد، بقدر ما يُسمح له. لا يقرأ شيئًا ولا يمنح شيئًا.',
  'delegates.compare': 'يجب أن تعرض الصفحة الأخرى هذه البصمة بعينها.',
  'delegates.all': 'مفاتيحك المحدودة',
  'delegates.none': 'لم تسمِّ أيًّا منها.',
  'delegates.since': 'منذ',
  'delegates.end': 'إنهاء المفتاح',
  'delegates.end.confirm': 'إنهاء هذا المفتاح؟'
}
