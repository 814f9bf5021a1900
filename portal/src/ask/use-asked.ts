import { useCallback, useEffect, useState } from 'react'
import { AskError, ask } from './desk.ts'
import type { Problem } from '../worker/problem.ts'
import type { Input, Output, QuestionName, RoomName } from '../worker/rooms.ts'

interface State<T> { value?: T, problem?: Problem, waiting: boolean }

/** `value` stays while it is asked again. */
export interface Asked<T> extends State<T> { again: () => void }

export function problemOf (error: unknown): Problem {
  if (error instanceof AskError) return error.problem
  return { code: 'UNEXPECTED', message: error instanceof Error ? error.message : String(error), details: {} }
}

function without<T> ({ value }: State<T>): Pick<State<T>, 'value'> {
  return value === undefined ? {} : { value }
}

/** Asks the worker, and again when the input changes or `again` is called. */
export function useAsked<R extends RoomName, Q extends QuestionName<R>> (room: R, question: Q, input: Input<R, Q>): Asked<Output<R, Q>> {
  const [round, setRound] = useState(0)
  const [state, setState] = useState<State<Output<R, Q>>>({ waiting: true })
  const given: unknown = input
  const key = JSON.stringify(given === undefined ? [] : [given])
  useEffect(() => {
    let current = true
    setState((state) => ({ ...without(state), waiting: true }))
    // Without an input the list that was written holds nothing.
    const [asked] = JSON.parse(key) as Array<Input<R, Q>>
    ask(room, question, asked as Input<R, Q>).then(
      (value) => { if (current) setState({ value, waiting: false }) },
      (error: unknown) => {
        if (current) setState((state) => ({ ...without(state), problem: problemOf(error), waiting: false }))
      }
    )
    return () => { current = false }
  }, [room, question, key, round])
  return { ...state, again: useCallback(() => { setRound((n) => n + 1) }, []) }
}
