/** What is used of the protobuf library's map, whose own types are not published with the messages. */
export interface MessageMap<T> {
  get: (key: string) => T | undefined
  set: (key: string, value: T) => unknown
  forEach: (visit: (value: T, key: string) => void) => void
  getLength: () => number
}
