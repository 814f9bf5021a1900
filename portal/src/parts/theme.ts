export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const KEPT = 'epione.theme'

export function keptTheme (): Theme {
  const kept = localStorage.getItem(KEPT)
  return THEMES.find((theme) => theme === kept) ?? 'system'
}

/** Also keeps it; style sheets go by the page's colour scheme alone. */
export function applyTheme (theme: Theme): void {
  localStorage.setItem(KEPT, theme)
  document.documentElement.style.colorScheme = theme === 'system' ? 'light dark' : theme
}

/** The one that is seen. */
export function themeInForce (): 'light' | 'dark' {
  const kept = keptTheme()
  if (kept !== 'system') return kept
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}
