import { lazy, Suspense, useEffect, useState } from 'react'
import type { JSX, ReactNode } from 'react'
import { Button } from 'react-aria-components/Button'
import { Link, Redirect, Route, Switch, useLocation } from 'wouter'
import { KeysHeld, useKeys } from './ask/keys-state.tsx'
import { SessionHeld } from './ask/session-state.tsx'
import { problemOf, useAsked } from './ask/use-asked.ts'
import { useSay } from './i18n/language.tsx'
import { Worded } from './i18n/worded.tsx'
import Start from './pages/start/start.tsx'
import Unlock from './pages/start/unlock.tsx'
import { Choices } from './parts/choices.tsx'
import { NamesKnown } from './parts/names.tsx'
import { Page, Waiting } from './parts/page.tsx'
import { ProblemShown } from './parts/problem.tsx'
import { Remedied } from './parts/remedy.ts'
import { Unbroken } from './parts/unbroken.tsx'
import type { PageOfRole, RolePages } from './roles/role.ts'
import { ROLES, roleWithoutKeys } from './roles/roles.ts'
import type { Role } from './roles/role-names.ts'
import { WAYS } from './roles/ways.ts'
import type { Problem } from './worker/problem.ts'

const CAME_BACK = '/signed-in'
const CameBack = lazy(() => import('./pages/sign-in/came-back.tsx'))

const OpenLimited = lazy(() => import('./pages/limited/open-key.tsx'))

const REMEDIES = { SIGNED_OUT: lazy(() => import('./parts/sign-in-again.tsx')) }

/** The frame around all pages. */
export function App (): JSX.Element {
  const [location] = useLocation()
  // Led back from a hospital's sign-in, in a tab of its own: no keys are asked for there.
  if (location === CAME_BACK) return <main id='content' tabIndex={-1}><Worded words={['session']}><Suspense><CameBack /></Suspense></Worded></main>
  return <Remedied value={REMEDIES}><KeysHeld><SessionHeld><NamesKnown><Frame /></NamesKnown></SessionHeld></KeysHeld></Remedied>
}

function Frame (): JSX.Element {
  const say = useSay()
  const { known, problem, look } = useKeys()
  const [location] = useLocation()
  const isOpen = known?.state === 'unlocked'
  const withoutKeys = roleWithoutKeys(location)
  const role = useRole(withoutKeys ?? (isOpen ? known.role : undefined))
  const { pages } = role
  const trouble = problem ?? role.problem
  return (
    <Worded words={pages?.words}>
      <a className='skip' href='#content'>{say('app.skip')}</a>
      <Head isOpen={isOpen} pages={pages?.pages ?? []} />
      <main id='content' tabIndex={-1}>
        {trouble === undefined
          ? (
            <Unbroken>
              {pages?.Above === undefined ? null : <pages.Above />}
              <Suspense fallback={<Waiting>{say('app.starting')}</Waiting>}><Routes pages={pages} needsKeys={withoutKeys === undefined} /></Suspense>
            </Unbroken>
            )
          : <Page title={say('app.name')}><ProblemShown problem={trouble} again={() => { role.again(); void look() }} /></Page>}
      </main>
    </Worded>
  )
}

/** The pages of a role, once they are loaded. */
function useRole (role: Role | undefined): { pages?: RolePages, problem?: Problem, again: () => void } {
  const [round, setRound] = useState(0)
  const [loaded, setLoaded] = useState<{ role?: Role, pages?: RolePages, problem?: Problem }>({})
  useEffect(() => {
    let current = true
    setLoaded({})
    if (role !== undefined) {
      ROLES[role]().then(
        ({ default: pages }) => { if (current) setLoaded({ role, pages }) },
        (error: unknown) => { if (current) setLoaded({ role, problem: problemOf(error) }) }
      )
    }
    return () => { current = false }
  }, [role, round])
  // Of the former role until the effect ran.
  return { ...(loaded.role === role ? loaded : {}), again: () => { setRound((n) => n + 1) } }
}

function Head ({ isOpen, pages }: { isOpen: boolean, pages: readonly PageOfRole[] }): JSX.Element {
  const say = useSay()
  const { lock } = useKeys()
  return (
    <header>
      <Link href='/' className='brand'>{say('app.name')}</Link>
      {pages.length === 0 ? null : <Menu pages={pages} />}
      <div className='tools'>
        <Choices />
        {isOpen ? <Button onPress={lock}>{say('app.lock')}</Button> : null}
      </div>
    </header>
  )
}

function Menu ({ pages }: { pages: readonly PageOfRole[] }): JSX.Element {
  const say = useSay()
  const [location] = useLocation()
  return (
    <nav aria-label={say('app.pages')}>
      <ul>
        {pages.flatMap(({ path, title }) => title === undefined ? [] : { path, title }).map(({ path, title }) => (
          <li key={path}><Link href={path} {...(isBelow(location, path) ? { 'aria-current': 'page' as const } : {})}>{say(title)}</Link></li>
        ))}
      </ul>
    </nav>
  )
}

const isBelow = (location: string, path: string): boolean => location === path || location.startsWith(`${path}/`)

function Routes ({ pages, needsKeys }: { pages: RolePages | undefined, needsKeys: boolean }): JSX.Element {
  const { known } = useKeys()
  const say = useSay()
  if (known === undefined) return <Waiting>{say('app.starting')}</Waiting>
  if (needsKeys && known.state === 'none') return <Beginning />
  // The address stays: after unlocking, the page that was wanted is there.
  if (needsKeys && known.state === 'locked') return known.role === 'limited' ? <OpenLimited /> : <Unlock />
  if (pages === undefined) return <Waiting>{say('app.starting')}</Waiting>
  return (
    <Switch>
      <Route path='/'><Redirect to={pages.home} replace /></Route>
      <Route path='/start/*?'><Redirect to={pages.home} replace /></Route>
      {/* What one record or event showed never stands under the address of another. */}
      {pages.pages.map(({ path, words, Shown }) => (
        <Route key={path} path={path}>
          {(params) => <Worded words={words}><Unbroken><Shown key={Object.values(params).join('/')} /></Unbroken></Worded>}
        </Route>
      ))}
      <Route><Nowhere /></Route>
    </Switch>
  )
}

/** A hospital's copy asks for no phrase, by whichever address it is opened. */
function Beginning (): ReactNode {
  const { value } = useAsked('network', 'readEdition', undefined)
  if (value === undefined) return <Start />
  const ways = WAYS.filter(({ editions }) => editions.includes(value.edition))
  return (
    <Switch>
      {ways.map(({ path, Shown }) => <Route key={path} path={path}><Shown /></Route>)}
      <Route><Start /></Route>
    </Switch>
  )
}

function Nowhere (): JSX.Element {
  const say = useSay()
  return <Page title={say('app.notFound')} lead={say('app.notFound.advice')}><Link href='/'>{say('app.home')}</Link></Page>
}
