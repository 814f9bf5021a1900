import { useState } from 'react'
import type { JSX } from 'react'
import { Button } from 'react-aria-components/Button'
import { Form } from 'react-aria-components/Form'
import type { GranteeShown } from '@epione/sdk'
import { ask } from '../../../ask/desk.ts'
import { useAsked } from '../../../ask/use-asked.ts'
import { useWork } from '../../../ask/use-work.ts'
import { useSay } from '../../../i18n/language.tsx'
import { Choice, Field } from '../../../parts/fields.tsx'
import { Waiting } from '../../../parts/page.tsx'
import { ProblemShown } from '../../../parts/problem.tsx'
import type { GranteeNamed } from '../../../worker/rooms/consents.ts'

function idOf (named: GranteeNamed | undefined): string {
  if (named === undefined) return ''
  return 'staffId' in named ? named.staffId : named.department
}

function kindOf (named: GranteeNamed | undefined): string {
  return named !== undefined && 'department' in named ? 'department' : 'person'
}

/** A person or a department, looked up at two hospitals before anything else is asked. */
export function StepWhom ({ named, next }: {
  named: GranteeNamed | undefined, next: (named: GranteeNamed, shown: GranteeShown) => void
}): JSX.Element {
  const say = useSay()
  const { value, problem, again } = useAsked('consents', 'listChoices', undefined)
  const [kind, setKind] = useState(kindOf(named))
  const [chosen, setMspId] = useState(named?.mspId)
  const [id, setId] = useState(idOf(named))
  const words = kind === 'person' ? 'consent.staffId' as const : 'consent.departmentId' as const
  const hospitals = value?.hospitals ?? []
  const mspId = chosen ?? hospitals[0]?.mspId ?? ''
  const look = useWork(async () => {
    const grantee: GranteeNamed = kind === 'person' ? { mspId, staffId: id.trim() } : { mspId, department: id.trim() }
    next(grantee, await ask('consents', 'lookUp', grantee))
  })
  return (
    <Form
      validationBehavior='aria' onSubmit={(event) => {
        event.preventDefault()
        look.run()
      }}
    >
      {problem === undefined ? null : <ProblemShown problem={problem} again={again} />}
      <Choice
        label={say('consent.kind')} value={kind} onChange={setKind}
        options={[{ id: 'person', name: say('consent.person') }, { id: 'department', name: say('consent.department') }]}
      />
      <Choice label={say('consent.hospital')} value={mspId} onChange={setMspId} options={hospitals.map(({ mspId, name }) => ({ id: mspId, name }))} />
      <Field label={say(words)} name='grantee' latin value={id} onChange={setId} hint={say(`${words}.hint`)} />
      {look.problem === undefined ? null : <ProblemShown problem={look.problem} />}
      <Button type='submit' className='main' data-pending={look.busy || undefined}>{say('consent.find')}</Button>
      {look.busy ? <Waiting /> : null}
    </Form>
  )
}
