import { join } from 'node:path'
import t from 'tap'
import type { Home } from '../../../cli/src/home.ts'
import type { GatewayInfo } from '@epione/sdk'
import { KeptSignIn } from '../../../cli/src/sign-in/kept-sign-in.ts'
import { startTestProvider } from '../../helpers/identity.ts'

const ALICE = { subject: 'dr-alice', password: 'correct', duties: ['clinician' as const] }
const LIFE_SECONDS = 2

t.test('a command that runs for long gets over an identity provider that is away for a while', async (t) => {
  const folder = t.testdir()
  const provider = await startTestProvider(t, join(folder, 'identity'), { people: [ALICE], env: { ACCESS_TOKEN_SECONDS: String(LIFE_SECONDS) } })
  let file: string | undefined
  let isAway = false
  const home = {
    folder,
    signInFile: join(folder, 'sign-in.json'),
    findSignIn: async () => {
      await Promise.resolve()
      if (isAway) throw new Error('away')
      return file
    },
    keepSignIn: async (text: string) => { await Promise.resolve(); file = text }
  } as unknown as Home
  const kept = new KeptSignIn(home, { passphrase: async () => await Promise.resolve('a horse that is correct'), keys: async () => await Promise.resolve(undefined) })
  t.teardown(() => { kept.close() })
  const { access_token: accessToken, refresh_token: refreshToken = '', scope = '' } = await provider.signIn(ALICE, 'user/DocumentReference.rs')
  await kept.keep({
    issuer: provider.issuer, clientId: 'epione-cli', audience: provider.audience, caPem: provider.caPem, scope, accessToken, refreshToken, expiresAt: Date.now()
  })
  const token = await kept.token()
  const shown = (): string => token.authorize({} as GatewayInfo)
  const first = shown()
  const untilEnd = async (): Promise<void> => { await new Promise((resolve) => { setTimeout(resolve, LIFE_SECONDS * 1000 + 100) }) }
  await untilEnd()
  isAway = true
  await t.rejects(kept.token(), /away/, 'one that has ended is not given out')
  isAway = false
  t.equal(await kept.token(), token, 'whoever holds it holds the next')
  t.not(shown(), first)
  await untilEnd()
  const [a, b] = await Promise.all([kept.token(), kept.token()])
  t.equal(a, b, 'exchanged once for all who wait')
})
