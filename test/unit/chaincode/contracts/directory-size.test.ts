import { randomBytes, SecretKey, toHex } from '@epione/crypto'
import { DIRECTORY_BYTES_MAX, VERSIONS_MAX } from '@epione/protocol'
import t from 'tap'
import { directoryMembers, keyHex, publishPatient, sign } from '../../../helpers/ledger-fixtures.ts'
import type { TestPatient } from '../../../helpers/ledger-fixtures.ts'
import { createMemoryWorld } from '../../../helpers/memory-world.ts'
import type { MemoryWorld } from '../../../helpers/memory-world.ts'

type Member = Awaited<ReturnType<typeof publishPatient>>

/** Publishes versions until the ledger refuses one; says how many there are, and of how many bytes together. */
async function publishMany (
  world: MemoryWorld,
  patient: Member,
  listed: object[],
  most: number
): Promise<{ versions: number, bytes: number, refusal: string }> {
  const { ledger } = world.gateway('Regional1MSP')
  let previous = patient.directoryId
  let bytes = 0
  for (let version = 2; version <= most; version += 1) {
    const first = directoryMembers(patient satisfies TestPatient)
    const body = { ...first, version, previous, compartments: [...first.compartments, ...listed] }
    const statement = sign(world, 'KeyDirectory', body, patient.identity)
    try {
      previous = (await ledger.publishDirectory(statement)).value.id
      bytes += statement.body.length
    } catch (error) {
      return { versions: version - 1, bytes, refusal: error instanceof Error ? error.message : '' }
    }
  }
  return { versions: most, bytes, refusal: '' }
}

t.test('a patient has so many versions of a directory, and no more', async (t) => {
  const world = await createMemoryWorld()
  const { versions, refusal } = await publishMany(world, await publishPatient(world), [], VERSIONS_MAX + 1)
  t.equal(versions, VERSIONS_MAX)
  t.match(refusal, 'at most 64 versions')
})

t.test('all versions together are small, however large one may be', async (t) => {
  const world = await createMemoryWorld()
  const patient = await publishPatient(world)
  const large = Array.from({
    length: 128 - patient.compartments.length
  }, () => ({ label: toHex(randomBytes(32)), level: 'N', epoch: 1, key: keyHex(SecretKey.random()) }))
  const { versions, bytes, refusal } = await publishMany(world, patient, large, VERSIONS_MAX)
  t.ok(versions < VERSIONS_MAX && bytes <= DIRECTORY_BYTES_MAX, `${String(versions)} versions of ${String(bytes)} bytes`)
  t.match(refusal, 'have at most 524288 bytes')
  const read = await world.gateway('CoreMSP').ledger.getDirectory(patient.patientId)
  t.equal(read.versions.length, versions)
  t.ok(JSON.stringify(read).length < 2 * DIRECTORY_BYTES_MAX, 'so it is read in one go')
})
