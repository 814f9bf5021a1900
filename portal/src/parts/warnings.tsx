import type { JSX } from 'react'
import { useSay } from '../i18n/language.tsx'

/** What the program found odd, in its own words. */
export function Warnings ({ warnings }: { warnings: readonly string[] | undefined }): JSX.Element | null {
  const say = useSay()
  if (warnings === undefined || warnings.length === 0) return null
  return (
    <section className='notice' aria-label={say('warnings.title')}>
      <strong>{say('warnings.title')}</strong>
      <ul lang='en' dir='ltr'>{warnings.map((warning) => <li key={warning}>{warning}</li>)}</ul>
    </section>
  )
}
