import type { MeasurementKind } from '@epione/protocol/streams'
import { KINDS, sameKind } from '../../kinds.ts'
import { isUnit } from '../../units.ts'

/** Kinds that only an EDF label names. */
export const EDF_LABELS = 'https://www.edfplus.info/specs/edftexts.html'

/* EDF+ labels begin with a type of signal ("ECG II", "SaO2"). */
const TYPES: ReadonlyArray<readonly [label: string, kind: MeasurementKind]> = [
  ['ECG', KINDS.ecg], ['Pleth', KINDS.pulseWave], ['SaO2', KINDS.oxygenSaturation], ['SpO2', KINDS.oxygenSaturation], ['HR', KINDS.heartRate],
  ['Temp', KINDS.bodyTemperature], ['RR', KINDS.rrInterval], ['ResRate', KINDS.respiratoryRate]
]

const DIMENSIONS: ReadonlyArray<readonly [edf: string, ucum: string]> = [
  ['', '1'], ['bpm', '/min'], ['mmHg', 'mm[Hg]'], ['degC', 'Cel'], ['degF', '[degF]'], ['Ohm', 'Ohm'], ['uV', 'uV'], ['mmH2O', 'mm[H2O]'], ['pc', '%']
]

/** Our note of a kind in the field for the transducer: what the label is too short for. */
const NOTE = 'kind '

export function kindOfLabel (label: string, transducer: string): MeasurementKind {
  const [, system = '', code = ''] = /^kind (\S+)\|(\S+)$/.exec(transducer) ?? []
  const noted = Object.values(KINDS).find((kind) => sameKind(kind, { system, code }))
  if (noted !== undefined) return noted
  if (code !== '') return { system, code, ...(label === '' ? {} : { display: label }) }
  const type = TYPES.find(([name]) => label === name || label.startsWith(`${name} `))
  return type?.[1] ?? { system: EDF_LABELS, code: label === '' ? 'signal' : label }
}

/** Label of 16 characters at most, and the note. */
export function labelOf (kind: MeasurementKind): { label: string, transducer: string } {
  const type = TYPES.find(([, known]) => sameKind(known, kind))?.[0]
  const words = type ?? (kind.system === EDF_LABELS ? kind.code : kind.display ?? kind.code)
  const note = `${NOTE}${kind.system}|${kind.code}`
  const fits = note.length <= 80 && /^[!-~]+$/.test(kind.system + kind.code)
  return { label: ascii(words).slice(0, 16).trim(), transducer: fits && kind.system !== EDF_LABELS ? note : '' }
}

/** UCUM of an EDF dimension, undefined when it is none. */
export function unitOfDimension (dimension: string): string | undefined {
  return DIMENSIONS.find(([edf]) => edf === dimension)?.[1] ?? (isUnit(dimension) ? dimension : undefined)
}

/** EDF dimension of a unit, undefined when it does not fit its 8 characters. */
export function dimensionOf (unit: string): string | undefined {
  const known = DIMENSIONS.find(([, ucum]) => ucum === unit)?.[0]
  return known ?? (unit.length <= 8 ? unit : undefined)
}

/** EDF's text is printable ASCII. */
export const ascii = (text: string): string => text.replaceAll(/[^ -~]/g, '?')
