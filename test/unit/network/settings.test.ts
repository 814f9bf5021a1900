import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { Environment as AnchorEnvironment } from '../../../anchor/src/service/settings.ts'
import { Environment as GatewayEnvironment } from '../../../gateway/src/config.ts'
import { LIMIT_SETTINGS } from '../../../gateway/src/http/limits.ts'
import { Environment as IdentityEnvironment } from '../../../identity/src/settings.ts'
import { ANCHOR_PASS_THROUGH, GATEWAY_LIMITS, GATEWAY_PASS_THROUGH, IDENTITY_PASS_THROUGH, readSettings } from '../../../network/description/settings.ts'

/** Settings that `make up` gives each service from the description of the network, though the service has a default. */
const FROM_DESCRIPTION = ['LISTEN_HOST', 'METRICS_PORT', 'WALLET_KEY_FILE', 'EVM_NETWORK', 'EVM_RPC_URL']
/** Settings in place of one of those, of a gateway that is run without `make up`. */
const INSTEAD = ['WALLET_KEY', 'WALLET_KEY_COMMAND']

const optional = ({ properties, required }: { properties: object, required?: string[] }): string[] =>
  Object.keys(properties).filter((name) => !(required ?? []).includes(name) && ![...FROM_DESCRIPTION, ...INSTEAD].includes(name)).sort()

t.test('a variable that is set to nothing is refused, and never stands for the default folder', (t) => {
  for (const name of [
    'EPIONE_STATE', 'EPIONE_CONSORTIUM', 'EPIONE_CACHE', 'EPIONE_CHAINCODE', 'DATABASE_URL', 'LOG_LEVEL',
    'BATCH_INTERVAL_MS'
  ]) {
    for (const value of ['', '  ']) {
      t.throws(
        () => readSettings({ [name]: value }),
        { code: 'settings-invalid', message: `${name} is set but empty` },
        name
      )
    }
  }
  t.match(readSettings({ EPIONE_STATE: '/elsewhere' }), { stateDir: '/elsewhere', gatewayOverrides: {} })
  t.end()
})

t.test('whether the network is watched is 1, 0, or left as it was', (t) => {
  t.same(['1', '0', '', undefined].map((WATCH) => readSettings({ WATCH }).watch), [true, false, undefined, undefined])
  t.throws(() => readSettings({ WATCH: 'yes' }), { code: 'settings-invalid', advice: /Use 1/ })
  t.end()
})

t.test('what an admin may set of a gateway, an identity provider or an anchor service passes through `up`, and nothing else does', (t) => {
  // A hospital's own identity provider takes the place of the description's.
  t.strictSame([...GATEWAY_PASS_THROUGH].sort(), [...optional(GatewayEnvironment), 'OIDC_AUDIENCE', 'OIDC_ISSUER'].sort())
  t.strictSame([...IDENTITY_PASS_THROUGH].sort(), optional(IdentityEnvironment))
  t.strictSame([...ANCHOR_PASS_THROUGH].sort(), optional(AnchorEnvironment))
  t.strictSame(Object.keys(LIMIT_SETTINGS).filter((name) => !name.startsWith(GATEWAY_LIMITS)), [])
  const environment = Object.fromEntries([...GATEWAY_PASS_THROUGH, ...Object.keys(LIMIT_SETTINGS)].map((name) => [name, '1']))
  t.strictSame(readSettings(environment).gatewayOverrides, environment)
  t.end()
})

t.test('docs/operations.md names every setting that passes through, and no other', (t) => {
  const text = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'operations.md'), 'utf8')
  const named = [...text.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name ?? '')
  t.strictSame(
    [...new Set(named)].sort(),
    [...new Set<string>([...GATEWAY_PASS_THROUGH, ...ANCHOR_PASS_THROUGH, ...IDENTITY_PASS_THROUGH, ...Object.keys(LIMIT_SETTINGS)])].sort()
  )
  t.end()
})
