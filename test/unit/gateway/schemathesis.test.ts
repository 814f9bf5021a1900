import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { UNDESCRIBED } from '../../../gateway/src/http/problem-details.ts'
import { DEFAULT_LIMITS } from '../../../gateway/src/http/limits.ts'
import { buildGateway } from '../../helpers/gateway.ts'
import { publishPatient } from '../../helpers/ledger-fixtures.ts'
import { SLOW } from '../../helpers/flood.ts'
import { FRESH_SESSION, installSchemathesis, runSchemathesis } from '../../schemathesis/run-schemathesis.ts'
import type { Caller } from '../../schemathesis/run-schemathesis.ts'

/** Cases of an operation and a caller; of all together at least. */
const [PER_OPERATION, CASES_MIN] = SLOW ? [24, 5_000] : [1, 300]
const SCOPES = 'user/DocumentReference.c user/DocumentReference.rs user/Patient.c user/AuditEvent.rs system/Practitioner.c'

const program = await installSchemathesis()
// Of one caller, more than anybody sends by hand: what is tested are answers, not limits.
const many = Object.fromEntries(Object.entries(DEFAULT_LIMITS).map(([name, limit]) => [name, /^(?:requests|writes|statements|stops)/.test(name) ? 1_000_000 : limit]))
const gateway = await buildGateway(t, { listen: true, config: { limits: { ...DEFAULT_LIMITS, ...many } } })
await gateway.enrol('dr-made-up')
const patient = await publishPatient(gateway.consortium.world)
gateway.app.server.prependListener('request', ({ headers }) => {
  if (headers.authorization === FRESH_SESSION) headers.authorization = gateway.session(patient)
})

const folder = t.testdir({})
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
const [own] = gateway.consortium.network.organizations
const caFile = file('ca.pem', own?.tlsCaPem ?? '')
const peer = gateway.consortium.hospitals.get('Regional1MSP')?.tls
const callers: Caller[] = [
  { name: 'staff of every scope', headers: { Authorization: `Bearer ${await gateway.token('dr-made-up', SCOPES)}` } },
  { name: 'a patient', headers: { Authorization: FRESH_SESSION } },
  { name: 'another hospital', certificate: { cert: file('cert.pem', peer?.certificate ?? ''), key: file('key.pem', peer?.privateKey ?? '') } }
]

let cases = 0
for (const caller of callers) {
  t.test(`${caller.name}: each answer to a made-up request is one that the API document describes, and none a failure`, async (t) => {
    const outcome = await runSchemathesis(
      program, { url: gateway.config.publicUrl, caFile, caller, perOperation: PER_OPERATION, thorough: SLOW }
    )
    t.notOk(outcome.failed, outcome.failed ? outcome.report : `${outcome.cases} cases`)
    cases += outcome.cases
  })
}

t.test('so many cases were sent, and no code was answered that the description lacks', (t) => {
  t.strictSame(gateway.log.filter((line) => line.includes(UNDESCRIBED)), [], 'add the code to gateway/src/problems')
  t.ok(cases >= CASES_MIN, `${cases} cases`)
  t.end()
})
