import { createContext, use, useCallback, useEffect, useMemo, useState } from 'react'
import type { JSX, ReactNode } from 'react'
import { ask, onLocked } from './desk.ts'
import { problemOf } from './use-asked.ts'
import type { Problem } from '../worker/problem.ts'
import type { SessionShown } from '../worker/rooms/session.ts'

interface State { session?: SessionShown, problem?: Problem }
/** Nothing is known before somebody looks: patients never load what signs in. */
interface Session extends State { look: () => Promise<void>, signOut: () => Promise<void> }

const Held = createContext<Session | undefined>(undefined)

/** Knows who is signed in at the hospital. */
export function SessionHeld ({ children }: { children: ReactNode }): JSX.Element {
  const [state, setState] = useState<State>({})
  const look = useCallback(async () => {
    try {
      setState({ session: await ask('session', 'readSession', undefined) })
    } catch (error) {
      // Whoever is signed in stays so while a hospital is away: nothing that they entered is lost.
      setState(({ session }) => ({ ...(session === undefined ? {} : { session }), problem: problemOf(error) }))
    }
  }, [])
  const signOut = useCallback(async () => {
    const { problem } = await ask('session', 'signOut', undefined)
    setState({ session: { state: 'none' }, ...(problem === undefined ? {} : { problem }) })
  }, [])
  useEffect(() => onLocked(() => { setState({}) }), [])
  const held = useMemo(() => ({ ...state, look, signOut }), [state, look, signOut])
  return <Held value={held}>{children}</Held>
}

export function useSession (): Session {
  const held = use(Held)
  if (held === undefined) throw new TypeError('outside of SessionHeld')
  return held
}
