import { connect } from 'node:net'
import { rm } from 'node:fs/promises'
import { ringOfSeeds } from '@epione/crypto'
import type { KeyRing, Purpose } from '@epione/crypto'
import { ANSWER_BYTES, EXCHANGE_MS, hashOfKeystore, parseKeys } from './frame.ts'
import type { AgentRequest, AgentRole } from './frame.ts'
import { isOwnFolder } from './place.ts'
import type { AgentPlace } from './place.ts'

/** What the commands of a home need of its keys: an agent gets, and gives, no more. */
export const PURPOSES_OF: Readonly<Record<AgentRole, readonly Purpose[]>> = {
  patient: ['identity', 'compartments', 'kfragSigning', 'search', 'devices', 'labels', 'recovery'],
  practitioner: ['receiving', 'requestSigning', 'search', 'envelopes', 'recovery'],
  guardian: ['recovery']
}

/** Keys for the home with this keystore, from its agent; `undefined` where there is none, or none that is of any use. */
export async function askForKeys (place: AgentPlace | undefined, role: AgentRole, keystore: string): Promise<KeyRing | undefined> {
  if (place === undefined || !await isOwnFolder(place.folder)) return undefined
  const answer = await exchange(place, { ask: 'keys', keystore: hashOfKeystore(keystore) })
  const given = answer === undefined ? undefined : parseKeys(answer)
  const purposes = PURPOSES_OF[role]
  if (given?.role !== role || given.keys.length !== purposes.length * 32) return undefined
  const ring = ringOfSeeds(given.keys, purposes)
  given.keys.fill(0)
  return ring
}

/** Has all agents of a home forget its keys; true where there was one. */
export async function endAgents (places: readonly AgentPlace[]): Promise<boolean> {
  return (await Promise.all(places.map(endAgent))).includes(true)
}

/** Its socket is gone afterwards in any case, and an agent that sleeps ends when it sees that. */
async function endAgent (place: AgentPlace): Promise<boolean> {
  if (!await isOwnFolder(place.folder)) return false
  const answer = await exchange(place, { ask: 'end' })
  await rm(place.socket, { force: true })
  return answer !== undefined
}

/** The line that an agent answers, or `undefined`: nobody listens, too late, or too much. */
async function exchange ({ socket: path }: AgentPlace, request: AgentRequest): Promise<string | undefined> {
  const socket = connect(path)
  // Whatever fails is thrown where the answer is read.
  socket.on('error', () => undefined)
  const timer = setTimeout(() => { socket.destroy() }, EXCHANGE_MS)
  try {
    socket.write(`${JSON.stringify(request)}\n`)
    let text = ''
    for await (const chunk of socket as AsyncIterable<Buffer>) {
      text += chunk.toString('utf8')
      if (text.length > ANSWER_BYTES) return undefined
    }
    return text.endsWith('\n') ? text.trimEnd() : undefined
  } catch {
    // A socket that a killed agent left, or somebody who is none: the pass-phrase opens the keystore all the same.
    return undefined
  } finally {
    clearTimeout(timer)
    socket.destroy()
  }
}
