import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { ClientError } from '@epione/sdk'
import type { AgentCharge } from './key-agent.ts'
import { makeAgentFolder } from './place.ts'
import type { AgentPlace } from './place.ts'

/** The same spelling finds it among compiled files and in the bundle. */
const PROGRAM = fileURLToPath(new URL('./agent-main.js', import.meta.url))

/**
 * Starts the agent of a home as a process of its own, with nothing of this one's environment, terminal or folder: no dump of its memory is
 * written when it dies, and no signal makes it open a debugger's port. Returns its process id. @throws {ClientError} AGENT_UNAVAILABLE
 */
export async function startAgent (place: AgentPlace, charge: Omit<AgentCharge, 'socket'>, keys: Uint8Array): Promise<number> {
  const wrong = await makeAgentFolder(place.folder)
  if (wrong !== undefined) throw unavailable(wrong)
  const program = [process.execPath, '--disable-sigusr1', PROGRAM, JSON.stringify({ ...charge, socket: place.socket })]
  const child = spawn('/bin/sh', ['-c', 'ulimit -c 0; exec "$@"', 'sh', ...program], {
    cwd: '/', env: {}, detached: true, stdio: ['pipe', 'pipe', 'ignore']
  })
  const failed = once(child, 'error').then(([error]) => String(error))
  child.stdin.on('error', () => undefined)
  child.stdin.end(keys)
  const said = await Promise.race([failed, readAll(child.stdout)])
  child.unref()
  if (said !== 'listening' || child.pid === undefined) throw unavailable(said === '' ? 'it ended at once.' : `${said}.`)
  return child.pid
}

async function readAll (output: AsyncIterable<Buffer>): Promise<string> {
  let text = ''
  for await (const chunk of output) text += chunk.toString()
  return text.trim()
}

/** The error that says that keys stay locked. */
export function unavailable (why: string): ClientError {
  return new ClientError('AGENT_UNAVAILABLE', `No agent can keep keys here: ${why} Commands ask for the pass-phrase as before.`)
}
