import type { Locator, Page } from 'playwright-core'

/** More stops than any page has. */
const STOPS_MAX = 250

/** A place where Tab stops, and what is wrong with it. */
export interface Walk {
  /** Names of the stops, in the order of Tab. */
  stops: string[]
  /** What a person with a keyboard alone would stumble over. */
  faults: string[]
}

/** `parts`: of a field for a day, its day, month and year and the calendar's button have the focus one after the other. */
interface Stop { place: number, name: string, parts: number, isShown: boolean, isInView: boolean }

/**
 * Goes through a page by Tab from its top until the focus leaves it, and back by Shift+Tab: each control that can be seen is reached once,
 * in the order of the page, shows that it has the focus, and none keeps it.
 */
export async function walkByTab (page: Page): Promise<Walk> {
  const names = await page.evaluate(prepareWalk)
  const faults: string[] = []
  const go = async (key: string, expected: number[]): Promise<string[]> => {
    const stops: string[] = []
    const places: number[] = []
    const times = new Map<number, number>()
    for (let presses = 0; presses < STOPS_MAX; presses += 1) {
      await page.keyboard.press(key)
      const stop = await page.evaluate(readStop)
      if (stop === undefined) break
      times.set(stop.place, (times.get(stop.place) ?? 0) + 1)
      if (stop.place !== places.at(-1)) {
        places.push(stop.place)
        stops.push(stop.name)
      }
      if (!stop.isShown) faults.push(`${key}: ${stop.name} does not show that it has the focus`)
      if (!stop.isInView) faults.push(`${key}: ${stop.name} has the focus out of sight`)
      if ((times.get(stop.place) ?? 0) > stop.parts) {
        faults.push(`${key}: ${stop.name} keeps the focus`)
        break
      }
    }
    for (const place of expected) if (!places.includes(place)) faults.push(`${key}: ${names[place] ?? ''} is never reached`)
    if (places.some((place, at) => place !== expected[at])) faults.push(`${key}: the order is ${stops.join(' | ')}`)
    return stops
  }
  const forth = names.map((_, place) => place)
  const stops = await go('Tab', forth)
  await page.evaluate(() => { (globalThis as unknown as Held).walk.stops.at(-1)?.focus() })
  await go('Shift+Tab', forth.slice(0, -1).reverse())
  return { stops, faults }
}

/** What the page holds while it is walked. */
interface Held {
  walk: { stops: HTMLElement[], looks: string[], lookOf: (element: HTMLElement) => string, nameOf: (element: HTMLElement) => string }
}

/** In the page: what Tab should stop at, and how it looks without the focus. Names of them are returned. */
function prepareWalk (): string[] {
  const ofGroup = (radio: HTMLInputElement): Element | null =>
    document.querySelector(`input[name="${radio.name}"]:checked`) ?? document.querySelector(`input[name="${radio.name}"]`)
  const isStop = (element: HTMLElement): boolean => element.tabIndex >= 0 && !element.matches(':disabled, [inert] *') &&
    element.checkVisibility({ visibilityProperty: true }) &&
    !(element instanceof HTMLInputElement && element.type === 'radio' && ofGroup(element) !== element)
  const nameOf = (element: HTMLElement): string =>
    `${element.localName} ${(element.getAttribute('aria-label') ?? element.closest('label')?.innerText ?? element.innerText).trim().slice(0, 40)}`
  // Of the element and what stands for it: its label with all in it, and two elements around.
  const lookOf = (element: HTMLElement): string => {
    const label = element.closest('label')
    const parts = [element, ...label === null ? [] : [label, ...label.querySelectorAll('*')], element.parentElement, element.parentElement?.parentElement]
    return parts.map((part) => {
      if (!(part instanceof Element)) return ''
      const { outline, boxShadow, borderColor, backgroundColor, insetBlockStart } = getComputedStyle(part)
      return [outline, boxShadow, borderColor, backgroundColor, insetBlockStart].join()
    }).join(';')
  }
  const stops = [...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, summary, [tabindex]')].filter(isStop)
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  document.body.tabIndex = -1
  document.body.focus()
  document.body.removeAttribute('tabindex');
  (globalThis as unknown as Held).walk = { stops, looks: stops.map(lookOf), lookOf, nameOf }
  return stops.map(nameOf)
}

/** In the page: where the focus is now; undefined once it left. */
function readStop (): Stop | undefined {
  const { stops, looks, lookOf, nameOf } = (globalThis as unknown as Held).walk
  const element = document.activeElement
  if (!(element instanceof HTMLElement) || element === document.body) return undefined
  const place = stops.indexOf(element)
  const { top, bottom, left, right } = (element.closest('label') ?? element).getBoundingClientRect()
  return {
    place,
    name: nameOf(element),
    parts: element.matches('input[type=date]') ? 4 : 1,
    isShown: place >= 0 && lookOf(element) !== looks[place],
    isInView: bottom > 0 && top < innerHeight && right > 0 && left < innerWidth
  }
}

/** Presses Tab until this has the focus. @throws when Tab never gets there */
export async function reach (page: Page, wanted: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await wanted.waitFor()
  const passed: string[] = []
  for (let presses = 0; presses < STOPS_MAX; presses += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press(key)
    passed.push(await page.evaluate(() => `${document.activeElement?.localName ?? ''} ${document.activeElement?.textContent.slice(0, 20) ?? ''}`))
  }
  throw new Error(`Tab never reaches ${String(wanted)}: ${passed.slice(0, 40).join(' | ')}`)
}

/** Goes to a link or button by Tab, and presses it. */
export async function press (page: Page, role: 'link' | 'button', name: string | RegExp, key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
  await reach(page, page.getByRole(role, { name, ...(typeof name === 'string' ? { exact: true } : {}) }).first())
  await page.keyboard.press(key)
}

/** Goes to a field by Tab, and types. */
export async function type (page: Page, label: string, text: string): Promise<void> {
  await reach(page, page.getByLabel(label, { exact: true }).first())
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type(text)
}

/** Goes to a box by Tab, and ticks it. */
export async function tick (page: Page, label: string): Promise<void> {
  await reach(page, page.getByRole('checkbox', { name: label }))
  await page.keyboard.press('Space')
}

/** Goes to a list by Tab, and by arrows to what is chosen of it. */
export async function pick (page: Page, list: Locator, value: string): Promise<void> {
  await reach(page, list)
  await page.keyboard.press('Home')
  for (let presses = 0; presses < 40; presses += 1) {
    if (await list.inputValue() === value) return
    await page.keyboard.press('ArrowDown')
  }
  throw new Error(`arrows never reach ${value}`)
}

/** Presses a button that signs or opens something, and the yes of its dialog; returns what that showed. */
export async function sayYesByKeys (page: Page, name: string | RegExp): Promise<string> {
  await press(page, 'button', name)
  const dialog = page.getByRole('alertdialog')
  const shown = await dialog.innerText()
  await reach(page, dialog.getByRole('button').first(), 'Shift+Tab')
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'detached' })
  return shown
}

/** Presses a button that lets the person choose a file. */
export async function chooseFile (page: Page, button: string, file: { name: string, mimeType: string, text: string }): Promise<void> {
  const chosen = page.waitForEvent('filechooser')
  await press(page, 'button', button)
  await (await chosen).setFiles({ name: file.name, mimeType: file.mimeType, buffer: Buffer.from(file.text) })
}

/** Waits until nobody is asked any more. */
export async function settled (page: Page): Promise<void> {
  for (let quiet = 0; quiet < 3; quiet += 1) {
    if (await page.locator('.waiting').count() > 0) quiet = -1
    await page.waitForTimeout(150)
  }
}
