import rwsets from '@hyperledger/fabric-protos/lib/ledger/rwset/rwset_pb.js'
import kvs from '@hyperledger/fabric-protos/lib/ledger/rwset/kvrwset/kv_rwset_pb.js'

/** Height of a write: block and transaction. `undefined` where a key was absent. */
export type Version = readonly [block: number, transaction: number] | undefined
/** A space of keys: a chaincode's own, or a collection of it, whose keys and values are hashes. */
export interface KeySpace { readonly namespace: string, readonly collection: string }
export interface Read { readonly key: string, readonly version: Version }
/** An empty value deletes. */
export interface Write { readonly key: string, readonly value: Uint8Array }
export interface RangeRead {
  readonly start: string
  readonly end: string
  readonly exhausted: boolean
  /** Undefined when only hashes of the result were kept. */ readonly reads: Read[] | undefined
}
/** What a transaction read and wrote in one space; keys of a collection are hashes in latin1. */
export interface SpaceSet extends KeySpace {
  readonly reads: Read[]
  readonly ranges: RangeRead[]
  readonly writes: Write[]
  readonly hasMetadata: boolean
}

/** Reads the results of a simulation; throws whatever the decoder throws. */
export function readWriteSets (bytes: Uint8Array): SpaceSet[] {
  return rwsets.TxReadWriteSet.deserializeBinary(bytes).getNsRwsetList().flatMap((set) => {
    const namespace = set.getNamespace()
    return [
      publicSet(namespace, set.getRwset_asU8()),
      ...set.getCollectionHashedRwsetList().map((hashed) =>
        collectionSet(namespace, hashed.getCollectionName(), hashed.getHashedRwset_asU8()))
    ]
  })
}

function publicSet (namespace: string, bytes: Uint8Array): SpaceSet {
  const set = kvs.KVRWSet.deserializeBinary(bytes)
  return {
    namespace,
    collection: '',
    reads: set.getReadsList().map(toRead),
    ranges: set.getRangeQueriesInfoList().map((range) => ({
      start: range.getStartKey(),
      end: range.getEndKey(),
      exhausted: range.getItrExhausted(),
      reads: range.getReadsMerkleHashes() === undefined
        ? (range.getRawReads()?.getKvReadsList() ?? []).map(toRead)
        : undefined
    })),
    writes: set.getWritesList().map((write) =>
      ({ key: write.getKey(), value: write.getIsDelete() ? new Uint8Array() : write.getValue_asU8() })),
    hasMetadata: set.getMetadataWritesList().length > 0
  }
}

function collectionSet (namespace: string, collection: string, bytes: Uint8Array): SpaceSet {
  const set = kvs.HashedRWSet.deserializeBinary(bytes)
  return {
    namespace,
    collection,
    reads: set.getHashedReadsList().map((read) => ({ key: hashKey(read.getKeyHash_asU8()), version: toVersion(read.getVersion()) })),
    ranges: [],
    writes: set.getHashedWritesList().map((write) =>
      ({ key: hashKey(write.getKeyHash_asU8()), value: write.getIsDelete() ? new Uint8Array() : write.getValueHash_asU8() })),
    hasMetadata: set.getMetadataWritesList().length > 0
  }
}

function toRead (read: kvs.KVRead): Read {
  return { key: read.getKey(), version: toVersion(read.getVersion()) }
}

function toVersion (version: kvs.Version | undefined): Version {
  return version === undefined ? undefined : [version.getBlockNum(), version.getTxNum()]
}

function hashKey (hash: Uint8Array): string {
  return Buffer.from(hash).toString('latin1')
}
