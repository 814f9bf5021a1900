import type { words as en } from '../en/search.ts'

export const words: Record<keyof typeof en, string> = {
  'search.title': 'بحث',
  'search.lead': 'ما تبحث عنه يبقى في هذه الصفحة: لا يعرفه أي مستشفى.',
  'search.query': 'ما تبحث عنه',
  'search.hint': 'كلمات؛ وبينها AND وOR وNOT؛ أو مثلًا modality:ct أو type:Observation أو date:2026-01..2026-06.',
  'search.categories': 'بعض الفئات فقط',
  'search.do': 'بحث',
  'search.found': '{total, plural, =0 {لم يُعثر على شيء} zero {لا شيء} one {عُثر على سجل واحد} two {عُثر على سجلين} few {عُثر على # سجلات} many {عُثر على # سجلًا} other {عُثر على # سجل}}، من بين {searched}',
  'search.missed': '{count, plural, zero {لا سجل} one {سجل واحد تعذَّر البحث فيه كله} two {سجلان تعذَّر البحث فيهما كلهما} few {# سجلات تعذَّر البحث فيها كلها} many {# سجلًا تعذَّر البحث فيها كلها} other {# سجل تعذَّر البحث فيها كلها}}؛ وقد تكون مطابقة أيضًا.'
}
