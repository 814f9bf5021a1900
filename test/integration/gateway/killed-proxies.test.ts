import t from 'tap'
import { RealSharing } from '../../helpers/proxies.ts'
import { until } from '../../helpers/sharing.ts'
import { TestNetwork } from '../../helpers/test-network.ts'

t.test('kfrags and ends of consents outlive gateways that are killed', async (t) => {
  const network = await TestNetwork.create()
  t.teardown(() => network.destroy())
  const file = await network.network()
  const sharing = await RealSharing.create(file, network.stateDir)
  t.teardown(() => sharing.close())
  const [home, , late] = file.organizations.map((o) => o.id) as [string, string, string]
  const lateMsp = file.organizations.find((o) => o.id === late)?.mspId ?? ''

  await network.killProcess(`gateway.${late}`, 'SIGKILL')
  const grant = await sharing.createGrant()
  const granted = await sharing.grant(grant)
  t.match(granted, { status: 201, body: { status: 'active' } }, 'two proxies of three are enough')
  t.notOk((granted.body['custody'] as string[]).includes(lateMsp))

  await network.killProcess(`gateway.${home}`, 'SIGKILL')
  await network.startProcess(`gateway.${late}`)
  await network.startProcess(`gateway.${home}`)
  await until(async () => (await sharing.consent(grant.consentId, sharing.reader)).custody.some((c) => c.submittedBy === lateMsp))
  t.pass('the gateway that had promised handed over the third kfrag after its death')

  await network.killProcess(`gateway.${late}`, 'SIGKILL')
  t.match(await sharing.revoke(grant.consentId, sharing.reader), { status: 201 })
  await network.startProcess(`gateway.${late}`)
  await until(async () => (await sharing.consent(grant.consentId, sharing.reader)).destructions.some((d) => d.submittedBy === lateMsp))
  t.pass('the gateway that was dead at the revocation destroyed its kfrag when it came back')
})
