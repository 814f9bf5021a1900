import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto'
import t from 'tap'
import { common, msp } from '@hyperledger/fabric-protos'
import { DER, readDer, readDerList, writeDer } from '@epione/host'
import { reportRevocations } from '../../../network/fabric/certificate-report.ts'
import { certificateRequest } from '../../../network/fabric/certificate-request.ts'
import { readConfigBlock, valueIn, writeUpdate } from '../../../network/fabric/channel-update.ts'
import type { MessageMap } from '../../../network/fabric/message-map.ts'
import { isDue, nextLists, readLists, revocationListsIn } from '../../../network/fabric/revocations.ts'

const DAY_MS = 86_400_000
const NOW = Date.UTC(2027, 0, 1)

/** A list of these serial numbers (one byte each) that counts for so many days; signed by nobody. */
function listOf (serials: readonly number[], days = 365): Uint8Array {
  const time = (ms: number): Uint8Array =>
    writeDer(DER.utcTime, Buffer.from(`${new Date(ms).toISOString().replaceAll(/[-:T]|\..*/g, '').slice(2)}Z`))
  const entries = serials.map((serial) => writeDer(DER.sequence, writeDer(DER.integer, Uint8Array.of(serial)), time(NOW)))
  const nothing = writeDer(DER.sequence)
  const head = [writeDer(DER.integer, Uint8Array.of(1)), nothing, nothing, time(NOW), time(NOW + days * DAY_MS)]
  return writeDer(DER.sequence, writeDer(DER.sequence, ...head, ...entries.length === 0 ? [] : [writeDer(DER.sequence, ...entries)]))
}

t.test('the channel is told when somebody more is revoked, or its list has less than two months left', (t) => {
  t.equal(isDue([], listOf([]), NOW), false, 'nobody is revoked')
  t.equal(isDue([], listOf([1]), NOW), true)
  t.equal(isDue([listOf([1])], listOf([1]), NOW), false)
  t.equal(isDue([listOf([1])], listOf([1, 2]), NOW), true)
  t.equal(isDue([listOf([1], 61)], listOf([1]), NOW), false)
  t.equal(isDue([listOf([1], 59)], listOf([1]), NOW), true)
  t.end()
})

t.test('nobody who was revoked comes back by a CA that forgot them', (t) => {
  const former = [listOf([1, 2]), listOf([3])]
  const next = nextLists(former, listOf([2, 4]))
  t.strictSame(readLists(next)?.serials, ['1', '2', '3', '4'])
  t.equal(isDue(next, listOf([2, 4]), NOW), false, 'and the channel is not told again and again')
  t.equal(nextLists(former, listOf([1, 2, 3])).length, 1, 'a list that has all takes the place of the others')
  t.end()
})

t.test('a report says how long a list counts', (t) => {
  t.match(reportRevocations('core', undefined, NOW), { state: 'fine', detail: 'nobody is revoked' })
  t.match(reportRevocations('core', readLists([listOf([1, 2], 365)]), NOW), { state: 'fine', daysLeft: 365, detail: '2 revoked' })
  t.match(reportRevocations('core', readLists([listOf([1], 365), listOf([2], 30)]), NOW), { state: 'due', daysLeft: 30 })
  t.match(reportRevocations('core', readLists([listOf([1], 0)]), NOW), { state: 'expired' })
  t.end()
})

const groupsOf = (group: common.ConfigGroup): MessageMap<common.ConfigGroup> => group.getGroupsMap() as MessageMap<common.ConfigGroup>
const valuesOf = (group: common.ConfigGroup): MessageMap<common.ConfigValue> => group.getValuesMap() as MessageMap<common.ConfigValue>

function groupOf (version: number, groups: Record<string, common.ConfigGroup>): common.ConfigGroup {
  const group = new common.ConfigGroup()
  group.setVersion(version)
  for (const [name, below] of Object.entries(groups)) groupsOf(group).set(name, below)
  return group
}

/** A channel of one organisation, whose MSP has `lists`. */
function channelOf (lists: Uint8Array[]): common.Config {
  const config = new msp.FabricMSPConfig()
  config.setName('CoreMSP')
  config.setRevocationListList(lists)
  const kept = new msp.MSPConfig()
  kept.setConfig(config.serializeBinary())
  const organization = (): common.ConfigGroup => {
    const group = groupOf(3, {})
    const value = new common.ConfigValue()
    value.setVersion(7)
    value.setModPolicy('Admins')
    value.setValue(kept.serializeBinary())
    valuesOf(group).set('MSP', value)
    valuesOf(group).set('Other', new common.ConfigValue())
    return group
  }
  const channel = new common.Config()
  const [application, orderer] = [2, 5].map((version) => groupOf(version, { CoreMSP: organization() }))
  if (application === undefined || orderer === undefined) throw new Error('two groups were made')
  channel.setChannelGroup(groupOf(1, { Application: application, Orderer: orderer }))
  return channel
}

t.test('an update names groups by their versions alone, and changes each value from its own version to the next', (t) => {
  const config = channelOf([listOf([1])])
  t.equal(revocationListsIn(config, 'CoreMSP').length, 1)
  const value = Uint8Array.of(1, 2, 3)
  const changes = ['Application', 'Orderer'].map((group) => ({ group: [group, 'CoreMSP'], name: 'MSP', value }))
  const envelope = common.Envelope.deserializeBinary(writeUpdate('records', config, changes))
  const payload = common.Payload.deserializeBinary(envelope.getPayload_asU8())
  const header = common.ChannelHeader.deserializeBinary(payload.getHeader()?.getChannelHeader_asU8() ?? Buffer.of())
  t.equal(header.getType(), common.HeaderType.CONFIG_UPDATE)
  const signed = common.ConfigUpdateEnvelope.deserializeBinary(payload.getData_asU8())
  const update = common.ConfigUpdate.deserializeBinary(signed.getConfigUpdate_asU8())
  for (const set of [update.getReadSet(), update.getWriteSet()]) {
    t.equal(set?.getVersion(), 1)
    for (const [name, version] of [['Application', 2], ['Orderer', 5]] as const) {
      const group = set === undefined ? undefined : groupsOf(set).get(name)
      const organization = group === undefined ? undefined : groupsOf(group).get('CoreMSP')
      t.strictSame([group?.getVersion(), organization?.getVersion()], [version, 3], 'no group is changed')
      const values = organization === undefined ? undefined : valuesOf(organization)
      t.equal(values?.getLength(), set === update.getWriteSet() ? 1 : 0, 'nothing else is written')
      const written = values?.get('MSP')
      if (set === update.getWriteSet()) t.strictSame([written?.getVersion(), written?.getModPolicy(), written?.getValue_asU8()], [8, 'Admins', value])
    }
  }
  t.throws(() => valueIn(config, { group: ['Application', 'OtherMSP'], name: 'MSP' }), { code: 'command-failed', message: /has no Application\/OtherMSP\/MSP/ })
  t.throws(() => readConfigBlock(new common.Block().serializeBinary()), { code: 'command-failed' })
  t.end()
})

t.test('a certificate request is signed by the key that it names, under the names it is given', (t) => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const pem = certificateRequest(privateKey, { organization: 'core', commonName: 'peer0.core' })
  t.match(pem, /^-----BEGIN CERTIFICATE REQUEST-----\n([A-Za-z0-9+/=]{1,64}\n)+-----END CERTIFICATE REQUEST-----\n$/)
  const bytes = Buffer.from(pem.replaceAll(/-----.*-----|\n/g, ''), 'base64')
  const whole = readDer(bytes)
  const [body, , signature] = readDerList(whole.content)
  const [, subject, key] = readDerList(body?.content ?? Buffer.of())
  t.match(Buffer.from(subject?.content ?? []).toString('latin1'), /core.*peer0\.core/s)
  const start = bytes.length - whole.content.length
  const signed = bytes.subarray(start, start + (body?.end ?? 0))
  t.ok(verify('sha256', signed, createPublicKey(privateKey), signature?.content.subarray(1) ?? Buffer.of()))
  t.ok(createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).includes(Buffer.from(key?.content ?? [])))
  t.end()
})
