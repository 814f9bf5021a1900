import { useCallback, useRef, useState } from 'react'
import type { JSX } from 'react'
import { AskError } from '../../ask/desk.ts'
import { useSay } from '../../i18n/language.tsx'
import type { MessageId } from '../../i18n/languages.ts'
import { ProblemShown } from '../../parts/problem.tsx'
import { VerificationError, WalletError } from '../../wallet/index.ts'

/** `busy`: what is under way. The fault is the newest attempt's alone. */
export interface Tried { busy?: MessageId, fault?: unknown, run: (says: MessageId, work: () => Promise<void>) => void }

/** What a proof or a wallet may fail, one thing at a time. */
export function useTried (): Tried {
  const [state, setState] = useState<Pick<Tried, 'busy' | 'fault'>>({})
  const running = useRef(false)
  const run = useCallback((busy: MessageId, work: () => Promise<void>) => {
    if (running.current) return
    running.current = true
    setState({ busy })
    const end = (state: Pick<Tried, 'fault'>): void => {
      running.current = false
      setState(state)
    }
    work().then(() => { end({}) }, (fault: unknown) => { end({ fault }) })
  }, [])
  return { ...state, run }
}

/** What the wallet did not do, or what is wrong with the proof, and what helps. */
export function WalletFault ({ fault, children }: { fault: unknown, children?: JSX.Element | null }): JSX.Element {
  const say = useSay()
  const told = fault instanceof WalletError
    ? { code: fault.code, sentence: say(`chain.wallet.${fault.code}`) }
    : fault instanceof VerificationError
      ? { code: fault.code, sentence: say(fault.code === 'PROOF_MALFORMED' ? 'chain.malformed' : fault.code === 'RPC_UNUSABLE' ? 'chain.wallet.UNUSABLE' : 'chain.false') }
      : undefined
  if (told === undefined || !(fault instanceof Error)) {
    return <ProblemShown problem={fault instanceof AskError ? fault.problem : { code: 'UNEXPECTED', message: String(fault), details: {} }} />
  }
  return (
    <div className='notice bad' role='alert'>
      <p>{told.sentence}</p>
      <details>
        <summary>{say('problem.detail')}</summary>
        <p lang='en' dir='ltr'><code>{told.code}</code> {fault.message}</p>
      </details>
      {children}
    </div>
  )
}
