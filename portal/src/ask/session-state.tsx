import { createContext, use, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { JSX, ReactNode } from 'react'
import { ask, onLocked } from './desk.ts'
import { problemOf } from './use-asked.ts'
import type { Problem } from '../worker/problem.ts'
import type { SessionShown } from '../worker/rooms/session.ts'

interface State { session?: SessionShown, problem?: Problem }
/** Nothing is known before somebody looks: patients never load what signs in. */
interface Session extends State { look: () => Promise<void>, signOut: () => Promise<void> }

const Held = createContext<Session | undefined>(undefined)
/** Other tabs of these pages: each may hold a token of its own. */
const CHANNEL = 'epione-signed-out'

/** Ends what this tab's worker holds, at the provider, too; what could not be told there is shown. */
async function endHere (): Promise<State> {
  const { problem } = await ask('session', 'signOut', undefined)
  return { session: { state: 'none' }, ...(problem === undefined ? {} : { problem }) }
}

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
  const tabs = useRef<BroadcastChannel>(null)
  const signOut = useCallback(async () => {
    // First: whatever becomes of it at the provider, whoever leaves this machine is signed out in every tab.
    tabs.current?.postMessage('out')
    setState(await endHere())
  }, [])
  useEffect(() => {
    const channel = new BroadcastChannel(CHANNEL)
    channel.addEventListener('message', () => {
      endHere().then(setState, (error: unknown) => { setState({ session: { state: 'none' }, problem: problemOf(error) }) })
    })
    tabs.current = channel
    return () => { channel.close() }
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
