import t from 'tap'
import { buildGateway } from '../../helpers/gateway.ts'

t.test('every route refuses query members that it does not know, and numbers that are no decimal digits', async (t) => {
  const gateway = await buildGateway(t)
  const get = async (url: string, authorization = ''): Promise<{ status: number, body: unknown }> => {
    const answer = await gateway.app.inject({ method: 'GET', url, headers: { authorization } })
    return { status: answer.statusCode, body: answer.json() }
  }
  t.match(await get('/v1/network?verbose=1'), {
    status: 400,
    body: { code: 'REQUEST_INVALID', detail: 'nobody knows the query member "verbose"; there are none' }
  })
  t.match(await get('/v1/network'), { status: 200 })
  t.match(await get('/health/live?probe=1'), { status: 200 }, 'a probe may add what it likes')
  const auditor = `Bearer ${await gateway.token('auditor-wide', 'user/AuditEvent.rs user/DocumentReference.rs')}`
  const record = `/v1/records/${'a'.repeat(32)}`
  for (const url of [
    `${record}?version=0x1`, `${record}?version=1e0`, `${record}?Version=1`, `${record}/versions/0x1/wrap`,
    `${record}/versions/01/content`, `${record}/versions/1/wrap?events=x`
  ]) {
    t.match(await get(url, auditor), { status: 400, body: { code: 'REQUEST_INVALID' } }, url)
  }
  t.match(await get(`${record}?version=1`, auditor), { status: 404 })
})
