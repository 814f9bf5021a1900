import { readTextIfExists } from '../../host/src/index.ts'

/**
 * Lines NAME='value' as a POSIX shell reads them with `.`: nothing in single quotes means anything, and a quote itself is
 * written as '\''. Values hold no line break (`path-check.ts` refuses paths with one).
 */
export function formatSettings (values: Readonly<Record<string, string>>): string {
  return Object.entries(values).map(([name, value]) => `${name}='${value.replaceAll('\'', () => '\'\\\'\'')}'\n`).join('')
}

/** Reads what `formatSettings` wrote. */
export function parseSettings (text: string): Record<string, string> {
  return Object.fromEntries(text.split('\n').filter((line) => line.includes('=')).map((line) => {
    const split = line.indexOf('=')
    const value = line.slice(split + 1)
    return [
      line.slice(0, split),
      value.startsWith('\'') && value.endsWith('\'') ? value.slice(1, -1).replaceAll('\'\\\'\'', () => '\'') : value
    ]
  }))
}

/** The settings of a file, or none when it is not there. */
export async function readSettingsFile (file: string): Promise<Record<string, string>> {
  return parseSettings(await readTextIfExists(file) ?? '')
}
