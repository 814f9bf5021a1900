import { useEffect, useRef, useState } from 'react'
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

/** Time in ms after which it is said that a hospital takes its time. */
const SLOW_MS = 4_000

/** Says to eyes and ears that something is under way; of hospitals, also that they take their time. */
export function Waiting ({ children }: { children?: ReactNode }): JSX.Element {
  const say = useSay()
  const [isSlow, setSlow] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => { setSlow(true) }, SLOW_MS)
    return () => { clearTimeout(timer) }
  }, [])
  return <p role='status' className='waiting'>{children ?? say(isSlow ? 'wait.slow' : 'wait.asking')}</p>
}
