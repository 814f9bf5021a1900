import { Agent, request } from 'undici'
import type {} from '../../gateway/src/records/contents-plugin.ts'
import { SecretKey, batchBytes, createWrap, randomBytes, sealTo, toHex, wrapHash, outlineWrap } from '@epione/crypto'
import { POLICY_1 } from '@epione/protocol'
import type { SignedStatement, StatementType } from '@epione/protocol'
import type { Teardown, TestGateway } from './gateway.ts'
import {
  activateConsent, bindPractitioner, createConsent, createManifest, createPatient, directoryMembers, keyHex,
  publishPatient, randomHash, registerRecord, sign, signBinding, signRequest
} from './ledger-fixtures.ts'
import type { TestPatient, TestPractitioner, TestRecord } from './ledger-fixtures.ts'
import { createAnchorStatus } from './anchor-service.ts'
import { bindMember, foundDepartment } from './department-fixtures.ts'
import type { TestDepartment } from './department-fixtures.ts'
import { signEmergencyKeys } from './emergency-fixtures.ts'
import { createSearchKey, signSearch, signSearchKeys } from './index-fixtures.ts'
import { createDevice, rewrapWindows, TestStream } from './streaming.ts'
import { adminSecret, nextDocument, signApproval, signProposal } from './founding.ts'
import { createGuardian, createRewrap, guardiansMembers } from './lifetime-fixtures.ts'
import { PLACE } from './places.ts'

/** A request of somebody who has no right to what it asks for, by a route's operation id. */
export interface StrangersRequest { path: string, /** JSON, or bytes as they are. */ payload?: object, authorization?: string }

/** A patient and a practitioner with every scope who are strangers to another patient, that patient's record, consent and permit. */
export interface Strangers { patient: TestPatient, requests: Readonly<Partial<Record<string, () => Promise<StrangersRequest>>>> }

const SCOPES = 'user/DocumentReference.c user/DocumentReference.rs user/Patient.c user/AuditEvent.rs system/Practitioner.c'
const SUBJECT = 'dr-stranger'
/** Whose gateway asks between hospitals: neither the author's nor the reader's. */
const OTHER = 'Regional2MSP'

export async function createStrangers (gateway: TestGateway): Promise<Strangers> {
  const { consortium: { world, clock, network } } = gateway
  const document = nextDocument(network.document)
  const [owner, patient] = [await publishPatient(world), await publishPatient(world)]
  const author = await bindPractitioner(world, { mspId: 'Regional1MSP' })
  const reader = await bindPractitioner(world, { mspId: 'Regional1MSP' })
  const record = await registerRecord(world, author, owner)
  const { consentId } = await activateConsent(world, owner, reader, { actions: ['read', 'search'] })
  const { value: { eventId, requestId } } = await reader.ledger.requestAccess(signRequest(world, reader, owner, [record], consentId))
  const searchKey = createSearchKey(owner, owner.compartments[0])
  await world.gateway('CoreMSP').ledger.publishSearchKeys(signSearchKeys(world, owner, [searchKey]))
  const [searched] = owner.compartments
  const { value: { eventId: search } } = await reader.ledger.requestAccess(signSearch(world, reader, owner, [searched], consentId))
  const searchWrap = { label: searched.label, epoch: searched.epoch, wrap: toHex(searchKey.wrap) }
  const ended = await registerRecord(world, author, owner)
  const { value: { order } } = await author.ledger.withdrawRecord(sign(world, 'Withdrawal', withdrawalOf(owner, ended), author.requestSigning))
  const requester = { mspId: author.mspId, staffId: author.staffId }
  const staffId = await gateway.enrol(SUBJECT)
  const person: TestPractitioner = {
    ...world.actor({ mspId: gateway.mspId, staffId, role: 'physician' }),
    receiving: SecretKey.random(),
    requestSigning: SecretKey.random()
  }
  await person.ledger.bindKeys(signBinding(world, person))

  const [theirs, own] = await Promise.all([owner, patient].map(async (who) => {
    const device = createDevice(world, who, who.compartments[0])
    await world.gateway('CoreMSP').ledger.addDevice(device.statement)
    return new TestStream(world, device)
  })) as [TestStream, TestStream]
  const window = await theirs.seal()
  const segment = theirs.close([window])
  await world.gateway('Regional1MSP').ledger.registerSegments([segment])
  const windowWraps = rewrapWindows([window], theirs.stream, 1, owner.patientId, owner.compartments[1])
  const unknown = new TestStream(world, createDevice(world, owner, owner.compartments[0]))
  const unknownWindow = await unknown.seal()

  const ward = await foundDepartment(world, [await bindMember(world, { mspId: 'Regional1MSP' })])

  const bearer = async (scope = SCOPES): Promise<string> => `Bearer ${await gateway.token(SUBJECT, scope)}`
  const anyone = (
    path: string,
    payload?: object
  ) => (): Promise<StrangersRequest> => Promise.resolve({ path, ...(payload === undefined ? {} : { payload }) })
  const staff = (
    path: string,
    payload?: object
  ) => async (): Promise<StrangersRequest> => ({ path, authorization: await bearer(), ...(payload === undefined ? {} : { payload }) })
  const other = (
    path: string,
    payload?: object
  ) => (): Promise<StrangersRequest> =>
    Promise.resolve({ path, authorization: gateway.session(patient), ...(payload === undefined ? {} : { payload }) })
  /** What only the owner may say, signed by the stranger. */
  const forged = (
    type: StatementType,
    members: object
  ): { statement: SignedStatement } => ({ statement: sign(world, type, { patientId: owner.patientId, ...members }, patient.identity) })
  /** The stranger's own device, at the owner's stream. */
  const device = (path: string, payload?: object) => (): Promise<StrangersRequest> =>
    Promise.resolve({ path, authorization: own.session(gateway.config.publicUrl), ...(payload === undefined ? {} : { payload }) })
  const ofStream = `/v1/streams/${theirs.stream}`
  const ofOwner = `/v1/patients/${owner.patientId}`
  const proven = { recordId: record.recordId, version: 1, first: 1, texts: ['{}'], wraps: [toHex(record.wrap)], path: [] }
  const ofRecord = `/v1/records/${record.recordId}`
  const ofVersion = `${ofRecord}/versions/1`
  const { members: consent, kfrags } = createConsent(world, owner, person)
  const sealed = [...kfrags].flatMap(([mspId, theirs]) =>
    theirs.map((kfrag) =>
      ({ mspId, kfragId: toHex(kfrag.id), sealed: toHex(sealTo(SecretKey.random().publicKey(), kfrag.toBytes(), new Uint8Array())) })))
  const newPatient = createPatient()
  const { members: manifest, wrap: announced } = createManifest(author, owner)
  const rewrap = createRewrap(owner, record, owner.compartments[1])
  const wrap = createWrap(SecretKey.random().publicKey(), randomBytes(32), PLACE)
  const { id: upload } = await gateway.app.uploads.create(`patient:${owner.patientId}`, 1_000, undefined)
  const batch = { number: 1, firstBlock: 0, lastBlock: 0, root: randomHash() }
  const address = '00'.repeat(20)
  const proposal = { ...batch, witness: address, signature: '00'.repeat(64) }

  return {
    patient,
    requests: {
      getLiveness: anyone('/health/live'),
      getReadiness: anyone('/health/ready'),
      getProtectedResource: anyone('/.well-known/oauth-protected-resource'),
      getNetwork: anyone('/v1/network'),
      getNetworkVersion: anyone('/v1/network/versions/999999'),
      getPolicy: anyone(`/v1/policies/${randomHash()}`),
      listNetworkProposals: anyone('/v1/network/proposals'),
      proposeNetwork: anyone('/v1/network/proposals', { statement: signProposal(document, adminSecret('StrangerMSP')) }),
      approveNetwork: anyone('/v1/network/approvals', { statement: signApproval(document, adminSecret('StrangerMSP')) }),
      listOrganizations: anyone('/v1/organizations'),
      getStatementReceipt: anyone(`/v1/statements/${randomHash()}`),
      registerPatient: staff('/v1/patients', {
        statement: sign(world, 'KeyDirectory', { ...directoryMembers(newPatient), patientId: 'a'.repeat(32) }, newPatient.identity)
      }),
      updateDirectory: anyone(
        `${ofOwner}/directory`,
        forged('KeyDirectory', { ...directoryMembers(owner), version: 2, previous: owner.directoryId })
      ),
      getDirectory: anyone(`${ofOwner}/directory`),
      listRecords: staff(`${ofOwner}/records`),
      freezePatient: anyone(`${ofOwner}/freeze`, forged('Freeze', {})),
      unfreezePatient: anyone(`${ofOwner}/unfreeze`, forged('Unfreeze', { freezeId: randomHash() })),
      activateDirectory: anyone(`${ofOwner}/directory/activation`),
      succeedPatient: anyone(`${ofOwner}/succession`, forged('Succession', { successor: patient.patientId })),
      confirmRepresentation: staff(
        `${ofOwner}/representations`,
        forged('Representation', {
          representativeKey: keyHex(SecretKey.random()),
          receivingKey: keyHex(SecretKey.random()),
          relation: 'parent',
          notAfter: clock() + 3_600_000
        })
      ),
      endRepresentation: anyone(`${ofOwner}/representations/ends`, forged('RepresentationEnd', { representationId: randomHash() })),
      endRepresentationInPerson: staff(`${ofOwner}/representations/${randomHash()}/end-in-person`),
      changeDelegates: anyone(`${ofOwner}/delegates`, forged('Delegate', { ends: randomHash() })),
      getRecovery: anyone(`${ofOwner}/recovery`),
      publishGuardians: anyone(`${ofOwner}/guardians`, {
        ...forged('Guardians', guardiansMembers(owner, [createGuardian(), createGuardian(), createGuardian()])),
        escrow: { backup: '00'.repeat(48), shares: ['00'.repeat(87), '00'.repeat(87), '00'.repeat(87)] }
      }),
      depositEscrow: anyone(`${ofOwner}/guardians/escrow`, {
        ...forged('Guardians', guardiansMembers(owner, [createGuardian(), createGuardian(), createGuardian()])),
        escrow: { backup: '00'.repeat(48), shares: ['00'.repeat(87), '00'.repeat(87), '00'.repeat(87)] }
      }),
      getEscrow: other(`${ofOwner}/recovery/escrow`),
      getGuardianShare: anyone(`${ofOwner}/recovery/shares/0`),
      requestRecovery: anyone(`${ofOwner}/recoveries`, forged('RecoveryRequest', { issue: 1, receivingKey: keyHex(SecretKey.random()) })),
      stopRecovery: anyone(`${ofOwner}/recoveries/stops`, forged('RecoveryStop', { target: randomHash() })),
      getBackup: anyone(`${ofOwner}/recoveries/${randomHash()}/backup`),
      bindKeys: staff('/v1/practitioners/me/keys', { statement: signBinding(world, author) }),
      suspendSelf: anyone(`/v1/practitioners/${author.mspId}/${author.staffId}/suspensions`, {
        statement: sign(
          world,
          'Suspension',
          { mspId: author.mspId, staffId: author.staffId, target: { kind: 'person' }, cause: 'left' },
          patient.identity
        )
      }),
      suspendStaff: staff('/v1/practitioners/OtherMSP/staff-1/suspensions/by-hospital', { target: { kind: 'person' }, cause: 'left' }),
      getBinding: anyone(`/v1/practitioners/${author.mspId}/${author.staffId}/keys`),
      foundDepartment: staff('/v1/departments/foundings', signedMembership(ward)),
      changeDepartment: staff('/v1/departments/changes', signedMembership(ward)),
      getDepartment: anyone(`/v1/departments/${ward.mspId}/${ward.department}`),
      getEnvelope: staff(`/v1/practitioners/me/envelopes/${ward.department}`),
      listConsentsForDepartment: staff('/v1/practitioners/me/department-consents'),
      registerRecord: staff('/v1/records', {
        statement: sign(world, 'RecordManifest', createManifest(author, owner).members, person.requestSigning),
        wrap: toHex(wrap)
      }),
      getRecord: staff(ofRecord),
      eraseRecords: anyone('/v1/erasures', forged('Erasure', { records: [{ recordId: record.recordId }] })),
      withdrawRecord: staff('/v1/withdrawals', {
        statement: sign(world, 'Withdrawal', withdrawalOf(owner, record), person.requestSigning)
      }),
      getOrder: staff(`/v1/orders/${order.id}`),
      getOrderAnchors: staff(`/v1/orders/${order.id}/anchors`),
      getUploadOptions: anyone('/v1/uploads'),
      getUploadOffset: staff(`/v1/uploads/${upload}`),
      getUpload: staff(`/v1/uploads/${upload}`),
      appendToUpload: staff(`/v1/uploads/${upload}`, Buffer.alloc(10)),
      endUpload: staff(`/v1/uploads/${upload}`),
      getWrap: staff(`${ofVersion}/wrap`),
      getContent: staff(`${ofVersion}/content`),
      getContentOutline: staff(`${ofVersion}/content/outline`),
      rewrapRecord: other(`${ofVersion}/rewraps`, {
        statement: sign(world, 'Rewrap', rewrap.members, owner.identity),
        wrap: toHex(rewrap.wrap)
      }),
      listAccessEvents: staff(`/v1/access-events?staffId=${reader.staffId}`),
      listLogReadings: staff(`/v1/access-log-readings?staffId=${reader.staffId}`),
      listConsentChanges: staff(`/v1/consent-changes?staffId=${reader.staffId}`),
      listGroupChanges: staff('/v1/group-changes'),
      listWebhooks: staff('/v1/webhooks'),
      resendWebhooks: staff('/v1/webhooks/mail/resends', {}),
      followNotices: staff(`/v1/notices?staffId=${reader.staffId}`),
      attestLogExport: staff('/v1/access-log-exports', {
        query: { staffId: reader.staffId }, format: 'csv', fileHash: 'a'.repeat(64), sizeBytes: 1
      }),
      getAccessEvent: staff(`/v1/access-events/${eventId}`),
      explainAccessEvent: staff(`/v1/access-events/${eventId}/explanation`),
      explainAccessRequest: staff('/v1/explain', {
        patientId: owner.patientId,
        requester: { mspId: reader.mspId, staffId: reader.staffId },
        purpose: 'TREAT',
        records: [{ recordId: record.recordId }]
      }),
      previewPolicy: staff('/v1/policy-preview', { policy: POLICY_1 }),
      listRecordReaders: staff(`/v1/records/${record.recordId}/readers`),
      getEventAnchor: staff(`/v1/access-events/${eventId}/anchor`),
      grantConsent: anyone('/v1/consents', { statement: sign(world, 'Consent', consent, patient.identity), kfrags: sealed }),
      getConsent: staff(`/v1/consents/${consentId}`),
      getFhirMetadata: anyone('/fhir/metadata'),
      readFhirDocumentReference: staff(`/fhir/DocumentReference/${record.recordId}`),
      readFhirDocumentReferenceVersion: staff(`/fhir/DocumentReference/${record.recordId}/_history/1`),
      searchFhirDocumentReferences: staff(`/fhir/DocumentReference?patient=${owner.patientId}`),
      readFhirBinary: staff(`/fhir/Binary/${record.recordId}.1`),
      readFhirConsent: staff(`/fhir/Consent/${consentId}`),
      searchFhirConsents: staff(`/fhir/Consent?patient=${owner.patientId}`),
      readFhirAuditEvent: staff(`/fhir/AuditEvent/${requestId}`),
      searchFhirAuditEvents: other(`/fhir/AuditEvent?patient=Patient/${owner.patientId}`),
      readFhirProvenance: staff(`/fhir/Provenance/${record.recordId}.1`),
      listConsentsOfPatient: other(`${ofOwner}/consents`),
      revokeConsent: anyone('/v1/revocations', forged('Revocation', { consentId })),
      forbidAccess: anyone(`${ofOwner}/prohibitions`, forged('Prohibition', { forbids: { levels: ['V'] } })),
      listProhibitions: other(`${ofOwner}/prohibitions`),
      requestAccess: staff('/v1/access-requests', { statement: signRequest(world, reader, owner, [record], consentId) }),
      requestAccessOfAll: staff('/v1/access-requests/of-all', { statements: [signRequest(world, reader, owner, [record], consentId)] }),
      collectCfrags: staff(`/v1/access-events/${eventId}/cfrags`),
      collectWindowAnswers: staff(`/v1/access-events/${eventId}/window-answers`, { windows: [proven] }),
      followStream: staff(`/v1/access-events/${eventId}/stream`),
      publishSearchKeys: other('/v1/search-keys', {
        statement: signSearchKeys(world, owner, [createSearchKey(owner, searched, searchKey)], patient.identity), wraps: [searchWrap.wrap]
      }),
      listSearchKeys: anyone(`${ofOwner}/search-keys`),
      collectSearchAnswers: staff(`/v1/access-events/${search}/search-answers`),
      listChainHeadsOfProxy: staff(`/v1/access-events/${search}/heads?label=${searched.label}&mspId=CoreMSP`),
      listIndexLinks: staff(`${ofOwner}/index?label=${searched.label}`),
      listChainHeads: other(`${ofOwner}/index/heads?label=${searched.label}`),
      accuseProxy: staff(`/v1/access-events/${eventId}/accusations`, {
        mspId: 'CoreMSP',
        wraps: [outlineWrap(record.wrap, record.place)],
        answer: {
          body: {
            eventId,
            wrapHashes: [record.wrapHash],
            consentId,
            kfragId: randomHash(),
            receivingKey: keyHex(reader.receiving),
            cfrags: '00'.repeat(batchBytes(1))
          },
          signature: '00'.repeat(64)
        }
      }),
      publishEmergencyKeys: anyone('/v1/organizations/CoreMSP/emergency-keys', {
        statement: signEmergencyKeys(world, { mspId: 'CoreMSP', emergencyKey: keyHex(SecretKey.random()) }, OTHER)
      }),
      getEmergencyKeys: anyone('/v1/organizations/OtherMSP/emergency-keys'),
      listEmergencyConsents: staff(`/v1/practitioners/me/emergency-consents?patientId=${owner.patientId}`),
      listEmergencies: other(`/v1/emergencies?patientId=${owner.patientId}`),
      getEmergency: staff(`/v1/emergencies/${owner.patientId}.1790000000000.${'00'.repeat(32)}`),
      closeEmergency: staff('/v1/emergencies/closings', {
        statement: sign(world, 'EmergencyClose', { requester, patientId: owner.patientId, opening: eventId }, person.requestSigning)
      }),
      reviewEmergency: staff('/v1/emergencies/reviews', {
        statement: sign(world, 'Review', { reviewer: requester, patientId: owner.patientId, opening: eventId, finding: 'unclear' }, person.requestSigning)
      }),
      addDevice: anyone('/v1/devices', {
        statement: createDevice(world, { patientId: owner.patientId, identity: patient.identity }, owner.compartments[0]).statement
      }),
      endDevice: anyone('/v1/device-ends', forged('DeviceEnd', { deviceId: theirs.device.deviceId })),
      listDevices: anyone(`${ofOwner}/devices`),
      getDevice: anyone(`${ofOwner}/devices/${theirs.device.deviceId}`),
      putWindows: device(`${ofStream}/windows`, { windows: [window.sent] }),
      closeSegment: device(`${ofStream}/segments`, { statement: segment }),
      getStream: other(ofStream),
      listStoredWindows: other(`${ofStream}/windows`),
      listSegmentWindows: staff(`/v1/records/${theirs.stream}/versions/1/windows`),
      rewrapSegment: other(`/v1/records/${theirs.stream}/versions/1/window-rewraps`, {
        statement: sign(world, 'Rewrap', windowWraps.members, owner.identity), wraps: windowWraps.wraps
      }),
      putWindowCopies: anyone('/v1/peer/windows', { windows: [unknownWindow.sent] }),
      listWindowCopies: anyone(`/v1/peer/records/${theirs.stream}/versions/1/windows`),
      putWindowWrapCopies: anyone('/v1/peer/window-wraps', {
        statement: sign(world, 'Rewrap', windowWraps.members, patient.identity), wraps: windowWraps.wraps
      }),
      proposeBatch: anyone('/v1/anchors/proposals', proposal),
      listProposals: anyone('/v1/anchors/proposals?number=1'),
      listAnchorConflicts: anyone('/v1/anchors/conflicts'),
      tellAnchorStatus: anyone('/v1/anchors/status', createAnchorStatus()),
      publishBatch: anyone('/v1/anchors/batches/1', {
        ...batch,
        blockLeaves: [randomHash()],
        witnesses: [address],
        signatures: [],
        chain: { name: 'test', chainId: 1, contract: address },
        state: 'pending'
      }),
      acceptCustody: anyone('/v1/peer/custody', {
        consentId: randomHash(),
        kfrags: sealed.slice(0, 1).map(({ kfragId, sealed: box }) => ({ kfragId, sealed: box }))
      }),
      reencrypt: anyone('/v1/peer/reencryptions', {
        eventId,
        wraps: [{ recordId: record.recordId, version: 1, wrap: toHex(record.wrap) }]
      }),
      reencryptWindows: anyone('/v1/peer/window-reencryptions', { eventId, windows: [proven] }),
      listFollowedWindows: anyone('/v1/peer/followed-windows', { eventId, after: 0, waitMs: 0 }),
      reencryptFollowedWindows: anyone('/v1/peer/follow-reencryptions', {
        eventId, windows: [{ statement: sign(world, 'Freeze', { patientId: owner.patientId }, patient.identity), wrap: toHex(record.wrap) }]
      }),
      endFollow: anyone('/v1/peer/follow-ends', { eventId }),
      putSearchWrapCopies: anyone('/v1/peer/search-wraps', {
        statement: signSearchKeys(world, owner, [searchKey], patient.identity), wraps: [searchWrap.wrap]
      }),
      getIndexEntryCopies: anyone('/v1/peer/index-entries', {
        event: search, entries: [{ recordId: record.recordId, version: 1, hash: randomHash() }]
      }),
      reencryptSearch: anyone('/v1/peer/search-reencryptions', { eventId: search, wraps: [searchWrap] }),
      listChainHeadsForPeer: anyone(`/v1/peer/access-events/${search}/heads?label=${searched.label}`),
      putContentCopy: anyone(`/v1/peer/contents/b${'a'.repeat(58)}`, Buffer.alloc(200)),
      keepContentCopy: anyone('/v1/peer/content-copies', { recordId: 'a'.repeat(32), version: 1 }),
      putWrapCopy: anyone(`/v1/peer/wraps/${manifest.wrapHash}`, {
        wrap: toHex(announced),
        manifest: sign(world, 'RecordManifest', manifest, author.requestSigning)
      }),
      getContentCopy: anyone(`/v1/peer/contents/b${'a'.repeat(58)}?recordId=${record.recordId}&version=1`),
      getWrapCopy: anyone(`/v1/peer/wraps/${toHex(wrapHash(record.wrap, record.place))}?recordId=${record.recordId}&version=1`)
    }
  }
}

function withdrawalOf ({ patientId }: TestPatient, { recordId, version, manifestId }: TestRecord): object {
  return { patientId, recordId, version, manifestId, cause: 'entered-in-error' }
}

/** Sends a request by injection or, `asPeer`, over mutual TLS as the gateway of a hospital; resolves to status and code of the answer. */
export function createCaller (
  t: Teardown,
  { app, config, consortium: { hospitals, network } }: TestGateway,
  caller = OTHER
): (request: StrangersRequest & { method: string, asPeer: boolean }) => Promise<{ status: number, code?: string }> {
  const tls = hospitals.get(caller)?.tls
  if (tls === undefined) throw new Error(`no hospital ${caller}`)
  const agent = new Agent({ connect: { ca: network.organizations.map((o) => o.tlsCaPem), cert: tls.certificate, key: tls.privateKey } })
  t.teardown(() => agent.destroy())
  return async ({ method, path, payload, authorization, asPeer }) => {
    const isBytes = Buffer.isBuffer(payload)
    const headers = {
      ...(authorization === undefined ? {} : { authorization }),
      ...(payload === undefined ? {} : { 'content-type': isBytes ? (method === 'PATCH' ? 'application/offset+octet-stream' : 'application/octet-stream') : 'application/json' })
    }
    const body = payload === undefined || isBytes ? payload : JSON.stringify(payload)
    if (asPeer) {
      const answer = await request(`${config.publicUrl}${path}`, {
        dispatcher: agent,
        method: method as 'GET',
        headers,
        body: body ?? null
      })
      return describe(answer.statusCode, await answer.body.text())
    }
    const answer = await app.inject({ method: method as 'GET', url: path, headers, ...(body === undefined ? {} : { payload: body }) })
    return describe(answer.statusCode, answer.body)
  }
}

function describe (status: number, body: string): { status: number, code?: string } {
  const { code } = status < 400 ? {} : codeIn(JSON.parse(body) as Problem)
  return { status, ...(code === undefined ? {} : { code }) }
}

interface Problem { code?: string, issue?: [{ details: { coding: [{ code: string }] } }] }

/** The code of a problem document, or of an OperationOutcome. */
function codeIn ({ code, issue }: Problem): { code?: string } {
  if (issue !== undefined) return { code: issue[0].details.coding[0].code }
  return code === undefined ? {} : { code }
}

const signedMembership = ({ statement, envelopes }: TestDepartment): object => ({ statement, envelopes })
