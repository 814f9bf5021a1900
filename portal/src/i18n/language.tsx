import IntlMessageFormat from 'intl-messageformat'
import { createContext, use, useCallback, useEffect, useMemo, useState } from 'react'
import type { JSX, ReactNode } from 'react'
import { I18nProvider } from 'react-aria-components/I18nProvider'
import { isLanguage, LANGUAGES } from './languages.ts'
import type { Language, MessageId, Messages } from './languages.ts'

type Values = Record<string, string | number>
/** The sentence of a message, with its values. */
export type Say = (id: MessageId, values?: Values) => string

interface Spoken {
  language: Language
  direction: 'ltr' | 'rtl'
  say: Say
  time: (ms: number) => string
  date: (ms: number) => string
  number: (value: number) => string
  choose: (language: Language) => void
}

const KEPT = 'epione.language'
const Speech = createContext<Spoken | undefined>(undefined)

function firstLanguage (): Language {
  const wanted = [localStorage.getItem(KEPT), ...navigator.languages.map((tag) => tag.split('-')[0])]
  return wanted.find(isLanguage) ?? 'en'
}

function makeSay (language: Language, messages: Messages): Say {
  const formats = new Map<MessageId, IntlMessageFormat>()
  return (id, values) => {
    const message = messages[id]
    // Without values there is nothing to parse.
    if (typeof message === 'string' && values === undefined) return message
    let format = formats.get(id)
    if (format === undefined) {
      format = new IntlMessageFormat(message, language)
      formats.set(id, format)
    }
    return String(format.format(values))
  }
}

/** Gives all pages their language; nothing is shown before its messages are there. */
export function Speaking ({ children }: { children: ReactNode }): JSX.Element | null {
  const [language, setLanguage] = useState(firstLanguage)
  const [loaded, setLoaded] = useState<{ language: Language, messages: Messages }>()
  useEffect(() => {
    let current = true
    void LANGUAGES[language].load().then((messages) => { if (current) setLoaded({ language, messages }) })
    return () => { current = false }
  }, [language])
  const choose = useCallback((chosen: Language) => {
    localStorage.setItem(KEPT, chosen)
    setLanguage(chosen)
  }, [])
  const spoken = useMemo(() => loaded === undefined ? undefined : speak(loaded.language, loaded.messages, choose), [loaded, choose])
  useEffect(() => {
    if (spoken === undefined) return
    document.documentElement.lang = spoken.language
    document.documentElement.dir = spoken.direction
  }, [spoken])
  if (spoken === undefined) return null
  return <I18nProvider locale={spoken.language}><Speech value={spoken}>{children}</Speech></I18nProvider>
}

function speak (language: Language, messages: Messages, choose: (language: Language) => void): Spoken {
  const moment = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' })
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium' })
  const figures = new Intl.NumberFormat(language)
  return {
    language,
    direction: LANGUAGES[language].direction,
    say: makeSay(language, messages),
    time: (ms) => moment.format(ms),
    date: (ms) => day.format(ms),
    number: (value) => figures.format(value),
    choose
  }
}

export function useSpeech (): Spoken {
  const spoken = use(Speech)
  if (spoken === undefined) throw new TypeError('outside of Speaking')
  return spoken
}

export function useSay (): Say {
  return useSpeech().say
}
