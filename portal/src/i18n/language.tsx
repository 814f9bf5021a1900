import IntlMessageFormat from 'intl-messageformat'
import { createContext, use, useCallback, useEffect, useMemo, useState } from 'react'
import type { JSX, ReactNode } from 'react'
import { I18nProvider } from 'react-aria-components/I18nProvider'
import type { Problem } from '../worker/problem.ts'
import { isLanguage, LANGUAGES, loadWords } from './languages.ts'
import type { Language, MessageId, Messages, WordsName } from './languages.ts'

type Values = Record<string, string | number>
/** The sentence of a message, with its values; `has` tells whether there is one of that name. */
export type Say = ((id: MessageId, values?: Values) => string) & { has: (id: string) => id is MessageId }

interface Spoken {
  language: Language
  direction: 'ltr' | 'rtl'
  say: Say
  time: (ms: number) => string
  date: (ms: number) => string
  number: (value: number) => string
  choose: (language: Language) => void
  /** Whether these words are loaded. */
  knows: (words: readonly WordsName[]) => boolean
  /** Has words loaded, and kept for as long as the page lives. */
  need: (words: readonly WordsName[]) => void
  /** Why words that are needed are not there. */
  problem?: Problem
}

const KEPT = 'epione.language'
const Speech = createContext<Spoken | undefined>(undefined)

function firstLanguage (): Language {
  const wanted = [localStorage.getItem(KEPT), ...navigator.languages.map((tag) => tag.split('-')[0])]
  return wanted.find(isLanguage) ?? 'en'
}

function makeSay (language: Language, messages: Messages): Say {
  const formats = new Map<MessageId, IntlMessageFormat>()
  const has = (id: string): id is MessageId => Object.hasOwn(messages, id)
  const say = (id: MessageId, values?: Values): string => {
    const message = messages[id]
    if (message === undefined) {
      // A page whose words were not loaded with it: a fault of ours, which no page should go down for.
      console.error(`no words for ${id}`)
      return id
    }
    // Without values there is nothing to parse.
    if (typeof message === 'string' && values === undefined) return message
    let format = formats.get(id)
    if (format === undefined) {
      format = new IntlMessageFormat(message, language)
      formats.set(id, format)
    }
    return String(format.format(values))
  }
  return Object.assign(say, { has })
}

interface Loaded { language: Language, names: readonly WordsName[], messages: Messages }

const FIRST: readonly WordsName[] = ['index']

/** Gives all pages their language; nothing is shown before its messages are there. */
export function Speaking ({ children }: { children: ReactNode }): JSX.Element | null {
  const [language, setLanguage] = useState(firstLanguage)
  const [names, setNames] = useState(FIRST)
  const [loaded, setLoaded] = useState<Loaded>()
  const [problem, setProblem] = useState<Problem>()
  useEffect(() => {
    let current = true
    loadWords(language, names).then((messages) => {
      if (!current) return
      setLoaded({ language, names, messages })
      setProblem(undefined)
    }, (error: unknown) => {
      if (current) setProblem({ code: 'UNEXPECTED', message: String(error), details: {} })
    })
    return () => { current = false }
  }, [language, names])
  const choose = useCallback((chosen: Language) => {
    localStorage.setItem(KEPT, chosen)
    setLanguage(chosen)
  }, [])
  // A new list, though nothing is new in it, has them loaded once more after a fault.
  const need = useCallback((words: readonly WordsName[]) => {
    setNames((former) => words.length === 0 ? former : [...new Set([...former, ...words])])
  }, [])
  const spoken = useMemo(
    () => loaded === undefined ? undefined : { ...speak(loaded), choose, need, ...(problem === undefined ? {} : { problem }) },
    [loaded, choose, need, problem]
  )
  useEffect(() => {
    if (spoken === undefined) return
    document.documentElement.lang = spoken.language
    document.documentElement.dir = spoken.direction
  }, [spoken])
  if (spoken === undefined) return null
  return <I18nProvider locale={spoken.language}><Speech value={spoken}>{children}</Speech></I18nProvider>
}

function speak ({ language, names, messages }: Loaded): Omit<Spoken, 'choose' | 'need' | 'problem'> {
  const moment = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' })
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium' })
  const figures = new Intl.NumberFormat(language)
  return {
    language,
    direction: LANGUAGES[language].direction,
    say: makeSay(language, messages),
    time: (ms) => sayMoment(moment, ms),
    date: (ms) => sayMoment(day, ms),
    number: (value) => figures.format(value),
    knows: (words) => words.every((name) => names.includes(name))
  }
}

/** Hospitals may name moments that no calendar has: one of them must not keep a page from the rest. */
function sayMoment (format: Intl.DateTimeFormat, ms: number): string {
  return Number.isNaN(new Date(ms).getTime()) ? String(ms) : format.format(ms)
}

export function useSpeech (): Spoken {
  const spoken = use(Speech)
  if (spoken === undefined) throw new TypeError('outside of Speaking')
  return spoken
}

export function useSay (): Say {
  return useSpeech().say
}
