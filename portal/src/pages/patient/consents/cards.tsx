import type { JSX } from 'react'
import { useSpeech } from '../../../i18n/language.tsx'
import { Act } from '../../../parts/act.tsx'
import { Person } from '../../../parts/names.tsx'
import { Facts, sayCode } from '../../../parts/said.tsx'
import type { ConsentListed } from '../../../worker/rooms/consents.ts'

/** Consents in force or on the way, each with what ends it, and behind a word those that are over. */
export function ConsentCards ({ items, again }: { items: readonly ConsentListed[], again: () => void }): JSX.Element {
  const { say } = useSpeech()
  const [open, over] = [items.filter(({ isOver }) => !isOver), items.filter(({ isOver }) => isOver)]
  return (
    <>
      <h2>{say('consents.open')}</h2>
      {open.length === 0 ? <p>{say('consents.none')}</p> : <List items={open} again={again} />}
      {over.length === 0 ? null : <details><summary>{say('consents.over', { count: over.length })}</summary><List items={over} again={again} /></details>}
    </>
  )
}

function List ({ items, again }: { items: readonly ConsentListed[], again: () => void }): JSX.Element {
  return <ul className='cards'>{items.map((consent) => <li key={consent.consentId}><Consent consent={consent} again={again} /></li>)}</ul>
}

function Consent ({ consent, again }: { consent: ConsentListed, again: () => void }): JSX.Element {
  const { say, language } = useSpeech()
  const { consentId, grantee, status, categories, actions, purposes, notAfter, ending, terms, isOver } = consent
  const about = new Intl.ListFormat(language).format([grantee, ...categories.map((category) => sayCode(say, 'category', category))])
  return (
    <article aria-label={about}>
      <h3><Person id={grantee} /> <span className={`badge ${status === 'active' ? 'permit' : ''}`}>{sayCode(say, 'consent.status', status)}</span></h3>
      <Facts lines={[
        // A limited key cannot tell which they are.
        ...(categories.length === 0 ? [] : [{ label: 'consent.categories', value: categories.join(), kind: 'category' as const }]),
        { label: 'consent.actions', value: actions.join(), kind: 'action' },
        { label: 'consent.purposes', value: purposes.join(), kind: 'purpose' },
        { label: 'consent.until', value: String(notAfter), kind: 'time' }
      ]}
      />
      {terms.length === 0 ? null : <ul lang='en' dir='ltr'>{terms.map((term) => <li key={term}>{term}</li>)}</ul>}
      {ending ? <p className='notice'>{say('consent.ending')}</p> : null}
      {isOver || ending
        ? null
        : <Act room='consents' action='revoke' input={{ consentId }} label={say('revoke.do')} about={about} look='danger' atOnce onDone={again} />}
    </article>
  )
}
