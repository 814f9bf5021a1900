import { createHash, createPrivateKey, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Client, credentials } from '@grpc/grpc-js'
import { connect, signers } from '@hyperledger/fabric-gateway'
import { common, gateway as messages, ledger, msp, orderer, peer } from '@hyperledger/fabric-protos'
import { concatBytes, toHex, utf8 } from '@epione/crypto'
import { TRANSACTIONS } from '@epione/protocol'
import type { LedgerIdentity } from '@epione/ledger/fabric'
import type { NetworkFile, NetworkFileOrganization } from '../../network/render/network-file.ts'

/** The part that is used of Google's message, whose types its package does not bring. */
interface Timestamp { setSeconds (seconds: number): void }

/** What a member had ordered, or tried to. */
export interface HostileEnvelope { kind: string, bytes: Uint8Array }

/** The layers of an endorsed transaction, to be taken apart and put together otherwise. */
interface Layers {
  channelHeader: common.ChannelHeader
  signatureHeader: common.SignatureHeader
  action: peer.ChaincodeActionPayload
  response: peer.ProposalResponsePayload
  result: peer.ChaincodeAction
}

const BROADCAST = '/orderer.AtomicBroadcast/Broadcast'
const TIMEOUT_MS = 20_000
const GARBAGE = new Uint8Array(64).fill(0xff)

/** A member of staff who signs whatever they like and gives it to an orderer, past every gateway. */
export class HostileMember {
  readonly #file: NetworkFile
  readonly #identity: LedgerIdentity
  readonly #sign: (digest: Uint8Array) => Promise<Uint8Array>
  readonly #bind: () => object
  readonly #orderer: Client
  readonly #peer: Client

  /** `bind` makes a statement that binds this person's keys: what anybody on the staff may bring to the ledger. */
  constructor (file: NetworkFile, organization: NetworkFileOrganization, identity: LedgerIdentity, bind: () => object) {
    const [node] = organization.peers
    if (node === undefined) throw new Error('the hospital has a peer')
    this.#file = file
    this.#identity = identity
    this.#bind = bind
    this.#sign = signers.newPrivateKeySigner(createPrivateKey(identity.privateKey))
    const root = credentials.createSsl(readFileSync(organization.tlsCaFile))
    this.#orderer = new Client(organization.orderer.address, root, { 'grpc.ssl_target_name_override': organization.orderer.tlsName })
    this.#peer = new Client(node.address, root, { 'grpc.ssl_target_name_override': node.tlsName })
  }

  /** A transaction that the hospitals endorsed: a binding of this person's first keys, so that one of them at most takes effect. */
  async endorse (): Promise<Uint8Array> {
    const gateway = connect({
      client: this.#peer,
      identity: { mspId: this.#identity.mspId, credentials: utf8(this.#identity.certificate) },
      signer: this.#sign
    })
    const transaction =
      await gateway.getNetwork(this.#file.channel).getContract(this.#file.chaincode).newProposal(TRANSACTIONS.directoryBind, {
        arguments: [JSON.stringify(this.#bind())]
      }).endorse()
    const signature = await this.#sign(transaction.getDigest())
    return envelopeIn(gateway.newSignedTransaction(transaction.getBytes(), signature).getBytes())
  }

  /** Signs a payload as an envelope. */
  async seal (payload: Uint8Array): Promise<Uint8Array> {
    const envelope = new common.Envelope()
    envelope.setPayload(payload)
    envelope.setSignature(await this.#sign(createHash('sha256').update(payload).digest()))
    return envelope.serializeBinary()
  }

  /** Gives bytes to the hospital's orderer; its status, by name. */
  async broadcast (bytes: Uint8Array): Promise<string> {
    const stream = this.#orderer.makeBidiStreamRequest(BROADCAST, (message: Uint8Array) =>
      Buffer.from(message), (answer) => orderer.BroadcastResponse.deserializeBinary(answer), { deadline: Date.now() + TIMEOUT_MS })
    return await new Promise((resolve) => {
      stream.on('data', (answer: orderer.BroadcastResponse) => {
        resolve(nameOf(answer.getStatus()))
        stream.end()
      })
      stream.on('error', (error: Error) => { resolve(error.message) })
      stream.write(bytes)
    })
  }

  /** Every kind of garbage that we thought of; each is signed, so that the orderer's own check lets it pass. */
  async makeAll (): Promise<HostileEnvelope[]> {
    const made: HostileEnvelope[] = []
    for (const [kind, change] of Object.entries(CHANGES)) {
      made.push({
        kind,
        bytes: await this.seal(this.#rebuild(await this.endorse(), change))
      })
    }
    for (const [kind, payload] of Object.entries(this.#payloads())) made.push({ kind, bytes: await this.seal(payload) })
    const twice = await this.endorse()
    made.push({ kind: 'a valid transaction', bytes: twice }, { kind: 'the same transaction again', bytes: twice })
    const pending = await this.endorse()
    made.push({
      kind: 'the id of a transaction under way',
      bytes: await this.seal(withTxId(this.#header(), idOf(pending)))
    }, { kind: 'the transaction that was under way', bytes: pending })
    made.push({
      kind: 'an envelope with fields that nobody knows',
      bytes: concatBytes(await this.seal(payloadOf(this.#header(), GARBAGE)), Uint8Array.of(0x1a, 1, 0))
    })
    return made
  }

  close (): void {
    this.#orderer.close()
    this.#peer.close()
  }

  #payloads (): Record<string, Uint8Array> {
    const header = (change: (channelHeader: common.ChannelHeader) => void = () => undefined): common.Header => this.#header(change)
    const typed = (type: number): common.Header => header((channelHeader) => { channelHeader.setType(type) })
    return {
      'no payload': new Uint8Array(),
      '64 bytes of garbage as data': payloadOf(header(), GARBAGE),
      'no data': payloadOf(header(), new Uint8Array()),
      'groups nested 100,000 deep': payloadOf(
        header(),
        concatBytes(new Uint8Array(100_000).fill(0x7b), new Uint8Array(100_000).fill(0x7c))
      ),
      '500,000 empty actions': payloadOf(header(), repeat(Uint8Array.of(0x0a, 0), 500_000)),
      'two actions': payloadOf(header(), repeat(Uint8Array.of(0x0a, 0), 2)),
      'a message of no kind': payloadOf(typed(0), GARBAGE),
      'a configuration by no admin': payloadOf(typed(common.HeaderType.CONFIG), GARBAGE),
      'an update of the configuration by no admin': payloadOf(typed(common.HeaderType.CONFIG_UPDATE), GARBAGE),
      'a type that does not exist': payloadOf(typed(99), GARBAGE),
      'a negative type': payloadOf(typed(-1), GARBAGE),
      'another channel': payloadOf(header((channelHeader) => { channelHeader.setChannelId('other') }), GARBAGE),
      'an epoch': payloadOf(header((channelHeader) => { channelHeader.setEpoch(1) }), GARBAGE),
      'no transaction id': payloadOf(header((channelHeader) => { channelHeader.setTxId('') }), GARBAGE),
      'a transaction id that is no UTF-8': withRawTxId(this.#header(), Uint8Array.of(0xff, 0xfe)),
      'a negative time': payloadOf(
        header((channelHeader) => { (channelHeader.getTimestamp() as Timestamp | undefined)?.setSeconds(-62_135_596_801) }),
        GARBAGE
      )
    }
  }

  #header (change: (channelHeader: common.ChannelHeader) => void = () => undefined): common.Header {
    const [nonce, creator] = [randomBytes(24), serialized(this.#identity)]
    const signatureHeader = new common.SignatureHeader()
    signatureHeader.setNonce(nonce)
    signatureHeader.setCreator(creator)
    const channelHeader = new common.ChannelHeader()
    channelHeader.setType(common.HeaderType.ENDORSER_TRANSACTION)
    channelHeader.setChannelId(this.#file.channel)
    channelHeader.setTxId(toHex(createHash('sha256').update(nonce).update(creator).digest()))
    change(channelHeader)
    const header = new common.Header()
    header.setChannelHeader(channelHeader.serializeBinary())
    header.setSignatureHeader(signatureHeader.serializeBinary())
    return header
  }

  /** The payload of an endorsed transaction, changed where no signature of an endorser reaches, or where one does. */
  #rebuild (envelope: Uint8Array, change: Change): Uint8Array {
    const payload = common.Payload.deserializeBinary(common.Envelope.deserializeBinary(envelope).getPayload_asU8())
    const header = payload.getHeader() ?? new common.Header()
    const transaction = peer.Transaction.deserializeBinary(payload.getData_asU8())
    const [step = new peer.TransactionAction()] = transaction.getActionsList()
    const action = peer.ChaincodeActionPayload.deserializeBinary(step.getPayload_asU8())
    const response = peer.ProposalResponsePayload.deserializeBinary(
      action.getAction()?.getProposalResponsePayload_asU8() ?? new Uint8Array()
    )
    const layers: Layers = {
      channelHeader: common.ChannelHeader.deserializeBinary(header.getChannelHeader_asU8()),
      signatureHeader: common.SignatureHeader.deserializeBinary(step.getHeader_asU8()),
      action,
      response,
      result: peer.ChaincodeAction.deserializeBinary(response.getExtension_asU8())
    }
    const raw = change(layers, this.#file.chaincode)
    if (raw?.proposal !== undefined) action.setChaincodeProposalPayload(raw.proposal)
    response.setExtension$(raw?.extension ?? layers.result.serializeBinary())
    header.setChannelHeader(layers.channelHeader.serializeBinary())
    action.getAction()?.setProposalResponsePayload(raw?.response ?? response.serializeBinary())
    step.setHeader(layers.signatureHeader.serializeBinary())
    step.setPayload(raw?.action ?? action.serializeBinary())
    transaction.setActionsList([step])
    payload.setHeader(header)
    payload.setData(raw?.transaction ?? transaction.serializeBinary())
    return payload.serializeBinary()
  }
}

type Change = (
  layers: Layers,
  chaincode: string
) => { proposal?: Uint8Array, extension?: Uint8Array, response?: Uint8Array, action?: Uint8Array, transaction?: Uint8Array } | undefined

const CHANGES: Record<string, Change> = {
  'a transaction cut short': ({ action }) =>
    ({ transaction: concatBytes(Uint8Array.of(0x0a, 0xff, 0x7f), action.serializeBinary().slice(0, 20)) }),
  'an action cut short': ({ action }) => ({ action: action.serializeBinary().slice(0, -7) }),
  'an action without endorsed action': () => ({ action: new peer.ChaincodeActionPayload().serializeBinary() }),
  'an action without proposal': ({ action }) => { action.setChaincodeProposalPayload(new Uint8Array()); return undefined },
  'a response cut short': ({ response }) => ({ response: response.serializeBinary().slice(0, -7) }),
  'no response': () => ({ response: new Uint8Array() }),
  'a result of garbage': () => ({ extension: GARBAGE }),
  'no result': () => ({ extension: new Uint8Array() }),
  'a read-write set of garbage': ({ result }) => { result.setResults(GARBAGE); return undefined },
  'metadata of a key': ({ result }) => { result.setResults(writesMetadata()); return { proposal: GARBAGE } },
  'an event of garbage': ({ result }) => { result.setEvents(GARBAGE); return undefined },
  'an event that nobody endorsed': (
    { result },
    chaincode
  ) => { result.setEvents(forgedEvent(chaincode, utf8('ConsentRevoked'))); return undefined },
  'an event of another chaincode': ({ result }) => { result.setEvents(forgedEvent('other', utf8('AccessDecided'))); return undefined },
  'an event name that is no UTF-8': (
    { result },
    chaincode
  ) => { result.setEvents(forgedEvent(chaincode, Uint8Array.of(0xff, 0xfe))); return undefined },
  'another chaincode in the result': ({ result }) => { result.getChaincodeId()?.setName('other'); return undefined },
  'no chaincode in the result': ({ result }) => { result.clearChaincodeId(); return undefined },
  'no endorsements': ({ action }) => { action.getAction()?.setEndorsementsList([]); return undefined },
  'an endorsement of garbage': ({ action }) => {
    const one = new peer.Endorsement()
    one.setEndorser(GARBAGE)
    one.setSignature(GARBAGE)
    action.getAction()?.setEndorsementsList([one])
    return undefined
  },
  '10,000 empty endorsements': ({ action }) => {
    action.getAction()?.setEndorsementsList(
      Array.from({ length: 10_000 }, () => new peer.Endorsement())
    ); return undefined
  },
  'an action without nonce': ({ signatureHeader }) => { signatureHeader.setNonce(new Uint8Array()); return undefined },
  'a header extension of garbage': ({ channelHeader }) => { channelHeader.setExtension$(GARBAGE); return undefined }
}

/** A change of the endorsement policy of a key, in a transaction that goes no further than its proposal hash. */
function writesMetadata (): Uint8Array {
  const write = new ledger.rwset.kvrwset.KVMetadataWrite()
  write.setKey('a key')
  const set = new ledger.rwset.kvrwset.KVRWSet()
  set.setMetadataWritesList([write])
  const space = new ledger.rwset.NsReadWriteSet()
  space.setNamespace('epione')
  space.setRwset(set.serializeBinary())
  const all = new ledger.rwset.TxReadWriteSet()
  all.setNsRwsetList([space])
  return all.serializeBinary()
}

/** `name` is bytes, because it need be no text. */
function forgedEvent (chaincode: string, name: Uint8Array): Uint8Array {
  const event = new peer.ChaincodeEvent()
  event.setChaincodeId(chaincode)
  event.setPayload(GARBAGE)
  return concatBytes(event.serializeBinary(), Uint8Array.of(0x1a, name.length), name)
}

/** The envelope of a transaction that the gateway's library prepared. */
function envelopeIn (prepared: Uint8Array): Uint8Array {
  return messages.PreparedTransaction.deserializeBinary(prepared).getEnvelope()?.serializeBinary() ?? new Uint8Array()
}

function idOf (envelope: Uint8Array): string {
  const payload = common.Payload.deserializeBinary(common.Envelope.deserializeBinary(envelope).getPayload_asU8())
  return common.ChannelHeader.deserializeBinary(payload.getHeader()?.getChannelHeader_asU8() ?? new Uint8Array()).getTxId()
}

function withTxId (header: common.Header, txId: string): Uint8Array {
  const channelHeader = common.ChannelHeader.deserializeBinary(header.getChannelHeader_asU8())
  channelHeader.setTxId(txId)
  header.setChannelHeader(channelHeader.serializeBinary())
  return payloadOf(header, GARBAGE)
}

function withRawTxId (header: common.Header, txId: Uint8Array): Uint8Array {
  header.setChannelHeader(concatBytes(header.getChannelHeader_asU8(), Uint8Array.of(0x2a, txId.length), txId))
  return payloadOf(header, GARBAGE)
}

function payloadOf (header: common.Header, data: Uint8Array): Uint8Array {
  const payload = new common.Payload()
  payload.setHeader(header)
  payload.setData(data)
  return payload.serializeBinary()
}

function serialized ({ mspId, certificate }: LedgerIdentity): Uint8Array {
  const identity = new msp.SerializedIdentity()
  identity.setMspid(mspId)
  identity.setIdBytes(utf8(certificate))
  return identity.serializeBinary()
}

function repeat (piece: Uint8Array, times: number): Uint8Array {
  const bytes = new Uint8Array(piece.length * times)
  for (let index = 0; index < times; index++) bytes.set(piece, index * piece.length)
  return bytes
}

function nameOf (status: number): string {
  return Object.entries(common.Status).find(([, value]) => value === status)?.[0] ?? String(status)
}
