import { SignalError } from '../../errors.ts'

/** Values as 16-bit numbers with the fields of EDF's header that turn them back. */
export interface Quantised {
  readonly digital: Int16Array
  readonly digitalMin: number
  readonly digitalMax: number
  /** 8 characters at most. */
  readonly physicalMin: string
  readonly physicalMax: string
  /** Largest difference between a value and what comes back. */
  readonly roundedBy: number
}

const STEPS = 65_535
const LOWEST = -32_768

/** Scales values to 16 bits: exactly where they are decimals of a common step within 65,535 steps, else as closely as 16 bits allow. */
export function quantise (values: ReadonlyArray<number | null>): Quantised {
  let min = Infinity
  let max = -Infinity
  for (const value of values) {
    if (value === null) continue
    if (value < min) min = value
    if (value > max) max = value
  }
  if (min > max) return { digital: new Int16Array(values.length).fill(LOWEST), digitalMin: LOWEST, digitalMax: 32_767, physicalMin: '-1', physicalMax: '1', roundedBy: 0 }
  return exactly(values, min, max) ?? closely(values, min, max)
}

function exactly (values: ReadonlyArray<number | null>, min: number, max: number): Quantised | undefined {
  for (let decimals = 0; decimals <= 6; decimals++) {
    const scale = 10 ** decimals
    if ((max - min) * scale > STEPS) return undefined
    if (!values.every((value) => value === null || Math.round(value * scale) / scale === value)) continue
    const lowest = Math.round(min * scale)
    const highest = Math.max(lowest + 1, Math.round(max * scale))
    const physicalMin = (lowest / scale).toFixed(decimals)
    const physicalMax = (highest / scale).toFixed(decimals)
    if (physicalMin.length > 8 || physicalMax.length > 8) return undefined
    const fits = lowest >= LOWEST && highest <= 32_767
    const digitalMin = fits ? lowest : LOWEST
    const digital = Int16Array.from(values, (value) => value === null ? digitalMin : Math.round(value * scale) - lowest + digitalMin)
    return { digital, digitalMin, digitalMax: digitalMin + highest - lowest, physicalMin, physicalMax, roundedBy: 0 }
  }
  return undefined
}

function closely (values: ReadonlyArray<number | null>, min: number, max: number): Quantised {
  const physicalMin = outward(min, Math.floor)
  const physicalMax = outward(max, Math.ceil)
  const low = Number(physicalMin)
  const gain = (Number(physicalMax) - low) / STEPS
  if (!(gain > 0)) throw new SignalError('NOT_EXPRESSIBLE', 'these values are too small or too large for EDF\'s 8 characters: turn them into another unit first')
  let roundedBy = 0
  const digital = Int16Array.from(values, (value) => {
    if (value === null) return LOWEST
    const steps = Math.min(STEPS, Math.max(0, Math.round((value - low) / gain)))
    roundedBy = Math.max(roundedBy, Math.abs(low + steps * gain - value))
    return LOWEST + steps
  })
  return { digital, digitalMin: LOWEST, digitalMax: 32_767, physicalMin, physicalMax, roundedBy }
}

/* 8 characters, rounded away from the values so that none falls outside. */
function outward (value: number, round: (value: number) => number): string {
  const whole = String(Math.trunc(value)).length + (value < 0 && value > -1 ? 1 : 0)
  const decimals = Math.max(0, Math.min(6, 7 - whole))
  const text = (round(value * 10 ** decimals) / 10 ** decimals).toFixed(decimals)
  if (text.length <= 8) return text
  throw new SignalError('NOT_EXPRESSIBLE', `${value} has more than EDF's 8 characters: turn it into another unit first`)
}
