import { chmodSync, lstatSync, readFileSync, renameSync, unlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import type { Server, Socket } from 'node:net'
import { uptime } from 'node:os'
import { EXCHANGE_MS, hashOfKeystore, parseRequest, REQUEST_BYTES } from './frame.ts'
import type { AgentAnswer, AgentRefusal, AgentRole } from './frame.ts'

/** Time in ms between two looks at the clock, the keystore and the socket. */
const LOOK_MS = 1_000
const CONNECTIONS = 16
const PRIVATE_SOCKET_MODE = 0o600

/** What one agent keeps, and how long. */
export interface AgentCharge {
  socket: string
  keystoreFile: string
  /** Hash of the keystore that the keys are of. */
  keystore: string
  role: AgentRole
  seconds: number
}

/** Seconds since the machine was started, its sleep included, whatever its clock is set to. */
export type Uptime = () => number

/**
 * Keeps keys of one home in memory and gives them to whoever may connect to its socket: this account alone. It ends at its limit, when it
 * is told to, when another agent takes its place, and when the keystore is not the one any more whose keys it has.
 */
export class KeyAgent {
  readonly #charge: AgentCharge
  readonly #keys: Buffer
  readonly #uptime: Uptime
  readonly #endsAt: number
  readonly #server: Server
  readonly #open = new Set<Socket>()
  readonly ended: Promise<void>
  #timer: NodeJS.Timeout | undefined
  #inode: number | undefined
  #isOver = false

  /** Takes `keys` over: they are wiped at the end. */
  constructor (charge: AgentCharge, keys: Buffer, clock: Uptime = uptime) {
    this.#charge = charge
    this.#keys = keys
    this.#uptime = clock
    this.#endsAt = clock() + charge.seconds
    this.#server = createServer({ allowHalfOpen: true }, (socket) => { this.#receive(socket) })
    this.#server.maxConnections = CONNECTIONS
    this.ended = new Promise((resolve) => this.#server.once('close', resolve))
  }

  /** Listens under a name of its own and then takes the place of whatever was there, in one step. */
  async listen (): Promise<void> {
    const { socket } = this.#charge
    const fresh = `${socket}.${process.pid}`
    remove(fresh)
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen(fresh, resolve)
    })
    this.#server.on('error', () => { this.end() })
    chmodSync(fresh, PRIVATE_SOCKET_MODE)
    this.#inode = lstatSync(fresh).ino
    renameSync(fresh, socket)
    this.#timer = setInterval(() => { if (!this.#isDue()) this.end() }, LOOK_MS)
  }

  /** Forgets the keys and goes. */
  end (): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#keys.fill(0)
    clearInterval(this.#timer)
    if (this.#holdsPlace()) remove(this.#charge.socket)
    this.#server.close()
    for (const socket of this.#open) socket.destroySoon()
  }

  #isDue (): boolean {
    return !this.#isOver && this.#uptime() < this.#endsAt && this.#holdsPlace() && this.#hasItsKeystore()
  }

  #holdsPlace (): boolean {
    return attempt(() => lstatSync(this.#charge.socket).ino) === this.#inode
  }

  #hasItsKeystore (): boolean {
    return attempt(() => hashOfKeystore(readFileSync(this.#charge.keystoreFile))) === this.#charge.keystore
  }

  #receive (socket: Socket): void {
    const chunks: Buffer[] = []
    let size = 0
    this.#open.add(socket)
    const timer = setTimeout(() => { socket.destroy() }, EXCHANGE_MS)
    socket.once('close', () => { clearTimeout(timer); this.#open.delete(socket) })
    // Whoever asks and goes away has lost nothing but the answer.
    socket.on('error', () => { socket.destroy() })
    const finish = (answer: AgentAnswer): void => {
      socket.off('data', take)
      socket.resume()
      socket.end(`${JSON.stringify(answer)}\n`)
    }
    const take = (chunk: Buffer): void => {
      chunks.push(chunk)
      size += chunk.length
      if (size > REQUEST_BYTES) finish(refused('REQUEST_TOO_LARGE', `A request has at most ${REQUEST_BYTES} bytes.`))
      else if (chunk.includes('\n')) {
        const answer = this.#answer(Buffer.concat(chunks).toString('utf8').split('\n', 1)[0] ?? '')
        finish(answer)
        if ('ended' in answer || !this.#isDue()) this.end()
      }
    }
    socket.on('data', take)
    socket.once('end', () => { if (!socket.writableEnded) finish(refused('REQUEST_INVALID', 'A request is one line.')) })
  }

  #answer (line: string): AgentAnswer {
    const request = parseRequest(line)
    if (request === undefined) return refused('REQUEST_INVALID', 'No such request is known here.')
    if (request.ask === 'end') return { ended: true }
    if (!this.#isDue()) return refused('LOCKED', 'The time is over, or the keystore is another: run "epione unlock" again.')
    if (request.keystore !== this.#charge.keystore) return refused('KEYSTORE_OTHER', 'These are keys of another keystore.')
    return { role: this.#charge.role, keys: this.#keys.toString('base64') }
  }
}

function refused (code: AgentRefusal, message: string): AgentAnswer {
  return { error: { code, message } }
}

function remove (path: string): void {
  attempt(() => { unlinkSync(path) })
}

/** What cannot be read or removed is not there, as far as an agent is concerned: it then has nothing to stay for. */
function attempt<T> (look: () => T): T | undefined {
  try {
    return look()
  } catch {
    return undefined
  }
}
