import type IntlMessageFormat from 'intl-messageformat'
import { en } from './en/index.ts'

export type MessageId = keyof typeof en
/** Those with values are parsed already when the pages are built (vite.config.js). */
export type Messages = Record<MessageId, ConstructorParameters<typeof IntlMessageFormat>[0]>

export const LANGUAGES = {
  en: { name: 'English', direction: 'ltr', load: () => Promise.resolve<Messages>(en) },
  ar: { name: 'العربية', direction: 'rtl', load: async (): Promise<Messages> => (await import('./ar/index.ts')).ar }
} as const

export type Language = keyof typeof LANGUAGES

export function isLanguage (name: unknown): name is Language {
  return typeof name === 'string' && Object.hasOwn(LANGUAGES, name)
}
