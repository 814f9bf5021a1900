import { readFileSync } from 'node:fs'
import t from 'tap'
import { UNDESCRIBED } from '../../../gateway/src/http/problem-details.ts'
import { findFreePort } from '../../helpers/free-port.ts'
import { SLOW } from '../../helpers/flood.ts'
import { createPatientKeys, GatewayClient } from '../../helpers/gateway-client.ts'
import { TestNetwork } from '../../helpers/test-network.ts'
import { TlsFront } from '../../helpers/tls-front.ts'
import { FRESH_SESSION, installSchemathesis, runSchemathesis } from '../../schemathesis/run-schemathesis.ts'
import type { Caller } from '../../schemathesis/run-schemathesis.ts'

/* Made-up requests to a gateway over real peers: what the in-memory ledger answers otherwise would be seen here. */

const CASES_MIN = SLOW ? 300 : 100

t.test('real peers behind a gateway make it answer nothing that its description lacks', async (t) => {
  t.setTimeout(3_000_000)
  const program = await installSchemathesis()
  const network = await TestNetwork.shared()
  const file = await network.network()
  const core = new GatewayClient(file, network.stateDir, 'core')
  const staff = await core.hire('dr-made-up')
  const patient = createPatientKeys()
  const registered = await core.registerPatient(patient)
  t.equal(registered.status, 201, JSON.stringify(registered.body))
  const upstreamPort = Number(new URL(core.url).port)
  const front = await TlsFront.start({
    stateDir: network.stateDir,
    organizationId: 'core',
    listenPort: await findFreePort(),
    upstreamPort,
    head: (headers) => { if (headers.authorization === FRESH_SESSION) headers.authorization = core.session(patient) }
  })
  t.teardown(() => front.stop())
  const caFile = file.organizations[0]?.tlsCaFile ?? ''
  const log = network.paths.log('gateway.core')
  const before = readFileSync(log, 'utf8').length
  const callers: Caller[] = [
    { name: 'a physician', headers: { Authorization: staff.authorization } },
    { name: 'a patient', headers: { Authorization: FRESH_SESSION } },
    { name: 'another hospital', certificate: network.paths.organization('regional1').tls('gateway') }
  ]
  let cases = 0
  for (const caller of SLOW ? callers : callers.slice(0, 1)) {
    const outcome = await runSchemathesis(program, { url: `https://localhost:${String(front.port)}`, caFile, caller, perOperation: 1 })
    t.notOk(outcome.failed, outcome.failed ? `${caller.name}: ${outcome.report}` : `${caller.name}: ${outcome.cases} cases`)
    cases += outcome.cases
  }
  t.ok(cases >= CASES_MIN, `${cases} cases`)
  const undescribed = readFileSync(log, 'utf8').slice(before).split('\n').filter((line) => line.includes(UNDESCRIBED))
  t.strictSame(undescribed, [], 'add the code to gateway/src/problems')
})
