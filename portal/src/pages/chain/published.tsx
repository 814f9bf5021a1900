import { useState } from 'react'
import type { JSX } from 'react'
import type { PublishedAnchor } from '@epione/sdk'
import { useSay } from '../../i18n/language.tsx'
import { Dropped } from '../../parts/dropped.tsx'

/** Takes the file that the consortium publishes; without it, the proof's own word stands for the contract. */
export function PublishedGiven ({ given, onGiven }: {
  given: PublishedAnchor | undefined, onGiven: (published: PublishedAnchor) => void
}): JSX.Element {
  const say = useSay()
  const [isWrong, setWrong] = useState(false)
  const take = async (file: File): Promise<void> => {
    const published = readPublished(await file.slice(0, 4_096).text())
    setWrong(published === undefined)
    if (published !== undefined) onGiven(published)
  }
  return (
    <details open={given === undefined}>
      <summary>{say('chain.published')}</summary>
      <p>{say('chain.published.why')}</p>
      <Dropped label={say('chain.published.drop')} choose={say('chain.published.choose')} onFile={(file) => { if (file !== undefined) void take(file) }} />
      {isWrong ? <p role='alert' className='notice bad'>{say('chain.published.wrong')}</p> : null}
      {given === undefined ? null : <p role='status'><bdi><code>{given.address}</code></bdi></p>}
    </details>
  )
}

function readPublished (text: string): PublishedAnchor | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  const { chainId, address } = Object(value) as { chainId?: unknown, address?: unknown }
  if (typeof chainId !== 'number' || !Number.isSafeInteger(chainId) || chainId < 1) return undefined
  return typeof address === 'string' && /^0x[0-9a-fA-F]{40}$/.test(address) ? { chainId, address } : undefined
}
