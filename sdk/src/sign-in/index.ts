export { describeSignIn } from './describe-sign-in.ts'
export type { SignInDescribed } from './describe-sign-in.ts'
export { IdentityProvider } from './identity-provider.ts'
export type { CodeBegun, DeviceRequest, Issuer, ServiceKey, SignedIn, Tokens } from './identity-provider.ts'
