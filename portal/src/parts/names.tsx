import { createContext, use, useEffect } from 'react'
import type { JSX, ReactNode } from 'react'
import type { ConsentChange, LoggedAccessEvent } from '@epione/protocol/api'
import { onLocked } from '../ask/desk.ts'
import { useAsked } from '../ask/use-asked.ts'

/** The name of a hospital by its MSP id; of one that the network does not name, the id. */
export type NameOf = (mspId: string) => string

const Names = createContext<NameOf>((mspId) => mspId)

/** Gives all pages the names of the network's hospitals; until they are read, ids stand in their place. */
export function NamesKnown ({ children }: { children: ReactNode }): JSX.Element {
  const { value, again } = useAsked('network', 'readNames', undefined)
  // They may have been asked for just then.
  useEffect(() => onLocked(again), [again])
  const nameOf: NameOf = (mspId) => value !== undefined && Object.hasOwn(value, mspId) ? value[mspId] ?? mspId : mspId
  return <Names value={nameOf}>{children}</Names>
}

export function useNames (): NameOf {
  return use(Names)
}

/** A hospital by its name; its MSP id is there for whoever needs it. */
export function Hospital ({ mspId }: { mspId: string }): JSX.Element {
  return <bdi title={mspId}>{useNames()(mspId)}</bdi>
}

/** Somebody of a hospital, as `MSPID/NUMBER` names them: the hospital's name, and the number. */
export function Person ({ id }: { id: string }): JSX.Element {
  const [mspId = '', ...rest] = id.split('/')
  return rest.length === 0 ? <bdi>{id}</bdi> : <span><Hospital mspId={mspId} /> <bdi><code>{rest.join('/')}</code></bdi></span>
}

/** Who asked for something, and as what their hospital certified them. */
export function Asker ({ actor: { mspId, staffId, role, department } }: Pick<LoggedAccessEvent, 'actor'>): JSX.Element {
  const certified = [role, department].filter((part) => part !== undefined).join(', ')
  return <><Person id={`${mspId}/${staffId}`} />{certified === '' ? null : <small><bdi>{certified}</bdi></small>}</>
}

/** To whom a consent is: somebody or a department of a hospital, or all of it. */
export function Grantee ({ terms: { grantee: { mspId, staffId, department } } }: { terms: NonNullable<ConsentChange['terms']> }): JSX.Element {
  return <Person id={[mspId, staffId ?? department].filter((part) => part !== undefined).join('/')} />
}
