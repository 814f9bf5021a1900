import type { JSX } from 'react'
import { Link } from 'wouter'
import { useAsked } from '../../../ask/use-asked.ts'
import { useSpeech } from '../../../i18n/language.tsx'
import { Act } from '../../../parts/act.tsx'
import { Asking } from '../../../parts/asking.tsx'
import { Person } from '../../../parts/names.tsx'
import { Page } from '../../../parts/page.tsx'
import { Facts, sayCode } from '../../../parts/said.tsx'
import { Warnings } from '../../../parts/warnings.tsx'
import type { ConsentListed } from '../../../worker/rooms/consents.ts'

/** To whom records are open, and what ended. */
export default function Consents (): JSX.Element {
  const { say } = useSpeech()
  const asked = useAsked('consents', 'listConsents', undefined)
  const { value, again } = asked
  const items = value?.items ?? []
  const [open, over] = [items.filter(({ isOver }) => !isOver), items.filter(({ isOver }) => isOver)]
  return (
    <Page title={say('consents.title')} lead={say('consents.lead')}>
      <p><Link href='/consents/new' className='button main'>{say('consents.new')}</Link></p>
      <Asking asked={asked} />
      <Warnings warnings={value?.warnings} />
      {value === undefined
        ? null
        : (
          <>
            {value.overdue.length === 0
              ? null
              : (
                <div className='notice bad'>
                  <p>{say('overdue.title')}</p>
                  <Act room='consents' action='raiseOverdue' input={{ categories: value.overdue }} label={say('overdue.do')} onDone={again} />
                </div>
                )}
            <h2>{say('consents.open')}</h2>
            {open.length === 0 ? <p>{say('consents.none')}</p> : <List items={open} again={again} />}
            {over.length === 0 ? null : <details><summary>{say('consents.over', { count: over.length })}</summary><List items={over} again={again} /></details>}
          </>
          )}
    </Page>
  )
}

function List ({ items, again }: { items: readonly ConsentListed[], again: () => void }): JSX.Element {
  return <ul className='cards'>{items.map((consent) => <li key={consent.consentId}><Consent consent={consent} again={again} /></li>)}</ul>
}

function Consent ({ consent, again }: { consent: ConsentListed, again: () => void }): JSX.Element {
  const { say, language } = useSpeech()
  const { consentId, grantee, status, categories, actions, purposes, notAfter, ending, terms, isOver } = consent
  const about = `${grantee}, ${new Intl.ListFormat(language).format(categories.map((category) => sayCode(say, 'category', category)))}`
  return (
    <article aria-label={about}>
      <h3><Person id={grantee} /> <span className={`badge ${status === 'active' ? 'permit' : ''}`}>{sayCode(say, 'consent.status', status)}</span></h3>
      <Facts lines={[
        { label: 'consent.categories', value: categories.join(), kind: 'category' },
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
