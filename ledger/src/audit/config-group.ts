import type configs from '@hyperledger/fabric-protos/lib/common/configtx_pb.js'

/** What is used of the protobuf library's map, whose own types are not published with the messages. */
interface MessageMap<T> { get: (key: string) => T | undefined, getEntryList: () => Array<[string, unknown]> }

/** A group of the channel configuration, its parts by name. */
export interface Group {
  readonly groups: ReadonlyMap<string, Group>
  readonly values: ReadonlyMap<string, configs.ConfigValue>
  readonly policies: ReadonlyMap<string, configs.ConfigPolicy>
  readonly version: number
  readonly modPolicy: string
}

/** A group and all below it. */
export function readGroup (group: configs.ConfigGroup): Group {
  const groups = toMap(group.getGroupsMap() as MessageMap<configs.ConfigGroup>)
  return {
    groups: new Map([...groups].map(([name, below]) => [name, readGroup(below)])),
    values: toMap(group.getValuesMap() as MessageMap<configs.ConfigValue>),
    policies: toMap(group.getPoliciesMap() as MessageMap<configs.ConfigPolicy>),
    version: group.getVersion(),
    modPolicy: group.getModPolicy()
  }
}

function toMap<T> (map: MessageMap<T>): Map<string, T> {
  const entries = map.getEntryList().flatMap(([name]): Array<[string, T]> => {
    const value = map.get(name)
    return value === undefined ? [] : [[name, value]]
  })
  return new Map(entries)
}
