/** Longest word that becomes a keyword, in UTF-16 units: what is longer is encoded data, not a word. */
const WORD_MAX = 64
/** Most UTF-8 bytes of a keyword, as the entry takes them. */
const KEYWORD_BYTES_MAX = 256

const SEGMENTER = new Intl.Segmenter('und', { granularity: 'word' })
const ENCODER = new TextEncoder()

/** Code systems that have a short name; any other is named by its whole URI. */
export const CODE_SYSTEMS: ReadonlyMap<string, string> = new Map([
  ['http://loinc.org', 'loinc'],
  ['http://snomed.info/sct', 'snomed'],
  ['http://www.nlm.nih.gov/research/umls/rxnorm', 'rxnorm'],
  ['http://hl7.org/fhir/sid/icd-10', 'icd10'],
  ['http://hl7.org/fhir/sid/icd-10-cm', 'icd10cm'],
  ['http://fhir.de/CodeSystem/bfarm/icd-10-gm', 'icd10gm'],
  ['http://hl7.org/fhir/sid/icd-9-cm', 'icd9cm'],
  ['http://id.who.int/icd/release/11/mms', 'icd11'],
  ['http://www.whocc.no/atc', 'atc'],
  ['http://hl7.org/fhir/sid/cvx', 'cvx'],
  ['http://www.ama-assn.org/go/cpt', 'cpt'],
  ['http://unitsofmeasure.org', 'ucum']
])

/** Fields of a keyword beside the words of texts. */
export const FIELDS = ['code', 'type', 'modality', 'body'] as const
export type Field = (typeof FIELDS)[number]

/** Marks after the 30th on one letter: no language has so many, and to put them in order takes the square of their number. */
const MARKS_TOO_MANY = /([\p{M}\uFF9E\uFF9F]{30})[\p{M}\uFF9E\uFF9F]+/gu

/** NFKC and lower case, white space as single spaces, at most 30 marks on a letter: the same in whatever locale. */
export function normalText (text: string): string {
  return text.replace(MARKS_TOO_MANY, '$1').normalize('NFKC').toLowerCase().normalize('NFKC').replace(/\s+/gu, ' ').trim()
}

/** The keywords of a text, in its order, each once: what `Intl.Segmenter` calls words, without single letters of ASCII. */
export function * wordsOf (text: string): Generator<string, void, void> {
  const seen = new Set<string>()
  for (const { segment, isWordLike } of segmentsOf(normalText(text))) {
    if (isWordLike !== true || segment.length > WORD_MAX || /^[a-z]$/.test(segment) || seen.has(segment)) continue
    seen.add(segment)
    yield `word:${segment}`
  }
}

/** A word of ASCII letters and digits is one segment (UAX #29), as most words of a query are: the segmenter takes milliseconds to begin. */
function segmentsOf (text: string): Iterable<Pick<Intl.SegmentData, 'segment' | 'isWordLike'>> {
  return /^[a-z0-9]+$/.test(text) ? [{ segment: text, isWordLike: true }] : SEGMENTER.segment(text)
}

/** `field:value` in its normal form, or nothing where a keyword cannot be so long, or is empty. */
export function fieldKeyword (field: Field, value: string): string | undefined {
  const normal = normalText(field === 'code' ? shortSystem(value) : value)
  const keyword = `${field}:${normal}`
  return normal === '' || ENCODER.encode(keyword).length > KEYWORD_BYTES_MAX ? undefined : keyword
}

/** `system|code`, the system by its short name where it has one. */
function shortSystem (value: string): string {
  const bar = value.lastIndexOf('|')
  if (bar < 0) return value
  const system = value.slice(0, bar).trim()
  return `${CODE_SYSTEMS.get(system) ?? system}|${value.slice(bar + 1).trim()}`
}
