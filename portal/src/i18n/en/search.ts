/** Finding records. */
export const words = {
  'search.title': 'Search',
  'search.lead': 'What you look for stays in this page: no hospital learns it.',
  'search.query': 'What you look for',
  'search.hint': 'Words; AND, OR and NOT between them; or for example modality:ct, type:Observation, date:2026-01..2026-06.',
  'search.categories': 'Only some categories',
  'search.do': 'Search',
  'search.found': '{total, plural, =0 {Nothing found} one {# record found} other {# records found}}, {searched} searched',
  'search.missed': '{count, plural, one {# record could not be searched as a whole} other {# records could not be searched as a whole}}; they may match, too.'
}
