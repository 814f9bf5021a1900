import { createContext, use, useCallback, useEffect, useMemo, useState } from 'react'
import type { JSX, ReactNode } from 'react'
import { ask, lock, onLocked, stay } from './desk.ts'
import { problemOf } from './use-asked.ts'
import type { Problem } from '../worker/problem.ts'
import type { KeysState } from '../worker/rooms/keys.ts'

interface Keys { known?: KeysState, problem?: Problem, look: () => Promise<void>, lock: () => void }

const Held = createContext<Keys | undefined>(undefined)
/** What counts as the person being there. */
const SIGNS = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const
const TELL_EVERY_MS = 15_000

/** Knows whether keys are there and unlocked, and tells the worker that the person is there. */
export function KeysHeld ({ children }: { children: ReactNode }): JSX.Element {
  const [state, setState] = useState<{ known?: KeysState, problem?: Problem }>({})
  const look = useCallback(async () => {
    try {
      setState({ known: await ask('keys', 'readState', undefined) })
    } catch (error) {
      setState({ problem: problemOf(error) })
    }
  }, [])
  useEffect(() => {
    void look()
    return onLocked(() => { void look() })
  }, [look])
  useEffect(() => {
    let told = 0
    const tell = (): void => {
      if (Date.now() - told < TELL_EVERY_MS) return
      told = Date.now()
      stay()
    }
    for (const sign of SIGNS) addEventListener(sign, tell, { passive: true })
    return () => { for (const sign of SIGNS) removeEventListener(sign, tell) }
  }, [])
  const held = useMemo(() => ({ ...state, look, lock }), [state, look])
  return <Held value={held}>{children}</Held>
}

export function useKeys (): Keys {
  const held = use(Held)
  if (held === undefined) throw new TypeError('outside of KeysHeld')
  return held
}
