import { GatewayError } from '../errors.ts'

/** @throws {GatewayError} REQUEST_INVALID */
export function requireInOrder ({ from, to }: { from?: number | undefined, to?: number | undefined }): void {
  if (from !== undefined && to !== undefined && from > to) {
    throw new GatewayError('REQUEST_INVALID', '"from" comes after "to": no event can be between them')
  }
}
