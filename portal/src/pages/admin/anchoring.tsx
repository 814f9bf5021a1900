import type { JSX } from 'react'
import type { HospitalState } from '@epione/protocol/api'
import { useSay, useSpeech } from '../../i18n/language.tsx'
import { sayCode } from '../../parts/said.tsx'
import { AdminPage, OwnState } from './admin-page.tsx'
import { sayEther } from './say-ether.ts'

/** Age (ms) from which the anchor service's last word is an old one: it speaks twice a minute at least. */
const OLD_MS = 2 * 60_000

/** How far anchoring is behind the ledger, and what it costs, by the own anchor service. */
export default function AnchoringPage (): JSX.Element {
  const say = useSay()
  return (
    <AdminPage title={say('net.anchoring')} lead={say('net.anchoring.lead')}>
      <OwnState parts={['anchoring']}>
        {({ anchoring, time, unread }) => anchoring === undefined
          ? unread.includes('anchoring') ? null : <p className='notice'>{say('net.anchoring.none')}</p>
          : <Told anchoring={anchoring} now={time} />}
      </OwnState>
    </AdminPage>
  )
}

function Told ({ anchoring, now }: { anchoring: NonNullable<HospitalState['anchoring']>, now: number }): JSX.Element {
  const { say, number, time, language } = useSpeech()
  const { network, chainId, contract, head, ledgerHeight, lagBlocks, lagSeconds, balanceWei, costWei, batches, alarms, toldAt } = anchoring
  const facts: Array<[term: string, value: string]> = [
    [say('net.anchor.chain'), `${network} (${String(chainId)})`],
    [say('net.anchor.contract'), `0x${contract}`],
    [say('net.anchor.head'), number(head.batch)],
    [say('net.anchor.last'), head.lastBlock < 0 ? say('net.anchor.nothing') : number(head.lastBlock)],
    [say('net.height'), number(ledgerHeight)],
    [say('net.anchor.lag'), number(lagBlocks)],
    [say('net.anchor.oldest'), say('net.seconds', { count: Math.round(lagSeconds) })],
    [say('net.anchor.final'), number(batches)],
    [say('net.anchor.balance'), sayEther(language, balanceWei)],
    [say('net.anchor.cost'), sayEther(language, costWei)],
    [say('net.anchor.told'), time(toldAt)]
  ]
  return (
    <>
      {now - toldAt > OLD_MS ? <p className='notice bad' role='alert'>{say('net.anchor.old', { time: time(toldAt) })}</p> : null}
      {alarms.length === 0
        ? null
        : (
          <section className='notice bad' aria-label={say('net.anchor.alarms')}>
            <strong>{say('net.anchor.alarms')}</strong>
            <ul>{alarms.map((alarm) => <li key={alarm}>{sayCode(say, 'net.alarm', alarm)}</li>)}</ul>
          </section>
          )}
      <dl className='facts'>{facts.map(([term, value]) => <div key={term}><dt>{term}</dt><dd><bdi>{value}</bdi></dd></div>)}</dl>
    </>
  )
}
