import { useEffect, useState } from 'react'
import type { JSX } from 'react'
import { Link, useLocation } from 'wouter'
import { isQuiet } from '../../../ask/desk.ts'
import { useHeard } from '../../../ask/use-heard.ts'
import { useSay } from '../../../i18n/language.tsx'
import { takeTold, useHeardNotices } from './heard.ts'

/** Listening begins when nothing was asked for so long (ms): what a person came for travels before what is new. */
const QUIET_MS = 1_000

/** Listens on every page, and says how much is new; told to screen readers as it changes. */
export function NewsAbove (): JSX.Element {
  const [isBegun, setBegun] = useState(false)
  useEffect(() => {
    const timer = setInterval(() => { if (isQuiet(QUIET_MS)) setBegun(true) }, QUIET_MS / 2)
    return () => { clearInterval(timer) }
  }, [])
  return isBegun ? <News /> : <div role='status' />
}

function News (): JSX.Element {
  const say = useSay()
  const [location] = useLocation()
  const { problem } = useHeard('notices', 'follow', undefined, takeTold)
  const { notices, warnings } = useHeardNotices()
  const count = notices.length + warnings.length
  const isHere = location === '/notices'
  return (
    <div role='status'>
      {count === 0 || isHere ? null : <p className='notice'>{say('notices.new', { count })} <Link href='/notices'>{say('notices.see')}</Link></p>}
      {problem === undefined || problem.code === 'NOT_INITIALIZED' ? null : <p className='hint'>{say('notices.silent')}</p>}
    </div>
  )
}
