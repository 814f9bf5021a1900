import { useEffect, useRef, useState } from 'react'
import type { JSX } from 'react'
import { Button } from 'react-aria-components/Button'
import { useSpeech } from '../i18n/language.tsx'
import type { Content as Opened } from '../worker/rooms/records.ts'
import { Waiting } from './page.tsx'
import { sayBytes } from './said.tsx'
import { save } from './save.ts'
import { themeInForce } from './theme.ts'

/** What was opened: shown in a frame of no origin where there is a viewer for it, and always to save, under a type that no browser runs. */
export function Content ({ opened: { bytes, mediaType, ending }, name }: { opened: Opened, name: string }): JSX.Element {
  const { say, language, direction } = useSpeech()
  const place = useRef<HTMLDivElement>(null)
  const [kind, setKind] = useState<string>()
  const heading = useRef<HTMLHeadingElement>(null)
  const [saved, setSaved] = useState(false)
  useEffect(() => { heading.current?.focus() }, [])
  useEffect(() => {
    const gone = new AbortController()
    const show = async (): Promise<string | undefined> => {
      const { showContent } = await import('../frame/index.ts')
      if (gone.signal.aborted || place.current === null) return undefined
      const view = showContent(place.current, { bytes, mediaType, name: say('opened.title'), language, direction, theme: themeInForce() })
      gone.signal.addEventListener('abort', view.close)
      const shown = await view.shown
      return shown.kind
    }
    void show().catch(() => 'none').then((kind) => { if (!gone.signal.aborted) setKind(kind) })
    return () => { gone.abort() }
  }, [bytes, mediaType, language, direction, say])
  return (
    <section className='opened' aria-labelledby='opened'>
      <h2 id='opened' tabIndex={-1} ref={heading}>{say('opened.title')}</h2>
      <p><bdi>{mediaType}</bdi>, {sayBytes(language, bytes.length)}</p>
      {kind === undefined ? <Waiting>{say('opened.showing')}</Waiting> : null}
      {kind === 'none' ? <p>{say('opened.none')}</p> : null}
      <div ref={place} />
      <Button
        onPress={() => {
          save(bytes as Uint8Array<ArrayBuffer>, `${name}.${ending}`)
          setSaved(true)
        }}
      >
        {say('opened.save')}
      </Button>
      {saved ? <p role='status' className='hint'>{say('opened.saved')}</p> : null}
    </section>
  )
}
