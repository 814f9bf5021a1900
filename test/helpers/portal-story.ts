import type { BrowserContext, Page } from 'playwright-core'
import { takePicture } from './chromium.ts'
import { chooseFile, pick, press, reach, sayYesByKeys, tick, type } from './keyboard.ts'
import { PASSPHRASE } from './portal-patient.ts'

/** Somebody of a hospital, as they sign in there. */
export interface StaffOfStory { subject: string, password: string }

/** Of whom the story is, and where each of them sits: a browser of their own, let in at the pages. */
export interface StoryPeople {
  open: () => Promise<{ page: Page, context: BrowserContext }>
  patient: { phrase: string, card: string }
  practitioner: StaffOfStory & { phrase: string, mspId: string }
  auditor: StaffOfStory
  /** The block of an event is in a batch that the chain has, or that waits for whoever pays. */
  batched: (eventId: string) => Promise<void>
  /** Puts a wallet into a browser that is told so before its page is loaded again. */
  wallet: (context: BrowserContext) => Promise<void>
}

/** What the story left: each person's page, still open, for whoever looks further. */
export interface StoryTold { patient: Page, practitioner: Page, auditor: Page, recordId: string, eventId: string, steps: string[] }

const LETTER = 'allergic to penicillin, says the letter'

/**
 * The story of one record through the pages of four people, by keyboard alone: written for the patient, asked for in vain, consented to,
 * opened, seen by an auditor, verified by the patient's own wallet, revoked. A picture of each step lies under build/portal/.
 */
export async function playStory (people: StoryPeople): Promise<StoryTold> {
  const steps: string[] = []
  const picture = async (page: Page, name: string): Promise<void> => {
    steps.push(name)
    await takePicture(page, `story-${String(steps.length).padStart(2, '0')}-${name}`)
  }

  const { page: patient, context } = await people.open()
  await people.wallet(context)
  await patient.reload()
  await press(patient, 'link', 'Restore from your phrase')
  await bringKeys(patient, people.patient.phrase)
  await patient.getByRole('heading', { name: 'Timeline' }).waitFor()
  await picture(patient, 'patient-timeline')

  const { page: practitioner } = await people.open()
  await press(practitioner, 'link', 'Sign in as hospital staff')
  await signIn(practitioner, people.practitioner)
  await press(practitioner, 'link', /^Bring your keys/)
  await bringKeys(practitioner, people.practitioner.phrase)
  await practitioner.locator('.fingerprint').waitFor()
  if (await practitioner.getByText('not bound to you yet').count() > 0) await sayYesByKeys(practitioner, 'Bind the keys to me')
  await practitioner.getByText('bound to you on the ledger').waitFor()
  const staffId = (await practitioner.locator('section code').first().innerText()).trim()
  const fingerprint = await practitioner.locator('.fingerprint').innerText()
  await picture(practitioner, 'practitioner-keys')

  await press(practitioner, 'link', 'Write')
  await chooseFile(practitioner, 'Choose the card', { name: 'card.json', mimeType: 'application/json', text: people.patient.card })
  await press(practitioner, 'button', 'Take this card')
  await practitioner.getByText('The card is genuine').waitFor()
  const patientId = (await practitioner.locator('form > p code').innerText()).trim()
  await chooseFile(practitioner, 'Choose a file', { name: 'letter.txt', mimeType: 'text/plain', text: LETTER })
  await pick(practitioner, practitioner.getByLabel('Category'), 'medication')
  await sayYesByKeys(practitioner, 'Seal and add')
  const recordId = (await practitioner.getByText('On the ledger').locator('code').innerText()).trim()
  await picture(practitioner, 'practitioner-wrote')

  await press(practitioner, 'link', 'Patients')
  await type(practitioner, 'Number of another patient', patientId)
  await press(practitioner, 'button', 'Look')
  await reach(practitioner, practitioner.getByText('A record that is not listed'))
  await practitioner.keyboard.press('Enter')
  await type(practitioner, 'Number of the record', recordId)
  await sayYesByKeys(practitioner, `Ask and open: ${recordId}`)
  await practitioner.getByRole('heading', { name: 'This was denied' }).waitFor()
  await picture(practitioner, 'practitioner-denied')

  await press(patient, 'link', 'Consents')
  await press(patient, 'link', 'Give a consent')
  await pick(patient, patient.getByLabel('Hospital').first(), people.practitioner.mspId)
  await reach(patient, patient.getByRole('textbox'))
  await patient.keyboard.type(staffId)
  await press(patient, 'button', 'Look up')
  await patient.getByRole('heading', { name: 'What, and what for?' }).waitFor()
  await tick(patient, 'Medication')
  await press(patient, 'button', 'See what it opens')
  await patient.getByText(fingerprint).waitFor()
  await tick(patient, 'They read me exactly this')
  await patient.getByRole('button', { name: 'Sign the consent' }).waitFor()
  await picture(patient, 'patient-consents')
  await sayYesByKeys(patient, 'Sign the consent')
  await patient.getByRole('button', { name: /^Revoke/ }).first().waitFor()

  await press(practitioner, 'link', 'Patients')
  await press(practitioner, 'link', patientId)
  await sayYesByKeys(practitioner, `Ask and open: ${recordId}`)
  await practitioner.frameLocator('iframe').getByText(LETTER).waitFor()
  await picture(practitioner, 'practitioner-opened')

  await press(patient, 'link', 'Timeline')
  await press(patient, 'link', 'Who looked')
  await patient.getByRole('row', { name: /Permitted/ }).first().waitFor()
  await picture(patient, 'patient-who-looked')
  await reach(patient, patient.getByRole('row', { name: /Permitted/ }).first().getByRole('link'))
  await patient.keyboard.press('Enter')
  await patient.waitForURL(/\/looks\//)
  const eventId = new URL(patient.url()).pathname.split('/').at(-1) ?? ''

  const { page: auditor } = await people.open()
  await press(auditor, 'link', 'Sign in as hospital staff')
  await signIn(auditor, people.auditor)
  await press(auditor, 'link', 'Access log')
  await auditor.locator('table.log').waitFor()
  await picture(auditor, 'auditor-log')
  await reach(auditor, auditor.locator(`a[href="/audit/events/${eventId}"]`))
  await auditor.keyboard.press('Enter')
  await auditor.getByText('As recorded', { exact: true }).waitFor()
  await picture(auditor, 'auditor-event')

  await people.batched(eventId)
  await press(patient, 'button', 'Verify it yourself')
  await press(patient, 'button', /^Ask the chain by/)
  const waits = patient.getByRole('button', { name: 'Bring the batch to the chain' })
  const anchored = patient.locator('.badge').getByText(/^On the chain/)
  await waits.or(anchored).waitFor()
  if (await waits.count() > 0) {
    await picture(patient, 'patient-batch-waits')
    await press(patient, 'button', 'Bring the batch to the chain')
  }
  await anchored.waitFor()
  await picture(patient, 'patient-verified')

  await press(patient, 'link', 'Consents')
  await press(patient, 'button', /^Revoke/)
  await patient.getByText(/over$/).or(patient.getByText('You gave nobody a consent')).first().waitFor()
  await picture(patient, 'patient-revoked')
  await sayYesByKeys(practitioner, `Ask and open: ${recordId}`)
  await practitioner.getByRole('heading', { name: 'This was denied' }).waitFor()
  await picture(practitioner, 'practitioner-denied-again')
  return { patient, practitioner, auditor, recordId, eventId, steps }
}

async function bringKeys (page: Page, phrase: string): Promise<void> {
  await type(page, 'Your phrase', phrase)
  await type(page, 'New pass-phrase', PASSPHRASE)
  await type(page, 'The same once more', PASSPHRASE)
  await press(page, 'button', 'Restore')
}

/** At the hospital's own page, in the tab that the link opens. */
async function signIn (page: Page, { subject, password }: StaffOfStory): Promise<void> {
  const [tab] = await Promise.all([page.context().waitForEvent('page'), press(page, 'link', /^Sign in at/)])
  await type(tab, 'Name', subject)
  await type(tab, 'Password', password)
  await tab.keyboard.press('Enter')
  await tab.getByRole('heading', { name: 'You are signed in' }).waitFor()
  await tab.close()
  await page.bringToFront()
}
