import { glob, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse, TYPE } from '@formatjs/icu-messageformat-parser'
import type { MessageFormatElement } from '@formatjs/icu-messageformat-parser'
import t from 'tap'
import { isLanguage, LANGUAGES, WORDS } from '../../../portal/src/i18n/languages.ts'

const SOURCES = join(import.meta.dirname, '..', '..', '..', 'portal', 'src')

/** Names of the values that a message takes, and the plural forms that it has of each. */
function partsOf (message: string): { values: string[], plurals: Map<string, string[]> } {
  const values = new Set<string>()
  const plurals = new Map<string, string[]>()
  const walk = (elements: MessageFormatElement[]): void => {
    for (const element of elements) {
      if (element.type === TYPE.literal || element.type === TYPE.pound) continue
      values.add(element.value)
      if (element.type === TYPE.plural) plurals.set(element.value, Object.keys(element.options))
      if (element.type !== TYPE.plural && element.type !== TYPE.select) continue
      for (const { value } of Object.values(element.options)) walk(value)
    }
  }
  walk(parse(message))
  return { values: [...values].sort(), plurals }
}

/** Names of this program and of formats are the same in every language. */
const isName = (id: string): boolean => id === 'app.name' || id.startsWith('audit.format.')

for (const [name, languages] of Object.entries(WORDS)) {
  t.test(`${name}: every language says everything that English says, with the same values and all its plural forms`, async (t) => {
    const { words: english }: { words: Readonly<Record<string, string>> } = await languages.en()
    for (const language of Object.keys(LANGUAGES).filter(isLanguage)) {
      const { words }: { words: Readonly<Record<string, string>> } = await languages[language]()
      t.strictSame(Object.keys(words).sort(), Object.keys(english).sort(), language)
      const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories
      for (const [id, message] of Object.entries(words)) {
        const { values, plurals } = partsOf(message)
        const said = english[id] ?? ''
        t.strictSame(values, partsOf(said).values, id)
        for (const [value, has] of plurals) {
          // One, two or none may be said by its number.
          const lacks = forms.filter((form) => !has.includes(form) && !(form === 'zero' && has.includes('=0')))
          t.strictSame(lacks, [], `${id}: plural forms of ${value}`)
        }
        if (language !== 'en' && /[a-z]{4}/i.test(said) && !isName(id)) t.not(message, said, id)
      }
    }
  })
}

t.test('no message has two sentences', async (t) => {
  const ids = (await Promise.all(Object.values(WORDS).map(async ({ en }) => Object.keys((await en()).words)))).flat()
  t.strictSame(ids.filter((id, at) => ids.indexOf(id) !== at), [])
})

t.test('no page has a sentence of its own', async (t) => {
  for await (const file of glob('**/*.tsx', { cwd: SOURCES })) {
    const text = await readFile(join(SOURCES, file), 'utf8')
    // Commands are typed as they are in every language.
    t.strictSame([...text.replaceAll(/<code[^>]*>[^<{]*<\/code>/g, '').matchAll(/>([^<>{}()=;]*[A-Za-z]{3,}[^<>{}()=;]*)<\//g)].map(([, words]) => words), [], file)
  }
})
