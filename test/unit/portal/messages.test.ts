import { glob, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse, TYPE } from '@formatjs/icu-messageformat-parser'
import type { MessageFormatElement } from '@formatjs/icu-messageformat-parser'
import t from 'tap'
import { en } from '../../../portal/src/i18n/en/index.ts'
import { LANGUAGES } from '../../../portal/src/i18n/languages.ts'

const SOURCES = join(import.meta.dirname, '..', '..', '..', 'portal', 'src')

/** Messages are texts where nothing was built. */
function textOf (message: unknown): string {
  if (typeof message === 'string') return message
  throw new TypeError('a message is no text')
}

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

for (const [language, { load }] of Object.entries(LANGUAGES)) {
  t.test(`${language} says everything that English says, with the same values and all its plural forms`, async (t) => {
    const messages = await load()
    t.strictSame(Object.keys(messages).sort(), Object.keys(en).sort())
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories
    for (const [id, message] of Object.entries(messages)) {
      const { values, plurals } = partsOf(textOf(message))
      t.strictSame(values, partsOf(en[id as keyof typeof en]).values, id)
      for (const [value, has] of plurals) {
        // One, two or none may be said by its number.
        const lacks = forms.filter((form) => !has.includes(form) && !(form === 'zero' && has.includes('=0')))
        t.strictSame(lacks, [], `${id}: plural forms of ${value}`)
      }
      if (language !== 'en' && /[a-z]{4}/i.test(en[id as keyof typeof en]) && id !== 'app.name') t.not(message, en[id as keyof typeof en], id)
    }
  })
}

t.test('no page has a sentence of its own', async (t) => {
  for await (const file of glob('**/*.tsx', { cwd: SOURCES })) {
    const text = await readFile(join(SOURCES, file), 'utf8')
    t.strictSame([...text.matchAll(/>([^<>{}()=;]*[A-Za-z]{3,}[^<>{}()=;]*)<\//g)].map(([, words]) => words), [], file)
  }
})
