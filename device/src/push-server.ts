import { timingSafeEqual, createHash, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { readTextIfExists, replaceFile } from '@epione/host'
import { isClientError, messageOf } from '@epione/sdk'
import type { ClientError } from '@epione/sdk'
import { takeLines } from './intake.ts'
import type { Intake } from './intake.ts'

/** Largest push in bytes. */
const BODY_MAX = 1_048_576

/** The token that a push must show, made once. */
export async function readPushToken (path: string): Promise<string> {
  const known = (await readTextIfExists(path))?.trim() ?? ''
  if (/^[0-9a-f]{64}$/.test(known)) return known
  const token = randomBytes(32).toString('hex')
  await replaceFile(path, `${token}\n`)
  return token
}

/**
 * Takes measurements by HTTP on the loopback interface alone: `POST /samples` with the token, lines of JSON as on standard input. Answered
 * 202 when all lines were taken, 400 with the line that was none (those before it were taken), 507 when all were taken and, as the disk is
 * full, wait in memory: who sends them again measures twice.
 */
export class PushServer {
  readonly #server: Server
  readonly #intake: Intake
  readonly #token: Buffer

  private constructor (intake: Intake, token: string) {
    this.#intake = intake
    this.#token = digest(token)
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch((error: unknown) => { answer(response, 500, { code: 'UNEXPECTED', detail: messageOf(error) }) })
    })
  }

  static async start (intake: Intake, token: string, port: number): Promise<PushServer> {
    const server = new PushServer(intake, token)
    server.#server.listen(port, '127.0.0.1')
    await once(server.#server, 'listening')
    return server
  }

  get port (): number {
    return (this.#server.address() as AddressInfo).port
  }

  async close (): Promise<void> {
    this.#server.close()
    this.#server.closeAllConnections()
    await Promise.resolve()
  }

  async #serve (request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, token = ''] = /^Bearer ([0-9a-f]{1,128})$/.exec(request.headers.authorization ?? '') ?? []
    if (!timingSafeEqual(digest(token), this.#token)) { answer(response, 401, { code: 'TOKEN_REQUIRED', detail: 'show the token of push.token' }); return }
    if (request.method !== 'POST' || request.url !== '/samples') { answer(response, 404, { code: 'NOT_FOUND', detail: 'POST /samples' }); return }
    const body = await read(request)
    if (body === undefined) { answer(response, 413, { code: 'TOO_LARGE', detail: `at most ${BODY_MAX} bytes` }); return }
    try {
      await this.#take(body, response)
    } catch (error) {
      if (!isClientError(error)) throw error
      answer(response, 400, { code: error.code, detail: error.message, ...(error.details['line'] === undefined ? {} : { line: error.details['line'] }) })
    }
  }

  async #take (body: string, response: ServerResponse): Promise<void> {
    let full: ClientError | undefined
    const taken = await takeLines(this.#intake, body.split('\n'), (error) => { full = error })
    answer(response, full === undefined ? 202 : 507, { taken, ...(full === undefined ? {} : { code: full.code, detail: full.message }) })
  }
}

async function read (request: IncomingMessage): Promise<string | undefined> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of request as AsyncIterable<Buffer>) {
    size += piece.length
    if (size > BODY_MAX) return undefined
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('utf8')
}

const digest = (token: string): Buffer => createHash('sha256').update(token).digest()

function answer (response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', connection: status === 413 ? 'close' : 'keep-alive' }).end(JSON.stringify(body))
}
