import { readFileSync } from 'node:fs'
import { fromHex } from '@epione/crypto'
import type { KeyRing } from '@epione/crypto'
import { UndiciTransport } from '@epione/cli'
import { BearerToken, Gateways } from '@epione/sdk'
import type { PractitionerContext } from '@epione/sdk'
import type { NetworkFile } from '../../network/render/network-file.ts'
import type { RealSharing } from './proxies.ts'

/** A reader's workstation on the running network, with the keys that the test's gateway client bound. */
export function readerContextOf (file: NetworkFile, sharing: RealSharing): PractitionerContext {
  const { person, reader } = sharing
  const own = file.organizations.find(({ mspId }) => mspId === reader.mspId)
  const infos = [...file.organizations].sort((a, b) => Number(b === own) - Number(a === own))
    .map(({ mspId, id, name, gateway: { url }, tlsCaFile }) => ({ mspId, id, name, url, tlsCaPem: readFileSync(tlsCaFile, 'utf8') }))
  const keys = { requestSigning: () => person.requestKey, receiving: () => person.receivingKey } as unknown as KeyRing
  return {
    role: 'practitioner',
    networkId: fromHex(file.networkId),
    gateways: new Gateways(infos, { connect: (info) => new UndiciTransport(info) }),
    person: { mspId: reader.mspId, staffId: person.staffId },
    keys,
    keyNumber: 1,
    token: new BearerToken(person.authorization.replace('Bearer ', ''))
  }
}
