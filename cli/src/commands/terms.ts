import { ClientError, closePeriod, MEDIA_CLASSES, requirePurpose } from '@epione/sdk'
import type { ConsentException, ConsentTerms } from '@epione/sdk'
import { parseChoice, parsePerson, parseRecordVersion } from './arguments.ts'
import { parsePeriod } from './times.ts'

export const LEVELS = ['N', 'R', 'V'] as const

export interface TermOptions { levels?: string, dataFrom?: string, dataUntil?: string, except?: string[] }

/** What `consent grant` says beyond whom, what, what for and how long. @throws {ClientError} USAGE */
export function parseTerms ({ levels, dataFrom, dataUntil, except = [] }: TermOptions): ConsentTerms {
  return {
    ...(levels === undefined ? {} : { levels: parseLevels(levels, '--levels') }),
    ...(dataFrom === undefined && dataUntil === undefined ? {} : { dataPeriod: parsePeriod(dataFrom, dataUntil) }),
    exceptions: except.map(parseException)
  }
}

/** `N,R`. */
export function parseLevels (text: string, option: string): Array<typeof LEVELS[number]> {
  return [...new Set(text.split(',').map((level) => parseChoice(level, LEVELS, option)))]
}

export const EXCEPTION_KEYS = ['purpose', 'author', 'person', 'record', 'media', 'level', 'data-from', 'data-until'] as const
type Key = (typeof EXCEPTION_KEYS)[number]

/** `author=MSP/STAFF,level=V`: all keys must hold of a request; of a key that is given twice, either value. */
function parseException (text: string): ConsentException {
  const given = parsePairs(text)
  const all = <T>(key: Key, parse: (value: string) => T): T[] | undefined => given.get(key)?.map(parse)
  const [from, until] = [only(given, 'data-from'), only(given, 'data-until')]
  return {
    ...member('purposes', all('purpose', requirePurpose)),
    ...member('authors', all('author', parsePerson)),
    ...member('requesters', all('person', parsePerson)),
    ...member('records', all('record', (id) => parseRecordVersion(id).recordId)),
    ...member('mediaClasses', all('media', (media) => parseChoice(media, MEDIA_CLASSES, '--except media'))),
    ...member('levels', all('level', (level) => parseChoice(level, LEVELS, '--except level'))),
    ...(from === undefined && until === undefined ? {} : { dataPeriod: closePeriod(parsePeriod(from, until)) })
  }
}

function parsePairs (text: string): Map<Key, string[]> {
  const given = new Map<Key, string[]>()
  for (const part of text.split(',')) {
    const [name = '', value = '', ...rest] = part.split('=')
    if (value === '' || rest.length > 0) {
      throw new ClientError('USAGE', `--except: "${part}" is no key=value; keys: ${EXCEPTION_KEYS.join(', ')}.`)
    }
    const key = parseChoice(name, EXCEPTION_KEYS, '--except')
    given.set(key, [...given.get(key) ?? [], value])
  }
  return given
}

function member<N extends string, T> (name: N, values: readonly T[] | undefined): Partial<Record<N, T[]>> {
  const given: Partial<Record<N, T[]>> = {}
  if (values !== undefined) given[name] = [...new Set(values)]
  return given
}

function only (given: ReadonlyMap<Key, string[]>, key: Key): string | undefined {
  const [value, second] = given.get(key) ?? []
  if (second !== undefined) throw new ClientError('USAGE', `--except: give ${key} once.`)
  return value
}
