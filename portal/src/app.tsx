import { lazy, Suspense } from 'react'
import type { JSX, ReactNode } from 'react'
import { Button } from 'react-aria-components/Button'
import { Link, Redirect, Route, Switch, useLocation } from 'wouter'
import { KeysHeld, useKeys } from './ask/keys-state.tsx'
import { useAsked } from './ask/use-asked.ts'
import { useSay } from './i18n/language.tsx'
import type { MessageId } from './i18n/languages.ts'
import { Choices } from './parts/choices.tsx'
import { Page, Waiting } from './parts/page.tsx'
import { ProblemShown } from './parts/problem.tsx'

const Start = lazy(() => import('./pages/start/start.tsx'))
const NewPhrase = lazy(() => import('./pages/start/new-phrase.tsx'))
const Restore = lazy(() => import('./pages/start/restore.tsx'))
const Unlock = lazy(() => import('./pages/start/unlock.tsx'))
const Timeline = lazy(() => import('./pages/timeline/timeline.tsx'))
const Look = lazy(() => import('./pages/timeline/look.tsx'))
const RecordShown = lazy(() => import('./pages/timeline/record.tsx'))
const Add = lazy(() => import('./pages/timeline/add.tsx'))
const Search = lazy(() => import('./pages/search/search.tsx'))
const Consents = lazy(() => import('./pages/consents/consents.tsx'))
const NewConsent = lazy(() => import('./pages/consents/new-consent.tsx'))
const Protection = lazy(() => import('./pages/protection/protection.tsx'))

/** Pages of somebody whose keys are unlocked; those with a title are in the menu, in this order. */
const PAGES: ReadonlyArray<{ path: string, title?: MessageId, Shown: () => JSX.Element }> = [
  { path: '/timeline', title: 'nav.timeline', Shown: () => <Timeline /> },
  { path: '/looks/:eventId', Shown: () => <Look /> },
  { path: '/records/:recordId/:version', Shown: () => <RecordShown /> },
  { path: '/search', title: 'nav.search', Shown: () => <Search /> },
  { path: '/consents', title: 'nav.consents', Shown: () => <Consents /> },
  { path: '/consents/new', Shown: () => <NewConsent /> },
  { path: '/protection', title: 'nav.protection', Shown: () => <Protection /> },
  { path: '/add', title: 'nav.add', Shown: () => <Add /> }
]

/** The frame around all pages. */
export function App (): JSX.Element {
  const say = useSay()
  return (
    <KeysHeld>
      <a className='skip' href='#content'>{say('app.skip')}</a>
      <Head />
      <main id='content' tabIndex={-1}>
        <Suspense fallback={<Waiting>{say('app.starting')}</Waiting>}><Routes /></Suspense>
      </main>
    </KeysHeld>
  )
}

function Head (): JSX.Element {
  const say = useSay()
  const { known, lock } = useKeys()
  const isOpen = known?.state === 'unlocked'
  return (
    <header>
      <Link href='/' className='brand'>{say('app.name')}</Link>
      {isOpen ? <Menu /> : null}
      <div className='tools'>
        <Choices />
        {isOpen ? <Button onPress={lock}>{say('app.lock')}</Button> : null}
      </div>
    </header>
  )
}

function Menu (): JSX.Element {
  const say = useSay()
  const [location] = useLocation()
  return (
    <nav aria-label={say('app.pages')}>
      <ul>
        {PAGES.flatMap(({ path, title }) => title === undefined ? [] : { path, title }).map(({ path, title }) => (
          <li key={path}><Link href={path} {...(location.startsWith(path) ? { 'aria-current': 'page' as const } : {})}>{say(title)}</Link></li>
        ))}
      </ul>
    </nav>
  )
}

function Routes (): JSX.Element {
  const { known, problem, look } = useKeys()
  const say = useSay()
  if (problem !== undefined) return <Page title={say('app.name')}><ProblemShown problem={problem} again={() => { void look() }} /></Page>
  if (known === undefined) return <Waiting>{say('app.starting')}</Waiting>
  if (known.state === 'none') return <Beginning />
  // The address stays: after unlocking, the page that was wanted is there.
  if (known.state === 'locked') return <Unlock />
  return (
    <Switch>
      <Route path='/'><Redirect to='/timeline' replace /></Route>
      <Route path='/start/*?'><Redirect to='/timeline' replace /></Route>
      {/* What one record or event showed never stands under the address of another. */}
      {PAGES.map(({ path, Shown }) => <Route key={path} path={path}>{(params) => <Shown key={Object.values(params).join('/')} />}</Route>)}
      <Route><Nowhere /></Route>
    </Switch>
  )
}

/** A hospital's copy asks for no phrase, by whichever address it is opened. */
function Beginning (): ReactNode {
  const { value } = useAsked('network', 'readEdition', undefined)
  if (value?.edition !== 'installed') return <Start />
  return (
    <Switch>
      <Route path='/start/new'><NewPhrase /></Route>
      <Route path='/start/restore'><Restore /></Route>
      <Route><Start /></Route>
    </Switch>
  )
}

function Nowhere (): JSX.Element {
  const say = useSay()
  return <Page title={say('app.notFound')} lead={say('app.notFound.advice')}><Link href='/'>{say('app.home')}</Link></Page>
}
