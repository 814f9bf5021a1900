import type { words as en } from '../en/notices.ts'

export const words: Record<keyof typeof en, string> = {
  'notices.title': 'الجديد',
  'notices.lead': 'ما حدث منذ آخر نظرة لك، وما يحدث الآن: يرويه مستشفيان، ويقال ما يخفيه أحدهما.',
  'notices.none': 'لا جديد. ما يحدث الآن يظهر هنا.',
  'notices.seen': 'اطّلعت عليها',
  'notices.group': '{joined, plural, =0 {لم ينضم أحد} zero {لم ينضم أحد} one {انضم شخص واحد} two {انضم شخصان} few {انضم # أشخاص} many {انضم # شخصًا} other {انضم # شخص}}، {left, plural, =0 {ولم يغادر أحد} zero {ولم يغادر أحد} one {وغادر شخص واحد} two {وغادر شخصان} few {وغادر # أشخاص} many {وغادر # شخصًا} other {وغادر # شخص}} هذا القسم.',
  'notices.group.consents': 'أعطيت هذا القسم موافقة: يقرأ أعضاؤه بها.',
  'notices.change.granted': 'أُعطيت موافقة',
  'notices.change.revoked': 'أُلغيت موافقة',
  'notices.change.expired': 'انتهت مدة موافقة',
  'notices.change.forbidden': 'حُظر شيء',
  'notices.change.allowed': 'انتهى حظر',
  'notices.change.frozen': 'جُمّد كل شيء',
  'notices.change.unfrozen': 'انتهى التجميد',
  'notices.change.succeeded': 'سُلّمت سجلاتك إلى مفاتيح أخرى'
}
