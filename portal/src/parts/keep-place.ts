import { useLayoutEffect, useRef } from 'react'
import type { RefObject } from 'react'

/**
 * Whoever has a keyboard alone goes on where they were, though the button that they pressed is gone with what it did: reading and the
 * next Tab begin at the nearest part around it that is still there.
 */
export function useKeptPlace (): RefObject<HTMLButtonElement | null> {
  const button = useRef<HTMLButtonElement>(null)
  useLayoutEffect(() => {
    const around: HTMLElement[] = []
    // By what is there when the button comes: when it goes, it may hang in nothing any more.
    let part = button.current?.parentElement ?? null
    while (part !== null && part !== document.body) {
      around.push(part)
      part = part.parentElement
    }
    return () => {
      // After a dialog that it opened gave the focus back.
      requestAnimationFrame(() => requestAnimationFrame(() => {
        if (document.activeElement !== document.body) return
        const place = around.find(({ isConnected }) => isConnected)
        if (place === undefined) return
        if (!place.hasAttribute('tabindex')) place.tabIndex = -1
        place.focus({ preventScroll: true })
      }))
    }
  }, [])
  return button
}
