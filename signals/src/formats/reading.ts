import type { Series } from '@epione/protocol/streams'

/** What a reader of a format returns. */
export interface Reading {
  readonly series: Series[]
  /** What the file says beside the series and a series has no place for ("body_posture"), each once: tell the person who reads it in. */
  readonly leftOut: string[]
}

export const FORMATS = ['omh', 'fhir', 'edf', 'csv'] as const

/** Open mHealth JSON, FHIR R4 JSON, EDF or EDF+, CSV with a described header. */
export type Format = (typeof FORMATS)[number]
