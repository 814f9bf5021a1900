import { sourceOf } from './manifest.ts'
import type { SiteFile } from './site.ts'

export type Headers = Record<string, string>

/** With every answer: nothing is kept, guessed, shown in a foreign frame, or told to other sites. */
const COMMON: Headers = {
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'permissions-policy': 'accelerometer=(), autoplay=(), bluetooth=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), local-fonts=(), magnetometer=(), microphone=(), midi=(), payment=(), publickey-credentials-create=(self), publickey-credentials-get=(self), serial=(), usb=(), xr-spatial-tracking=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY'
}

/** What nothing of here may do, whatever else it is. */
const NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** The one name under which the pages make a trusted value: their worker's address. */
const TRUSTED_TYPES = 'epione-worker'

/**
 * Of the pages and their workers: addresses in full, so that what a gateway answers below the same origin is never run or shown.
 * `connectTo`: what they ask, as paths below their own origin or as other origins.
 */
export function headersOfPages (origin: string, connectTo: readonly string[]): Headers {
  const assets = `${origin}/assets/`
  return {
    ...COMMON,
    'content-security-policy': [
      NOTHING,
      `script-src ${assets}`,
      `style-src ${assets}`,
      `img-src ${assets} blob:`,
      `font-src ${assets}`,
      `worker-src ${assets}`,
      `frame-src ${origin}/frame/`,
      `connect-src ${connectTo.map((place) => place.startsWith('/') ? `${origin}${place}` : place).join(' ')}`,
      `trusted-types ${TRUSTED_TYPES}`,
      "require-trusted-types-for 'script'"
    ].join('; ')
  }
}

/**
 * Of a document that shows what a stranger wrote: an origin of its own that nothing shares, no address to ask, and no script but the
 * one that it was built with.
 */
export function headersOfFrame (origin: string, { inline }: SiteFile): Headers {
  const list = (sources: readonly string[] = []): string => sources.length === 0 ? "'none'" : sources.map((source) => `'${source}'`).join(' ')
  return {
    ...COMMON,
    'x-frame-options': 'SAMEORIGIN',
    'content-security-policy': [
      "default-src 'none'", "base-uri 'none'", "form-action 'none'", `frame-ancestors ${origin}`,
      'sandbox allow-scripts',
      `script-src ${list(inline?.scripts)}`,
      `style-src ${list(inline?.styles)}`,
      "require-trusted-types-for 'script'", "trusted-types 'none'"
    ].join('; ')
  }
}

/** Of what a gateway answered: data for a script of ours, and nothing if somebody opens it. */
export function headersOfData (): Headers {
  return { ...COMMON, 'content-security-policy': `${NOTHING}; sandbox` }
}

/** Of a document of the service itself, with one script and one style. */
export function headersOfOwnPage (origin: string, { script, style }: { script: string, style: string }): Headers {
  return {
    ...COMMON,
    'content-security-policy': `${NOTHING}; script-src '${sourceOf(script)}'; style-src '${sourceOf(style)}'; connect-src ${origin}/session; require-trusted-types-for 'script'; trusted-types 'none'`
  }
}
