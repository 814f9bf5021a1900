/**
 * The consortium's fixed list of data categories. Every patient's directory lists one compartment for each,
 * so that a compartment's presence says nothing. `level` is the HL7 confidentiality a directory gives by default.
 */
export const CATEGORIES = {
  inbox: 'R',
  summary: 'N',
  encounters: 'N',
  medication: 'N',
  laboratory: 'N',
  imaging: 'N',
  'vital-signs': 'N',
  immunizations: 'N',
  'mental-health': 'V',
  'sexual-health': 'V',
  genetics: 'R'
} as const satisfies Record<string, 'N' | 'R' | 'V'>

export type Category = keyof typeof CATEGORIES
export const CATEGORY_NAMES = Object.keys(CATEGORIES) as Category[]
export const isCategory = (value: string): value is Category => Object.hasOwn(CATEGORIES, value)
