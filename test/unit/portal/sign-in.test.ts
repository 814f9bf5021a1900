import t from 'tap'
import type { IdentityProvider, Tokens } from '@epione/sdk/sign-in'
import type { KeptSignIn, SignIn } from '../../../portal/src/worker/sign-in/kept-sign-in.ts'
import { Session } from '../../../portal/src/worker/sign-in/session.ts'

/* A sign-in that several tabs of one person share on their machine. */

const MINUTE = 60_000
const signInOf = (change: Partial<SignIn> = {}): SignIn => ({
  issuer: 'https://idp.example',
  clientId: 'epione-portal',
  scope: 'user/DocumentReference.rs',
  accessToken: 'first',
  refreshToken: 'r1',
  subject: 'dr-a',
  expiresAt: Date.now() + 5 * MINUTE,
  renewFrom: Date.now() + 4 * MINUTE,
  ...change
})
/** One whose token is to be exchanged. */
const due = (change: Partial<SignIn> = {}): SignIn => signInOf({ renewFrom: Date.now() - 1, ...change })

/** What lies on the machine, and what the provider was asked. */
class Machine {
  there: SignIn | undefined
  readonly asked: string[] = []
  /** Done while the provider thinks. */
  meanwhile = async (): Promise<void> => { await Promise.resolve() }
  readonly #sessions: Session[] = []

  tab (signIn: SignIn): Session {
    const kept = {
      read: () => Promise.resolve(this.there),
      write: (next: SignIn) => { this.there = next; return Promise.resolve() },
      forget: () => { this.there = undefined; return Promise.resolve() }
    }
    const provider = {
      refresh: async (token: string): Promise<Tokens> => {
        this.asked.push(`refresh ${token}`)
        await this.meanwhile()
        return { accessToken: `after ${token}`, refreshToken: `${token}+`, expiresAt: Date.now() + 5 * MINUTE }
      },
      revoke: (token: string) => { this.asked.push(`revoke ${token}`); return Promise.resolve(true) }
    }
    const session = new Session(signIn, () => Promise.resolve(provider as unknown as IdentityProvider), kept as unknown as KeptSignIn)
    this.#sessions.push(session)
    return session
  }

  close (): void {
    for (const session of this.#sessions) session.close()
  }
}

function machine (t: { teardown: (work: () => void) => void }): Machine {
  const machine = new Machine()
  t.teardown(() => { machine.close() })
  return machine
}

t.test('one tab exchanges the token, and the others take what it got', async (t) => {
  const shared = machine(t)
  shared.there = due()
  const tabs = [shared.tab(shared.there), shared.tab(shared.there)]
  const tokens = await Promise.all(tabs.map(async (tab) => await tab.token()))
  t.same(shared.asked, ['refresh r1'])
  for (const token of tokens) t.equal(token.authorize({ id: 'core', mspId: 'CoreMSP', name: 'Core', url: 'https://core.example' }), 'Bearer after r1')
})

t.test('who signed out in one tab is signed out in the others, also where the provider was not told', async (t) => {
  const shared = machine(t)
  shared.there = due()
  const other = shared.tab(shared.there)
  shared.there = undefined
  await t.rejects(other.token(), { code: 'SIGNED_OUT' })
  t.same(shared.asked, [], 'nothing of it is exchanged any more')
  t.equal(shared.there, undefined, 'nor laid there again')
})

t.test('signing out while another tab exchanges ends what that one got', async (t) => {
  const shared = machine(t)
  shared.there = due()
  const [here, other] = [shared.tab(shared.there), shared.tab(shared.there)]
  let ended: Promise<void> | undefined
  shared.meanwhile = async () => { ended = here.end(); await Promise.resolve() }
  await other.token()
  await ended
  t.equal(shared.there, undefined)
  t.same(shared.asked, ['refresh r1', 'revoke r1+'])
})

t.test('a tab takes on nobody else\'s sign-in, and sends no token of another provider\'s to its own', async (t) => {
  for (const change of [{ subject: 'dr-b' }, { issuer: 'https://idp.elsewhere.example' }, { clientId: 'epione-pages' }]) {
    const shared = machine(t)
    const tab = shared.tab(due())
    const theirs = due({ ...change, accessToken: 'theirs', refreshToken: 'their r' })
    shared.there = theirs
    await t.rejects(tab.token(), { code: 'SIGNED_OUT' }, JSON.stringify(change))
    await tab.end()
    t.same(shared.asked, ['revoke r1'])
    t.equal(shared.there, theirs, 'it stays for whoever it is of')
  }
})
