export { IdentityProvider } from './identity-provider.ts'
export type { CodeBegun, DeviceRequest, Issuer, ServiceKey, SignedIn, Tokens } from './identity-provider.ts'
