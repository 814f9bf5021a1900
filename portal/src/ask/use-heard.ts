import { useEffect, useRef, useState } from 'react'
import { hear } from './desk.ts'
import { problemOf } from './use-asked.ts'
import type { Problem } from '../worker/problem.ts'
import type { Input, QuestionName, RoomName, Told } from '../worker/rooms.ts'

/** Time in ms after which listening that failed is begun again, doubled with each failure until the longest. */
const [AGAIN_MS, LONGEST_MS] = [2_000, 60_000]

/** Listens for as long as the part is shown, and again after a failure; `problem` is why nothing is heard just now. */
export function useHeard<R extends RoomName, Q extends QuestionName<R>> (
  room: R, question: Q, input: Input<R, Q>, tell: (event: Told<R, Q>) => void
): { problem?: Problem } {
  const [state, setState] = useState<{ problem?: Problem }>({})
  const telling = useRef(tell)
  useEffect(() => { telling.current = tell })
  const given: unknown = input
  const key = JSON.stringify(given === undefined ? [] : [given])
  useEffect(() => {
    const { signal, abort } = stopper()
    const [asked] = JSON.parse(key) as Array<Input<R, Q>>
    const listen = async (): Promise<void> => {
      for (let failures = 0; ; failures += 1) {
        try {
          await hear(room, question, asked as Input<R, Q>, {
            signal,
            tell: (event) => {
              failures = 0
              setState({})
              telling.current(event)
            }
          })
          return
        } catch (error) {
          if (signal.aborted) return
          setState({ problem: problemOf(error) })
          if (await isStopped(Math.min(LONGEST_MS, AGAIN_MS * 2 ** failures), signal)) return
        }
      }
    }
    void listen()
    return abort
  }, [room, question, key])
  return state
}

function stopper (): { signal: AbortSignal, abort: () => void } {
  const controller = new AbortController()
  return { signal: controller.signal, abort: () => { controller.abort() } }
}

/** Waits; whether that was cut short. */
async function isStopped (ms: number, signal: AbortSignal): Promise<boolean> {
  return await new Promise<boolean>((resolve) => {
    const timer = setTimeout(() => { resolve(false) }, ms)
    signal.addEventListener('abort', () => { clearTimeout(timer); resolve(true) }, { once: true })
  })
}
