import type { WindowContent } from './window-content.ts'
import { spanOf } from './window-content.ts'

/**
 * How far a window's times are to be trusted: `measured`, the device knew a gateway's clock when it sealed; `later`, it learnt it later in
 * the same boot, and monotonic times tell how far off it was; `unknown`, it never did: they are by its own clock, which may have begun at
 * 1970.
 */
export type TimeGrade = 'measured' | 'later' | 'unknown'

/** A window with the times that all windows of its stream together give it, and how far they are to be trusted. */
export interface TimedWindow<W extends { readonly content: WindowContent }> {
  readonly window: W
  readonly content: WindowContent
  readonly times: TimeGrade
}

/** Sets the times of windows that were sealed before the device knew a gateway's clock, by the nearest of the same boot that was not. */
export function correctTimes<W extends { readonly content: WindowContent }> (windows: readonly W[]): Array<TimedWindow<W>> {
  const known = new Map<string, Array<{ monotonicMs: number, originMs: number }>>()
  for (const { content } of windows) {
    const { bootId, by, monotonicMs, offsetMs } = content.clock
    if (by !== 'device' || offsetMs === undefined) continue
    known.set(bootId, [...known.get(bootId) ?? [], { monotonicMs, originMs: originOf(content) }])
  }
  return windows.map((window) => {
    const { content } = window
    const { bootId, by, monotonicMs, offsetMs } = content.clock
    if (by === 'source' || offsetMs !== undefined) return { window, content, times: 'measured' }
    const nearest = (known.get(bootId) ?? []).reduce<{ monotonicMs: number, originMs: number } | undefined>((best, next) =>
      best === undefined || Math.abs(next.monotonicMs - monotonicMs) < Math.abs(best.monotonicMs - monotonicMs) ? next : best, undefined)
    if (nearest === undefined) return { window, content, times: 'unknown' }
    return { window, content: shifted(content, nearest.originMs - originOf(content)), times: 'later' }
  })
}

/** When the monotonic clock showed zero, by the clock of the window's times. */
const originOf = (content: WindowContent): number => spanOf(content.series).startMs - content.clock.monotonicMs

const shifted = (content: WindowContent, byMs: number): WindowContent =>
  ({ ...content, series: content.series.map((series) => ({ ...series, startMs: series.startMs + byMs })) })
