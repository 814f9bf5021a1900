import type { Page } from 'playwright-core'

export const PASSPHRASE = 'correct horse battery'

/** Restores a phrase at the first page, and waits until the timeline is there. */
export async function restorePatient (page: Page, phrase: string, passphrase = PASSPHRASE): Promise<void> {
  await page.getByRole('link', { name: 'Restore from your phrase' }).click()
  await page.getByLabel('Your phrase').fill(phrase)
  await page.getByLabel('New pass-phrase').fill(passphrase)
  await page.getByLabel('The same once more').fill(passphrase)
  await page.getByRole('button', { name: 'Restore' }).click()
  await page.getByRole('heading', { name: 'Timeline' }).waitFor()
}

/** Presses a button that signs or opens something, and says yes to what it shows; returns that. */
export async function sayYes (page: Page, name: string): Promise<string> {
  await page.getByRole('button', { name }).first().click()
  const dialog = page.getByRole('alertdialog')
  const shown = await dialog.innerText()
  await dialog.getByRole('button', { name }).click()
  await dialog.waitFor({ state: 'detached' })
  return shown
}

/** What was logged to the page's console as an error: policies that were broken, exceptions that nobody caught. */
export function watchErrors (page: Page): string[] {
  const errors: string[] = []
  page.on('console', (message) => { if (message.type() === 'error') errors.push(message.text()) })
  page.on('pageerror', (error) => { errors.push(String(error)) })
  return errors
}
