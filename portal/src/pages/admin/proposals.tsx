import { useState } from 'react'
import type { JSX } from 'react'
import { useAsked } from '../../ask/use-asked.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { Act } from '../../parts/act.tsx'
import { Dropped } from '../../parts/dropped.tsx'
import { useNames } from '../../parts/names.tsx'
import { Facts } from '../../parts/said.tsx'
import type { Approved, ProposalShown } from '../../worker/rooms/administration.ts'
import { AdminPage, Again } from './admin-page.tsx'
import { Change } from './change.tsx'

/** What members propose as the next version, what would change by it, and the way to approve it. */
export default function ProposalsPage (): JSX.Element {
  const { say } = useSpeech()
  return <AdminPage title={say('net.proposals')} lead={say('net.proposals.lead')}><Proposals /></AdminPage>
}

function Proposals (): JSX.Element {
  const { say } = useSpeech()
  const asked = useAsked('administration', 'readProposals', undefined)
  const { value, again } = asked
  const [approved, setApproved] = useState<Approved>()
  return (
    <>
      <Again asked={asked} />
      {approved === undefined
        ? null
        : <p className='notice' role='status'>{say('net.approved')} {say('net.missing', { count: approved.missing })} <bdi><code>{approved.txId}</code></bdi></p>}
      {value?.items.length === 0 ? <p>{say('net.proposals.none')}</p> : null}
      {value?.items.map((proposal) => (
        <Proposed
          key={proposal.documentHash} proposal={proposal} canSign={value.canSign}
          onApproved={(done) => { setApproved(done); again() }}
        />
      ))}
    </>
  )
}

interface Wanted { proposal: ProposalShown, canSign: boolean, onApproved: (done: Approved) => void }

function Proposed ({ proposal, canSign, onApproved }: Wanted): JSX.Element {
  const { say } = useSpeech()
  const nameOf = useNames()
  const [key, setKey] = useState<File>()
  const { version, documentHash, policyHash, inForceFrom, approveBefore, proposedBy, approvedBy, missing, change } = proposal
  return (
    <section aria-label={say('net.versionNumber', { number: version })}>
      <h2>{say('net.versionNumber', { number: version })}</h2>
      <Facts
        lines={[
          { label: 'net.proposedBy', value: proposedBy, kind: 'hospital' },
          ...approvedBy.length === 0 ? [] : [{ label: 'net.approvedBy' as const, value: approvedBy.join(','), kind: 'hospital' as const }],
          { label: 'net.inForceFrom', value: String(inForceFrom), kind: 'time' },
          { label: 'net.approveBefore', value: String(approveBefore), kind: 'time' },
          { label: 'net.policy', value: policyHash, kind: 'code' },
          { label: 'net.document', value: documentHash, kind: 'code' }
        ]}
      />
      <p>{say('net.missing', { count: missing })}</p>
      <Change change={change} />
      <h3>{say('net.approve')}</h3>
      <p>{say('net.approve.command')}</p>
      <p><bdi><code>epione policy approve {documentHash} --key key.pem</code></bdi></p>
      {canSign
        ? (
          <>
            <p>{say('net.approve.here')}</p>
            <Dropped label={key === undefined ? say('net.key.drop') : key.name} choose={say('net.key.choose')} onFile={setKey} />
            {key === undefined
              ? null
              : (
                <p>
                  <Act
                    room='administration' action='approve' input={{ documentHash, key }} label={say('net.approve.do')} about={`${nameOf(proposedBy)}, ${say('net.versionNumber', { number: version })}`}
                    look='main' onDone={(done) => { setKey(undefined); onApproved(done) }}
                  />
                </p>
                )}
          </>
          )
        : <p>{say('net.approve.served')}</p>}
    </section>
  )
}
