import type { JSX } from 'react'
import { Worded } from '../i18n/worded.tsx'
import { SignInLink } from './signed-in.tsx'

/** In the place of a question that nobody signed in may ask: signing in does not leave the page. */
export default function SignInAgain ({ again }: { again?: () => void }): JSX.Element {
  return <Worded words={['session']}><SignInLink done={again} /></Worded>
}
