import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Provider } from 'oidc-provider'
import type { Floods } from './floods.ts'
import type { Guesses } from './guesses.ts'
import { PAGE_HEADERS, renderPage, signInForm } from './pages.ts'
import type { People } from './people.ts'

/** Name and password, percent-encoded. */
const BODY_BYTES_MAX = 8192
/** Longest name of a person. */
const SUBJECT_MAX = 255

export interface SignInPage { provider: Provider, people: People, organization: string, floods: Floods, guesses: Guesses }

/** Answers `/sign-in/ID`: shows the form, checks what was typed, and leads back to what was asked for. */
export function createSignInPage ({ provider, people, organization, floods, guesses }: SignInPage): (
  request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    const show = (status: number, subject: string, fault?: string): void => {
      const body = signInForm(request.url ?? '', subject)
      response.writeHead(status, PAGE_HEADERS).end(renderPage({ organization, title: 'Sign in', body, fault }))
    }
    const ended = (): void => {
      const fault = 'This sign-in has ended, or was begun in another browser: start again where you came from.'
      response.writeHead(400, PAGE_HEADERS).end(renderPage({ organization, title: 'Sign in', body: '', fault }))
    }
    const interaction = await provider.interactionDetails(request, response).catch(() => undefined)
    if (interaction === undefined || request.url !== `/sign-in/${interaction.uid}`) { ended(); return }
    if (request.method === 'GET') { show(200, ''); return }
    const typed = await readTyped(request)
    const refused = await judge({ people, floods, guesses }, request.socket.remoteAddress ?? '', typed)
    if (refused !== undefined) {
      if (refused.waitSeconds !== undefined) response.setHeader('retry-after', String(refused.waitSeconds))
      show(refused.status, typed.subject.slice(0, SUBJECT_MAX), refused.fault)
      return
    }
    // Typing a password is the yes, too, that is asked for where any program of the workstation may say it is this client (RFC 8252, 8.6).
    await provider.interactionFinished(request, response, { login: { accountId: typed.subject, remember: false }, consent: {} })
  }
}

interface Typed { subject: string, password: string }
interface Refused { status: number, fault: string, waitSeconds?: number }

/** Why what was typed signs nobody in; `undefined` for a person's own password. */
async function judge (
  { people, floods, guesses }: Pick<SignInPage, 'people' | 'floods' | 'guesses'>, address: string, { subject, password }: Typed
): Promise<Refused | undefined> {
  if (subject === '' || password === '' || subject.length > SUBJECT_MAX) return { status: 400, fault: 'Type your name and your password.' }
  const waitSeconds = guesses.waitSeconds(subject, address)
  if (waitSeconds > 0) return { status: 429, fault: `Too many wrong passwords for this name: try again in ${String(waitSeconds)} seconds.`, waitSeconds }
  const isRight = await floods.lookAt(address, async () => {
    guesses.begin(subject, address)
    return await people.isPassword(subject, password)
  })
  if (isRight === undefined) return { status: 429, fault: 'Others are signing in from here at this moment: try again in a second.', waitSeconds: 1 }
  if (!isRight) return { status: 401, fault: 'Name or password is wrong.' }
  guesses.right(subject, address)
  return undefined
}

async function readTyped (request: IncomingMessage): Promise<Typed> {
  const form = await readForm(request)
  return { subject: form?.get('subject')?.trim() ?? '', password: form?.get('password') ?? '' }
}

async function readForm (request: IncomingMessage): Promise<URLSearchParams | undefined> {
  if (request.method !== 'POST' || !/^application\/x-www-form-urlencoded(;|$)/.test(request.headers['content-type'] ?? '')) return undefined
  const pieces: Buffer[] = []
  let bytes = 0
  for await (const piece of request as AsyncIterable<Buffer>) {
    bytes += piece.length
    if (bytes > BODY_BYTES_MAX) return undefined
    pieces.push(piece)
  }
  return new URLSearchParams(Buffer.concat(pieces).toString('utf8'))
}
