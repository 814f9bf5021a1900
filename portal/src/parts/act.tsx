import { useState } from 'react'
import type { JSX } from 'react'
import { Button } from 'react-aria-components/Button'
import { Dialog, Heading } from 'react-aria-components/Dialog'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import { carryOut, decline, propose } from '../ask/desk.ts'
import type { Proposed } from '../ask/desk.ts'
import { useWork } from '../ask/use-work.ts'
import { useSay } from '../i18n/language.tsx'
import type { MessageId } from '../i18n/languages.ts'
import type { Progress } from '../worker/proposal.ts'
import type { Done, Input, QuestionName, RoomName } from '../worker/rooms.ts'
import { useKeptPlace } from './keep-place.ts'
import { Waiting } from './page.tsx'
import { ProblemShown } from './problem.tsx'
import { Facts } from './said.tsx'

interface ActWanted<R extends RoomName, Q extends QuestionName<R>> {
  room: R
  action: Q
  /** Or what makes it, when the button is pressed: an authenticator may have to be asked. */
  input: Input<R, Q> | (() => Promise<Input<R, Q>>)
  label: string
  /** What it is done to, for those who hear one button after the other. */
  about?: string
  look?: 'main' | 'danger'
  /** The button itself names what is signed, and it only takes away: no dialog comes. */
  atOnce?: boolean
  onDone: (result: Done<R, Q>) => void
}

/** A button that has the worker propose something, shows what that is, and carries it out after a yes. */
export function Act<R extends RoomName, Q extends QuestionName<R>> (wanted: ActWanted<R, Q>): JSX.Element {
  const { room, action, input, label, about, look, atOnce = false, onDone } = wanted
  const button = useKeptPlace()
  const [proposed, setProposed] = useState<Proposed<Done<R, Q>>>()
  const { busy, problem, run } = useWork(async () => {
    const given = Promise.resolve(typeof input === 'function' ? input() : input)
    const made = await given.then(async (value) => await propose(room, action, value))
    if (atOnce) onDone(await carryOut(made))
    else setProposed(made)
  })
  return (
    <>
      <Button
        ref={button} {...(look === undefined ? {} : { className: look })} onPress={run} data-pending={busy || undefined}
        {...(about === undefined ? {} : { 'aria-label': `${label}: ${about}` })}
      >
        {label}
      </Button>
      {busy ? <Waiting /> : null}
      {problem === undefined ? null : <ProblemShown problem={problem} again={run} />}
      {proposed === undefined
        ? null
        : <Confirm proposed={proposed} label={label} onDone={onDone} close={() => { decline(proposed); setProposed(undefined) }} />}
    </>
  )
}

interface ConfirmWanted<T> { proposed: Proposed<T>, label: string, onDone: (result: T) => void, close: () => void }

/** Names what is going to be signed or opened; nothing happens before the yes. */
function Confirm<T> ({ proposed, label, onDone, close }: ConfirmWanted<T>): JSX.Element {
  const say = useSay()
  const { says: { title, lines, warnings } } = proposed
  const [progress, setProgress] = useState<Progress>()
  const { busy, problem, run } = useWork(async () => {
    const result = await carryOut(proposed, setProgress)
    close()
    onDone(result)
  })
  return (
    <ModalOverlay className='overlay' isOpen isKeyboardDismissDisabled={busy} onOpenChange={(open) => { if (!open && !busy) close() }}>
      <Modal className='modal'>
        <Dialog role='alertdialog'>
          <Heading slot='title' level={2}>{say(title as MessageId)}</Heading>
          <Facts lines={lines} />
          {warnings.map((warning) => <p key={warning} className='notice'>{say(warning as MessageId)}</p>)}
          {problem === undefined ? null : <ProblemShown problem={problem} />}
          <div className='choices'>
            {problem === undefined ? <Button className='main' onPress={run} data-pending={busy || undefined}>{label}</Button> : null}
            <Button onPress={close} isDisabled={busy} autoFocus>{say(problem === undefined ? 'dialog.cancel' : 'dialog.close')}</Button>
          </div>
          {busy ? <Waiting /> : null}
          {busy && progress !== undefined
            ? <p><progress value={progress.done} max={Math.max(1, progress.of)} aria-label={say('wait.progress', { ...progress })} /> {say('wait.progress', { ...progress })}</p>
            : null}
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
