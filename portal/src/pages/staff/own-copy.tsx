import type { JSX, ReactNode } from 'react'
import { useAsked } from '../../ask/use-asked.ts'
import { useSay } from '../../i18n/language.tsx'
import { Asking } from '../../parts/asking.tsx'
import { Page } from '../../parts/page.tsx'

/** What asks for a phrase is there in the installed copy alone: a hospital's says so in its place. */
export function OwnCopyOnly ({ children }: { children: ReactNode }): JSX.Element {
  const say = useSay()
  const asked = useAsked('network', 'readEdition', undefined)
  const { value } = asked
  if (value === undefined) return <Asking asked={asked} />
  return value.edition === 'installed' ? <>{children}</> : <Page title={say('start.title')}><p className='notice'>{say('start.served')}</p></Page>
}
