import type IntlMessageFormat from 'intl-messageformat'
import { en } from './en/index.ts'

/** A message as FormatJS takes it: those with values are parsed already when the pages are built (vite.config.js). */
type Message = ConstructorParameters<typeof IntlMessageFormat>[0]

export const LANGUAGES = {
  en: { name: 'English', direction: 'ltr' },
  ar: { name: 'العربية', direction: 'rtl' }
} as const

export type Language = keyof typeof LANGUAGES

/** Words that load with the pages that say them; `index` are those that are there from the start. A module exports them as `words`. */
export const WORDS = {
  index: { en: () => Promise.resolve({ words: en }), ar: () => import('./ar/index.ts') },
  chain: { en: () => import('./en/chain.ts'), ar: () => import('./ar/chain.ts') },
  session: { en: () => import('./en/session.ts'), ar: () => import('./ar/session.ts') },
  staff: { en: () => import('./en/staff.ts'), ar: () => import('./ar/staff.ts') },
  practice: { en: () => import('./en/practice.ts'), ar: () => import('./ar/practice.ts') },
  notices: { en: () => import('./en/notices.ts'), ar: () => import('./ar/notices.ts') },
  streams: { en: () => import('./en/streams.ts'), ar: () => import('./ar/streams.ts') },
  mine: { en: () => import('./en/mine.ts'), ar: () => import('./ar/mine.ts') },
  erasing: { en: () => import('./en/erasing.ts'), ar: () => import('./ar/erasing.ts') },
  contents: { en: () => import('./en/contents.ts'), ar: () => import('./ar/contents.ts') },
  search: { en: () => import('./en/search.ts'), ar: () => import('./ar/search.ts') },
  consents: { en: () => import('./en/consents.ts'), ar: () => import('./ar/consents.ts') },
  protection: { en: () => import('./en/protection.ts'), ar: () => import('./ar/protection.ts') },
  limited: { en: () => import('./en/limited.ts'), ar: () => import('./ar/limited.ts') },
  delegates: { en: () => import('./en/delegates.ts'), ar: () => import('./ar/delegates.ts') },
  auditor: { en: () => import('./en/auditor.ts'), ar: () => import('./ar/auditor.ts') },
  network: { en: () => import('./en/network.ts'), ar: () => import('./ar/network.ts') },
  guardians: { en: () => import('./en/guardians.ts'), ar: () => import('./ar/guardians.ts') }
} as const satisfies Record<string, Record<Language, () => Promise<{ words: Record<string, string> }>>>

export type WordsName = keyof typeof WORDS

type WordsOf<N extends WordsName> = Awaited<ReturnType<(typeof WORDS)[N]['en']>>['words']
export type MessageId = { [N in WordsName]: keyof WordsOf<N> & string }[WordsName]
export type Messages = Partial<Record<MessageId, Message>>

/** Everything of these names, in one language. */
export async function loadWords (language: Language, names: readonly WordsName[]): Promise<Messages> {
  const loaded = await Promise.all(names.map(async (name) => (await WORDS[name][language]()).words))
  return Object.assign({}, ...loaded) as Messages
}

export function isLanguage (name: unknown): name is Language {
  return typeof name === 'string' && Object.hasOwn(LANGUAGES, name)
}
