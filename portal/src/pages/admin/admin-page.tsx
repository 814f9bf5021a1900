import type { JSX, ReactNode } from 'react'
import { Button } from 'react-aria-components/Button'
import type { HospitalState, StatePart } from '@epione/protocol/api'
import { useAsked } from '../../ask/use-asked.ts'
import type { Asked } from '../../ask/use-asked.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { Asking } from '../../parts/asking.tsx'
import { Page } from '../../parts/page.tsx'
import { WhenSignedIn } from '../../parts/signed-in.tsx'
import { Unread } from './unread.tsx'

/** A page of whoever looks after the hospital's part of the network. */
export function AdminPage ({ title, lead, children }: { title: string, lead: string, children: ReactNode }): JSX.Element {
  return <WhenSignedIn duty='networkAdmin'><Page title={title} lead={lead}>{children}</Page></WhenSignedIn>
}

/** The state of the own hospital as it was asked just now, with the way to ask again. */
export function OwnState ({ parts, children }: {
  parts: readonly StatePart[], children: (state: HospitalState) => ReactNode
}): JSX.Element {
  const asked = useAsked('administration', 'readState', undefined)
  const { value } = asked
  return (
    <>
      <Again asked={asked} {...(value === undefined ? {} : { at: value.time })} />
      {value === undefined ? null : <><Unread state={value} parts={parts} />{children(value)}</>}
    </>
  )
}

/** That something is asked or did not come, or when it was asked, with the way to ask again. */
export function Again ({ asked, at }: { asked: Asked<unknown>, at?: number }): JSX.Element {
  const { say, time } = useSpeech()
  const { waiting, problem, again } = asked
  return (
    <>
      <Asking asked={asked} />
      {waiting || problem !== undefined
        ? null
        : <p className='hint'>{at === undefined ? null : <>{say('net.asOf', { time: time(at) })} </>}<Button onPress={again}>{say('net.again')}</Button></p>}
    </>
  )
}
