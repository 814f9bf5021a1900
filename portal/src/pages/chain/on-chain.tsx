import { useEffect, useState } from 'react'
import type { JSX } from 'react'
import type { PublishedAnchor } from '@epione/sdk'
import { useAsked } from '../../ask/use-asked.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { Asking } from '../../parts/asking.tsx'
import { Waiting } from '../../parts/page.tsx'
import { Facts } from '../../parts/said.tsx'
import { Warnings } from '../../parts/warnings.tsx'
import { chainOf, verifyOffline } from '../../wallet/index.ts'
import type { ChainPins, Standing } from '../../wallet/index.ts'
import { PublishedGiven } from './published.tsx'
import { useTried, WalletFault } from './tried.tsx'
import { WithWallet } from './with-wallet.tsx'

/** A proof verified in this page: by itself, and by a wallet on the chain. */
export default function OnChain ({ text }: { text: string }): JSX.Element {
  const asked = useAsked('chain', 'readChain', undefined)
  const { value } = asked
  const [given, setGiven] = useState<PublishedAnchor>()
  if (value === undefined) return <Asking asked={asked} />
  const published = given ?? value.anchor
  const pins: ChainPins = {
    networkId: value.networkId,
    ...(published === undefined ? {} : { chainId: published.chainId, contract: published.address.slice(2).toLowerCase() })
  }
  return (
    <>
      <Judged key={`${text} ${JSON.stringify(pins)}`} text={text} pins={pins} />
      {value.anchor === undefined ? <PublishedGiven given={given} onGiven={setGiven} /> : null}
    </>
  )
}

function Judged ({ text, pins }: { text: string, pins: ChainPins }): JSX.Element {
  const { say } = useSpeech()
  const [standing, setStanding] = useState<Standing>()
  const { busy, fault, run } = useTried()
  // Other input has a part of its own.
  const [first] = useState({ text, pins })
  useEffect(() => { run('chain.verifying', async () => { setStanding(await verifyOffline(first.text, first.pins)) }) }, [run, first])
  return (
    <>
      {busy === undefined ? null : <Waiting>{say(busy)}</Waiting>}
      {fault === undefined ? null : <WalletFault fault={fault} />}
      {standing === undefined ? null : <Stands standing={standing} />}
      {standing === undefined || standing.state === 'unsigned'
        ? null
        : <WithWallet text={text} pins={pins} chain={chainOf(text)} onStanding={setStanding} />}
    </>
  )
}

/** How far the event has come, and what was verified for it. */
function Stands ({ standing }: { standing: Standing }): JSX.Element {
  const { say, number, time } = useSpeech()
  if (standing.state === 'unsigned') return <p role='status'>{say('chain.state.unsigned')}</p>
  const { state, verdict: { event, block, batch, signedBy, witnesses, chain, since, warnings } } = standing
  return (
    <>
      <p role='status'><span className={`badge ${state === 'included' || state === 'final' ? 'permit' : ''}`}>{say(`chain.state.${state}`)}</span></p>
      <Facts lines={[
        { label: 'chain.event', value: event.eventId, kind: 'code' },
        { label: 'log.decision', value: `log.${event.decision}`, kind: 'message' },
        { label: 'chain.batch', value: say('chain.batch.of', { batch: number(batch), block: number(block) }), kind: 'text' },
        { label: 'chain.signed', value: say('chain.signed.of', { signed: signedBy.length, witnesses }), kind: 'text' },
        { label: 'chain.id', value: `${chain.name} (${String(chain.chainId)})`, kind: 'text' },
        { label: 'chain.contract', value: chain.contract, kind: 'code' },
        ...(chain.transactionHash === undefined ? [] : [{ label: 'chain.transaction', value: `0x${chain.transactionHash}`, kind: 'code' } as const]),
        ...(since === undefined ? [] : [{ label: 'chain.since', value: time(Date.parse(since)), kind: 'text' } as const])
      ]}
      />
      <Warnings warnings={warnings} />
    </>
  )
}
