import { useState } from 'react'
import type { JSX } from 'react'
import { useSpeech } from '../i18n/language.tsx'
import { isLanguage, LANGUAGES } from '../i18n/languages.ts'
import { applyTheme, keptTheme, THEMES } from './theme.ts'

/** Language and appearance: the platform's own lists, which every machine shows as its people know them. */
export function Choices (): JSX.Element {
  const { say, language, choose } = useSpeech()
  const [theme, setTheme] = useState(keptTheme)
  return (
    <>
      <label className='choice'>
        <span>{say('app.language')}</span>
        <select value={language} onChange={({ target: { value } }) => { if (isLanguage(value)) choose(value) }}>
          {Object.entries(LANGUAGES).map(([id, { name, direction }]) =>
            <option key={id} value={id} lang={id} dir={direction}>{name}</option>)}
        </select>
      </label>
      <label className='choice'>
        <span>{say('app.theme')}</span>
        <select
          value={theme}
          onChange={({ target: { value } }) => {
            const chosen = THEMES.find((one) => one === value) ?? 'system'
            applyTheme(chosen)
            setTheme(chosen)
          }}
        >
          {THEMES.map((one) => <option key={one} value={one}>{say(`app.theme.${one}`)}</option>)}
        </select>
      </label>
    </>
  )
}
