// A person at a browser: signs in, looks, clicks by the words on the screen.

import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium, type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core'
import { readTables, type Lang } from '../build/table'

const texts = new Map(readTables('../words/table').map((r) => [r.key, r.texts]))
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const pictures = 'e2e/output'
const desktop = { width: 1440, height: 900 }
export const phone = { width: 390, height: 844 }

/** wordsOf returns the function that gives a text of the table in a language. */
export const wordsOf = (lang: Lang) => (key: string, args: Record<string, string> = {}) => {
  const text = texts.get(key)?.[lang]
  if (text === undefined) throw new Error(`no text ${key}`)
  return Object.entries(args).reduce((t, [name, value]) => t.replaceAll(`{${name}}`, value), text)
}

/** openBrowser starts Chromium without a window. */
export const openBrowser = () =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--lang=en'] })

export interface Visitor {
  page: Page
  context: BrowserContext
  lang: Lang
  say: ReturnType<typeof wordsOf>
  /** go opens a path and waits until nothing is on its way. */
  go: (path: string) => Promise<void>
  button: (key: string) => Locator
  picture: (name: string) => Promise<void>
}

interface Person { name: string; password: string }

/** people are the sign-ins of the demonstration that the tests use. */
export const people = {
  commander: { name: 'commander', password: 'harbour-and-hills' },
  epidemiologist: { name: 'epidemiologist', password: 'count-the-quiet' },
  duty: { name: 'duty', password: 'answer-the-bell' },
  area: { name: 'ganjingzi', password: 'district-on-call' },
  auditor: { name: 'auditor', password: 'look-touch-nothing' },
  administrator: { name: 'admin', password: 'keys-of-the-house' },
  clinic: { name: 'clinic', password: 'zero-is-a-report' },
} satisfies Record<string, Person>

interface Look { viewport?: { width: number; height: number }; dark?: boolean }

/** visit opens the console as a person, by the sign-in form. */
export async function visit(browser: Browser, url: string, lang: Lang, who: Person, look: Look = {}): Promise<Visitor> {
  const context = await browser.newContext({ baseURL: url, viewport: look.viewport ?? desktop, colorScheme: look.dark ? 'dark' : 'light', reducedMotion: 'reduce' })
  await context.addInitScript((l) => localStorage.setItem('breakwater.lang', l), lang)
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  const say = wordsOf(lang)
  const visitor: Visitor = {
    page, context, lang, say,
    go: async (path) => {
      await page.goto(path)
      await settled(page)
    },
    button: (key) => page.getByRole('button', { name: say(key), exact: true }),
    picture: async (name) => {
      await settled(page)
      mkdirSync(pictures, { recursive: true })
      await page.screenshot({ path: `${pictures}/${name}.${lang}.png` })
    },
  }
  await page.goto('/sign-in')
  await page.getByLabel(say('ui.signin.name'), { exact: true }).fill(who.name)
  await page.getByLabel(say('ui.signin.password'), { exact: true }).fill(who.password)
  await visitor.button('ui.signin.go').click()
  await page.waitForURL((at) => at.pathname !== '/sign-in')
  await settled(page)
  return visitor
}

/** The page of parts shows the sign of waiting for good. */
const pageOfParts = '/components'

/** settled waits until nothing says that it is loading. */
export async function settled(page: Page) {
  await page.locator('main, [role=main]').first().waitFor()
  await page.waitForFunction((samples) => location.pathname === samples || !document.querySelector('[role=status][aria-label]'), pageOfParts)
}

interface Violation { id: string; nodes: { html: string; failureSummary?: string }[] }

/** violations are what axe finds wrong with the page that is shown. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  const found = await page.evaluate<Violation[]>(`axe.run(document, { resultTypes: ['violations'] }).then((r) => r.violations)`)
  return found.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html.slice(0, 160)} ${(n.failureSummary ?? '').slice(0, 200)}`))
}
