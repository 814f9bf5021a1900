import { useCallback, useEffect, useState } from 'react'
import type { JSX } from 'react'
import { Button } from 'react-aria-components/Button'
import { useSpeech } from '../../i18n/language.tsx'
import { Choice } from '../../parts/fields.tsx'
import { useKeptPlace } from '../../parts/keep-place.ts'
import { Waiting } from '../../parts/page.tsx'
import { awaitTransaction, findWallets, submitBatch, verifyByWallet, Wallet, WalletError } from '../../wallet/index.ts'
import type { ChainPins, FoundWallet, Standing } from '../../wallet/index.ts'
import { useTried, WalletFault } from './tried.tsx'

interface Wanted {
  text: string
  pins: ChainPins
  chain: { name: string, chainId: number } | undefined
  onStanding: (standing: Standing) => void
}

/** Wallets of this browser, one of which asks the chain: found once somebody looks. */
export function WithWallet (wanted: Wanted): JSX.Element {
  const { say } = useSpeech()
  const [found, setFound] = useState<FoundWallet[]>()
  const [chosen, setChosen] = useState('')
  const { busy, run } = useTried()
  const look = useCallback(() => { run('chain.looking', async () => { setFound(await findWallets()) }) }, [run])
  useEffect(look, [look])
  const wallet = found?.find(({ id }) => id === chosen) ?? found?.[0]
  return (
    <>
      <p className='hint'>{say('chain.why')}</p>
      {busy === undefined ? null : <Waiting>{say(busy)}</Waiting>}
      {found !== undefined && wallet === undefined
        ? <p className='notice' role='status'>{say('chain.none')} <Button onPress={look}>{say('chain.look')}</Button></p>
        : null}
      {found !== undefined && found.length > 1
        ? <Choice label={say('chain.which')} value={wallet?.id ?? ''} options={found.map(({ id, name }) => ({ id, name }))} onChange={setChosen} />
        : null}
      {wallet === undefined ? null : <Asked key={wallet.id} {...wanted} found={wallet} />}
    </>
  )
}

function Asked ({ text, pins, chain, onStanding, found }: Wanted & { found: FoundWallet }): JSX.Element {
  const { say } = useSpeech()
  const chainId = pins.chainId ?? chain?.chainId ?? 0
  const [wallet] = useState(() => new Wallet(found.provider, chainId))
  const [waits, setWaits] = useState(false)
  const gone = useGone()
  const isPublished = pins.contract !== undefined
  const verify = async (): Promise<void> => {
    const standing = await verifyByWallet(wallet, text, pins)
    setWaits(standing.state === 'waits')
    onStanding(standing)
  }
  const submit = async (): Promise<void> => {
    const { contract } = pins
    if (contract === undefined) throw new TypeError('nothing is sent to a contract that nobody published')
    const { transactionHash } = await submitBatch(wallet, text, { ...pins, contract })
    await awaitTransaction(wallet, transactionHash, gone)
    await verify()
  }
  const move = async (): Promise<void> => {
    await wallet.switchChain()
    await verify()
  }
  const { busy, fault, run } = useTried()
  const pending = { 'data-pending': busy === undefined ? undefined : true }
  return (
    <>
      <div className='choices'>
        <Button className='main' onPress={() => { run('chain.asking', verify) }} {...pending}>{say('chain.verify', { wallet: found.name })}</Button>
        {waits && isPublished ? <Button onPress={() => { run('chain.sending', submit) }} {...pending}>{say('chain.submit')}</Button> : null}
      </div>
      {waits ? <p className='hint'>{say(isPublished ? 'chain.submit.means' : 'chain.submit.unpublished')}</p> : null}
      {busy === undefined ? null : <Waiting>{say(busy)}</Waiting>}
      {fault === undefined
        ? null
        : <WalletFault fault={fault}>{isElsewhere(fault) ? <Move chainId={chainId} move={() => { run('chain.moving', move) }} /> : null}</WalletFault>}
    </>
  )
}

const isElsewhere = (fault: unknown): boolean => fault instanceof WalletError && fault.code === 'CHAIN_WRONG'

/** Has the wallet change to the chain of this network. */
function Move ({ chainId, move }: { chainId: number, move: () => void }): JSX.Element {
  const { say } = useSpeech()
  const button = useKeptPlace()
  return <Button ref={button} onPress={move}>{say('chain.move', { chain: String(chainId) })}</Button>
}

/** Over once the part of the page that asks is. */
function useGone (): AbortSignal {
  const [ends] = useState(() => new AbortController())
  useEffect(() => () => { ends.abort() }, [ends])
  return ends.signal
}
