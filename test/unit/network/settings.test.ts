import t from 'tap'
import { readSettings } from '../../../network/description/settings.ts'

t.test('a variable that is set to nothing is refused, and never stands for the default folder', (t) => {
  for (const name of ['EPIONE_STATE', 'EPIONE_CONSORTIUM', 'EPIONE_CACHE', 'EPIONE_CHAINCODE', 'DATABASE_URL', 'LOG_LEVEL', 'BATCH_INTERVAL_MS']) {
    for (const value of ['', '  ']) t.throws(() => readSettings({ [name]: value }), { code: 'settings-invalid', message: `${name} is set but empty` }, name)
  }
  t.match(readSettings({ EPIONE_STATE: '/elsewhere' }), { stateDir: '/elsewhere', gatewayOverrides: {} })
  t.end()
})
