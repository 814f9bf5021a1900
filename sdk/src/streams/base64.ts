import { base64 } from '@scure/base'

/** Base64 with padding. */
export const toBase64 = (bytes: Uint8Array): string => base64.encode(bytes)

/** The bytes of base64 with padding. @throws for any other spelling */
export const fromBase64 = (text: string): Uint8Array => base64.decode(text)
