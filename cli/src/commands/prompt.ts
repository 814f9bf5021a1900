import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { ClientError } from '@epione/sdk'
import type { Io } from './io.ts'
import { plain } from './output.ts'

/** True when a person sits at the other end. */
export function canAsk (io: Io): boolean {
  return io.stdin.isTTY === true && io.stderr.isTTY === true
}

/** Asks for a yes before what cannot be undone. @throws {ClientError} USAGE where nobody can be asked, DECLINED for any other answer */
export async function requireYes (io: Io, what: string): Promise<void> {
  if (!canAsk(io)) throw new ClientError('USAGE', `${what} Say --yes when nobody can be asked.`)
  if (!await saysYes(io, `${what} Type yes: `)) throw new ClientError('DECLINED', 'Nothing was done.')
}

export async function saysYes (io: Io, question: string): Promise<boolean> {
  return (await ask(io, question)).trim().toLowerCase() === 'yes'
}

/** Asks on the terminal; with `hidden`, what is typed is not shown. @throws {ClientError} USAGE when the person breaks off */
export async function ask (io: Io, question: string, { hidden = false } = {}): Promise<string> {
  let muted = false
  const output = new Writable({
    write (chunk: Buffer, _encoding, done) {
      if (!muted) io.stderr.write(chunk.toString())
      done()
    }
  })
  const lines = createInterface({ input: io.stdin, output, terminal: true })
  const brokenOff = new AbortController()
  lines.once('close', () => brokenOff.abort())
  try {
    const answer = lines.question(plain(question), { signal: brokenOff.signal })
    muted = hidden
    return await answer
  } catch (error) {
    throw new ClientError('USAGE', 'Broken off: nothing was done.', {}, { cause: error })
  } finally {
    lines.close()
    if (hidden) io.stderr.write('\n')
  }
}
