import t from 'tap'
import { refusalOf } from '../../../gateway/src/http/route-access.ts'
import { buildApp } from '../../../gateway/src/app.ts'
import { createRouteList } from '../../../gateway/src/admin/openapi.ts'
import type { ListedRoute } from '../../../gateway/src/admin/openapi.ts'
import { buildGateway, createConsortium } from '../../helpers/gateway.ts'
import { createCaller, createStrangers } from '../../helpers/strangers.ts'

/* What docs/access.md says of every route is what a call without the right to it gets. */

const consortium = await createConsortium(t)
const gateway = await buildGateway(t, { consortium, listen: true })
const routes = await createRouteList()
const SCOPES = 'user/DocumentReference.c user/DocumentReference.rs user/Patient.c user/AuditEvent.rs system/Practitioner.c'
const strangers = await createStrangers(gateway)
const bearer = async (scope: string, subject = 'dr-stranger'): Promise<string> => `Bearer ${await gateway.token(subject, scope)}`

const send = createCaller(t, gateway)

async function call (
  { method, url }: Pick<ListedRoute, 'method' | 'url'>,
  authorization?: string
): Promise<{ status: number, code?: string }> {
  return await send({
    method,
    path: url.replaceAll(/:\w+/g, '1'),
    asPeer: false,
    ...(authorization === undefined ? {} : { authorization })
  })
}

t.test('a call without credentials, or with those of another kind, gets what its row says', async (t) => {
  const closed = routes.filter(({ access }) => access.by !== 'anyone')
  t.ok(closed.length > 25)
  for (const route of closed) {
    const refusal = refusalOf(route.access)
    const name = `${route.method} ${route.url}`
    const patient = (): string => gateway.session(strangers.patient)
    const others = {
      staff: [patient()],
      patient: [await bearer(SCOPES)],
      device: [await bearer(SCOPES)],
      'staff-or-patient': ['Basic YTpi'],
      gateway: [await bearer(SCOPES), patient()],
      'own-service': [await bearer(SCOPES), patient()],
      anyone: []
    }[route.access.by]
    t.strictSame(await call(route), refusal, `${name} with nothing`)
    for (const authorization of others) t.strictSame(await call(route, authorization), refusal, `${name} with ${authorization.slice(0, 7)}`)
  }
})

t.test('a token without the scope, or of somebody who is not enrolled, is refused', async (t) => {
  const staff = routes.flatMap(({ access, ...route }) => 'scopes' in access ? [{ ...route, access }] : [])
  t.ok(staff.length > 12)
  for (const route of staff) {
    const name = `${route.method} ${route.url}`
    t.strictSame(await call(route, await bearer('user/Nothing.rs')), { status: 403, code: 'SCOPE_MISSING' }, name)
    if (route.access.enrolled !== false) {
      t.strictSame(await call(route, await bearer(SCOPES, 'nobody')), { status: 403, code: 'NOT_ENROLLED' }, name)
    }
  }
})

t.test('somebody else with credentials of the right kind gets what the row says', async (t) => {
  for (const { method, url, operationId = '', access: { by, stranger } } of routes) {
    const made = await strangers.requests[operationId]?.()
    if (stranger === undefined || operationId === '') continue
    if (made === undefined) {
      t.fail(`${operationId} is not tried`)
      continue
    }
    const { when, ...expected } = stranger
    t.strictSame(await send({ method, ...made, asPeer: by === 'gateway' || by === 'own-service' }), expected, `${method} ${url}: ${when}`)
  }
})

t.test('a route that does not say who may call it keeps a gateway from starting', async (t) => {
  const app = await buildApp({ ...gateway.config, dataDir: t.testdir() }, gateway.app.ports)
  app.get('/forgotten', () => 'open to all')
  await t.rejects(async () => { await app.ready() }, /route \/forgotten does not say who may call it/)
})
