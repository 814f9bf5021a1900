import type { MeasurementKind, Series } from '@epione/protocol/streams'
import { SignalError } from '../../errors.ts'
import type { Reading } from '../reading.ts'
import { END, GAP, readAnnotations } from './annotations.ts'
import type { Annotation } from './annotations.ts'
import { fault, FILE_HEADER_BYTES, readHeader } from './header.ts'
import type { EdfHeader, EdfSignal } from './header.ts'
import { kindOfLabel, unitOfDimension } from './names.ts'

/* Records that follow each other within half a sample are one run. */
interface Run { readonly beginsSeconds: number, readonly first: number, count: number }

/**
 * Reads EDF and EDF+ (16 bits). Its times have no zone and are read as UTC. An interrupted recording (EDF+D) gives a series for each run
 * of records. Samples under an annotation "Sensor gap@@LABEL" are gaps; other annotations are left out.
 * @throws {SignalError} `FORMAT_INVALID` or `UNIT_UNKNOWN` with the byte
 */
export function readEdf (bytes: Uint8Array): Reading {
  const header = readHeader(bytes)
  const { runs, annotations } = readRuns(bytes, header)
  const series = header.signals.flatMap((signal, index) =>
    signal.isAnnotations ? [] : seriesOfSignal(bytes, header, signal, unitOf(signal, header, index), runs, marksOf(annotations, signal)))
  const whole = series.filter(({ values }) => values.length > 0)
  if (whole.length === 0) throw fault(header.headerBytes, 'there is no sample in it')
  const leftOut = annotations.some(({ text }) => !text.startsWith(GAP) && !text.startsWith(END)) ? ['annotations'] : []
  return { series: whole, leftOut: /^(X X X X)?$/.test(header.patient) ? leftOut : ['patient identification', ...leftOut] }
}

function readRuns (bytes: Uint8Array, header: EdfHeader): { runs: Run[], annotations: Annotation[] } {
  const channels = header.plus === undefined ? [] : header.signals.filter(({ isAnnotations }) => isAnnotations)
  if (header.plus !== undefined && channels.length === 0) throw fault(FILE_HEADER_BYTES, 'EDF+ has a signal for annotations')
  const runs: Run[] = []
  const annotations: Annotation[] = []
  for (let record = 0; record < header.records; record++) {
    const read = channels.map((signal) => {
      const place = header.headerBytes + record * header.recordBytes + signal.offset
      return readAnnotations(bytes.subarray(place, place + signal.samples * 2), place)
    })
    for (const one of read) annotations.push(...one.annotations)
    addRecord(runs, header, record, read[0]?.beginsSeconds)
  }
  return { runs, annotations }
}

function addRecord (runs: Run[], header: EdfHeader, record: number, beginsSeconds: number | undefined): void {
  const last = runs.at(-1)
  const expected = last === undefined ? 0 : last.beginsSeconds + last.count * header.recordSeconds
  const late = (beginsSeconds ?? expected) - expected
  if (last === undefined) runs.push({ beginsSeconds: beginsSeconds ?? 0, first: record, count: 1 })
  else if (header.plus !== 'D' || Math.abs(late) < tolerance(header)) last.count++
  else if (late > 0) runs.push({ beginsSeconds: expected + late, first: record, count: 1 })
  else throw fault(header.headerBytes + record * header.recordBytes, 'this record begins before the one above ends')
}

function tolerance ({ recordSeconds, signals }: EdfHeader): number {
  return recordSeconds / (2 * Math.max(...signals.map(({ samples, isAnnotations }) => isAnnotations ? 1 : samples)))
}

interface Gap { readonly fromSeconds: number, toSeconds: number }
/* What annotations say of one signal: gaps in order, none within another, and where it ends. */
interface Marks { readonly gaps: readonly Gap[], readonly endSeconds: number }

function marksOf (annotations: readonly Annotation[], { label }: EdfSignal): Marks {
  const [gapText, endText] = [GAP + label, END + label]
  const gaps: Gap[] = []
  let endSeconds = Infinity
  for (const { onsetSeconds, durationSeconds, text } of annotations.toSorted((a, b) => a.onsetSeconds - b.onsetSeconds)) {
    if (text === endText) endSeconds = Math.min(endSeconds, onsetSeconds)
    if (text !== gapText) continue
    const [last, toSeconds] = [gaps.at(-1), onsetSeconds + durationSeconds]
    if (last !== undefined && onsetSeconds <= last.toSeconds) last.toSeconds = Math.max(last.toSeconds, toSeconds)
    else gaps.push({ fromSeconds: onsetSeconds, toSeconds })
  }
  return { gaps, endSeconds }
}

/* Runs and gaps are both in order, so that each gap is looked at by the runs that it touches alone: a file may have 100,000 of both. */
function seriesOfSignal (
  bytes: Uint8Array, header: EdfHeader, signal: EdfSignal, unit: string, runs: readonly Run[], { gaps, endSeconds }: Marks
): Series[] {
  let next = 0
  return runs.map((run) => {
    const ends = run.beginsSeconds + run.count * header.recordSeconds
    for (let gap = gaps[next]; gap !== undefined && gap.toSeconds <= run.beginsSeconds; gap = gaps[next]) next++
    let after = next
    for (let gap = gaps[after]; gap !== undefined && gap.fromSeconds < ends; gap = gaps[after]) after++
    return seriesOf(bytes, header, signal, unit, run, { gaps: gaps.slice(next, after), endSeconds })
  })
}

function seriesOf (bytes: Uint8Array, header: EdfHeader, signal: EdfSignal, unit: string, run: Run, { gaps, endSeconds }: Marks): Series {
  const periodMs = header.recordSeconds * 1_000 / signal.samples
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const physical = scaleOf(signal)
  const values: Array<number | null> = []
  for (let record = run.first; record < run.first + run.count; record++) {
    const place = header.headerBytes + record * header.recordBytes + signal.offset
    for (let sample = 0; sample < signal.samples; sample++) values.push(physical(view.getInt16(place + sample * 2, true)))
  }
  const indexAt = (seconds: number): number => Math.max(0, Math.round((seconds - run.beginsSeconds) * 1_000 / periodMs))
  for (const { fromSeconds, toSeconds } of gaps) values.fill(null, indexAt(fromSeconds), indexAt(toSeconds))
  values.length = Math.min(values.length, indexAt(endSeconds))
  const kind: MeasurementKind = kindOfLabel(signal.label, signal.transducer)
  return { kind, unit, startMs: header.startMs + run.beginsSeconds * 1_000, periodMs, values }
}

function unitOf ({ dimension, label }: EdfSignal, { signals }: EdfHeader, index: number): string {
  const unit = unitOfDimension(dimension)
  if (unit !== undefined) return unit
  const byte = FILE_HEADER_BYTES + signals.length * (16 + 80) + index * 8
  throw new SignalError('UNIT_UNKNOWN', `"${dimension}" of ${label} is no unit of EDF+ or UCUM`, { byte })
}

/* Each of 65,536 values once, to a millionth of a step: that takes off the dust of binary fractions and nothing that 16 bits can say. */
function scaleOf ({ physicalMin, physicalMax, digitalMin, digitalMax }: EdfSignal): (digital: number) => number {
  const known = new Map<number, number>()
  const gain = (physicalMax - physicalMin) / (digitalMax - digitalMin)
  const decimals = Math.min(100, Math.max(0, Math.ceil(-Math.log10(Math.abs(gain)))) + 6)
  return (digital) => {
    const seen = known.get(digital)
    if (seen !== undefined) return seen
    const value = Number((physicalMin + (digital - digitalMin) * gain).toFixed(decimals)) + 0
    known.set(digital, value)
    return value
  }
}
