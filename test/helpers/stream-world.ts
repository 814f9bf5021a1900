import type { SentWindow } from '@epione/protocol/api'
import type { SignedStatement } from '@epione/protocol'
import type {} from '../../gateway/src/streams/windows-plugin.ts'
import type { TestGateway } from './gateway.ts'
import { post, Sharing } from './sharing.ts'
import type { Answered, SharingOptions } from './sharing.ts'
import type { Teardown } from './gateway.ts'
import { createDevice, TestStream } from './streaming.ts'
import type { TestDevice, TestWindow } from './streaming.ts'

export const THIRD_MSP = 'Regional2MSP'

/** A consortium in memory with a patient whose devices send to its gateways. */
export class StreamWorld {
  readonly sharing: Sharing

  private constructor (sharing: Sharing) {
    this.sharing = sharing
  }

  static async create (t: Teardown, options: SharingOptions = {}): Promise<StreamWorld> {
    return new StreamWorld(await Sharing.create(t, options))
  }

  get core (): TestGateway {
    return this.sharing.of('CoreMSP')
  }

  /** A device of the patient on the ledger, which every gateway has read. */
  async addDevice (members: Parameters<typeof createDevice>[3] = {}, patient = this.sharing.patient): Promise<TestDevice> {
    const device = createDevice(this.sharing.world, patient, patient.compartments[0], members)
    await this.sharing.world.gateway('CoreMSP').ledger.addDevice(device.statement)
    return device
  }

  async addStream (members: Parameters<typeof createDevice>[3] = {}): Promise<TestStream> {
    return new TestStream(this.sharing.world, await this.addDevice(members))
  }

  async put (stream: TestStream, windows: readonly TestWindow[], more: object = {}, at = this.core): Promise<Answered> {
    return await this.putSent(stream, windows.map(({ sent }) => sent), more, at)
  }

  async putSent (stream: TestStream, windows: readonly SentWindow[], more: object = {}, at = this.core): Promise<Answered> {
    return await post(at.app, `/v1/streams/${stream.stream}/windows`, { windows, ...more }, stream.session(at.config.publicUrl))
  }

  /** Windows that are stored, or the test fails with what was said instead. */
  async stored (stream: TestStream, count: number, at = this.core): Promise<TestWindow[]> {
    const windows = await stream.sealMany(count)
    const answer = await this.put(stream, windows, {}, at)
    if (answer.status !== 202) throw new Error(`the windows were refused: ${JSON.stringify(answer.body)}`)
    return windows
  }

  async close (stream: TestStream, statement: SignedStatement, at = this.core): Promise<Answered> {
    return await post(at.app, `/v1/streams/${stream.stream}/segments`, { statement }, stream.session(at.config.publicUrl))
  }

  /** A registered segment of so many windows. */
  async registered (stream: TestStream, count: number, at = this.core): Promise<{ windows: TestWindow[], statement: SignedStatement }> {
    const windows = await this.stored(stream, count, at)
    const statement = stream.close(windows)
    const answer = await this.close(stream, statement, at)
    if (answer.status !== 201) throw new Error(`the segment was refused: ${JSON.stringify(answer.body)}`)
    return { windows, statement }
  }

  /** Hospitals in whose stores any of these windows lies. */
  async hospitalsWith (stream: TestStream, windows: readonly TestWindow[]): Promise<string[]> {
    const ids = windows.map(({ id }) => id)
    const found = await Promise.all([...this.sharing.gateways].map(async ([mspId, { app }]) => {
      const rows = await app.store.db.selectFrom('windows').select('statement_id').where('stream', '=', stream.stream)
        .where('statement_id', 'in', ids).execute()
      return rows.length > 0 ? [mspId] : []
    }))
    return found.flat().sort()
  }
}

export async function get (gateway: TestGateway, url: string, authorization?: string): Promise<Answered> {
  const headers = authorization === undefined ? {} : { authorization }
  const response = await gateway.app.inject({ method: 'GET', url, headers })
  return { status: response.statusCode, body: response.json() }
}
