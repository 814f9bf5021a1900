import type { words as en } from '../en/staff.ts'

export const words: Record<keyof typeof en, string> = {
  'staff.title': 'مكانك في المستشفى',
  'staff.nothing': 'ما يجوز لك هناك ليست له صفحة هنا.',
  'staff.new': 'أنشئ مفاتيحك على جهاز العمل هذا',
  'staff.new.lead': 'تُفتح السجلات وتُكتب بمفاتيح لك وحدك، من عبارة من 24 كلمة لا يملكها سواك، ولا مستشفاك.',
  'staff.restore': 'أحضر مفاتيحك إلى جهاز العمل هذا',
  'staff.restore.lead': 'إن كانت لديك عبارتك من جهاز عمل آخر أو من الأمر.',
  'staff.desk': 'سجلات المرضى',
  'staff.desk.lead': 'بمفاتيحك على هذا الجهاز: المرضى الذين أذنوا لك بالقراءة، والبحث، والكتابة، والطوارئ.'
}
