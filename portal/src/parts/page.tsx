import { useEffect, useRef } from 'react'
import type { JSX, ReactNode } from 'react'
import { useSay } from '../i18n/language.tsx'

/** The one heading of a page; its title is the document's, and reading begins at it when the page was changed. */
export function Page ({ title, lead, children }: { title: string, lead?: ReactNode, children: ReactNode }): JSX.Element {
  const say = useSay()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} · ${say('app.name')}`
  }, [title, say])
  useEffect(() => { heading.current?.focus({ preventScroll: true }) }, [])
  return (
    <>
      <h1 tabIndex={-1} ref={heading}>{title}</h1>
      {lead === undefined ? null : <p className='lead'>{lead}</p>}
      {children}
    </>
  )
}

/** Says to eyes and ears that something is under way. */
export function Waiting ({ slow = false, children }: { slow?: boolean, children?: ReactNode }): JSX.Element {
  const say = useSay()
  return <p role='status' className='waiting'>{slow ? say('wait.slow') : children ?? say('wait.asking')}</p>
}
