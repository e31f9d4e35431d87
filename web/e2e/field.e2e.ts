// Those who report: a clinic on a phone that loses its connection, a resident
// without an account, and the administrator who lets them in.

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startProgram, type Program } from './program'
import { openBrowser, people, phone, settled, violations, visit, wordsOf } from './visit'

let program: Program
let browser: Browser

beforeAll(async () => {
  [program, browser] = await Promise.all([startProgram(), openBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await program?.stop()
})

describe('a clinic on a phone', () => {
  it('begins at its form, and its zero is kept without a connection and sent when there is one', async () => {
    const clinic = await visit(browser, program.url, 'zh', people.clinic, { viewport: phone })
    const { page, context, say } = clinic
    await page.waitForURL('**/report')
    expect(await violations(page)).toEqual([])
    await page.waitForFunction(() => navigator.serviceWorker.ready.then((r) => r.active?.state === 'activated'))
    await clinic.picture('report-empty')

    await context.setOffline(true)
    await clinic.button('ui.report.allZero').click()
    await page.getByText(say('ui.report.kept')).waitFor()
    await clinic.picture('report-kept')

    await page.reload() // the page itself opens without a connection
    await page.getByText(say('ui.report.offline')).waitFor()
    await page.getByText(say('ui.report.kept')).waitFor()
    await clinic.picture('report-offline')

    await context.setOffline(false)
    await page.getByText(say('ui.report.state.complete')).first().waitFor({ timeout: 60_000 })
    expect(await page.getByText(say('ui.report.kept')).count()).toBe(0)
    await clinic.picture('report-sent')
    await context.close()
  })
})

describe('a resident without an account', () => {
  it.each(['zh', 'en', 'ja', 'ko'] as const)('reports an event in %s', async (lang) => {
    const say = wordsOf(lang)
    const context = await browser.newContext({ baseURL: program.url, viewport: phone })
    await context.addInitScript((l) => localStorage.setItem('breakwater.lang', l), lang)
    const page = await context.newPage()
    await page.goto('/notice')
    await settled(page)
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: say('ui.notice.send') }).click()
    await page.getByText(say('ui.notice.needed')).first().waitFor()
    await page.getByLabel(say('ui.topic.illness_cluster')).check()
    await page.getByRole('combobox', { name: say('ui.notice.area') }).click()
    await page.getByRole('listbox').getByRole('option').nth(3).click()
    await page.getByRole('textbox', { name: say('ui.notice.text') }).fill('fever, since yesterday')
    await page.getByRole('button', { name: say('ui.notice.send') }).click()
    await page.getByText(say('ui.notice.thanks')).waitFor()
    await page.screenshot({ path: `e2e/output/notice-thanks.${lang}.png` })
    await context.close()
  })
})

describe('the administrator', () => {
  it('begins at the accounts and makes one', async () => {
    const admin = await visit(browser, program.url, 'en', people.administrator)
    const { page, say } = admin
    await page.waitForURL('**/users')
    expect(await violations(page)).toEqual([])
    await admin.button('ui.users.add').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(say('ui.users.display')).fill('Officer of Zhongshan')
    await dialog.locator('input[autocapitalize=none]').fill('zhongshan')
    await dialog.getByLabel(say('ui.users.password'), { exact: false }).first().fill('a-long-first-password')
    await dialog.getByRole('combobox', { name: say('ui.users.organisation') }).click()
    await page.getByRole('listbox').getByRole('option').first().click()
    expect(await violations(page)).toEqual([])
    await dialog.getByRole('button', { name: say('ui.users.create') }).click()
    await page.getByRole('cell', { name: 'Officer of Zhongshan' }).waitFor()
    await admin.picture('users')
    await admin.context.close()
  })
})

describe('an alarm about the keeping of visits', () => {
  it.each(['zh', 'en', 'ja', 'ko'] as const)('stands on every page in %s until it is mended', async (lang) => {
    const duty = await visit(browser, program.url, lang, people.duty)
    const { page, say } = duty
    const days = ['2020-07-01', '2020-07-02', '2020-07-03', '2020-07-04', '2020-07-05', '2020-07-06']
    const since = '2020-07-22T01:00:00Z'
    let items = [{ kind: 'overdue', days, since }, { kind: 'unchecked', days: [], since }]
    await page.route('**/v1/alarms', (route) => route.fulfill({ json: { items, next: '' } }))
    for (const path of ['/', '/signals']) {
      await duty.go(path)
      await page.getByRole('alert').getByText(say('ui.alarm.overdue')).waitFor()
      await page.getByRole('alert').getByText(say('ui.alarm.unchecked')).waitFor()
      expect(await page.getByRole('alert').innerText()).toContain(say('ui.alarm.more', { n: '2' }))
    }
    expect(await violations(page)).toEqual([])
    await duty.picture('alarm')
    items = []
    await duty.go('/signals')
    expect(await page.getByText(say('ui.alarm.overdue')).count()).toBe(0)
    await duty.context.close()
  })
})

describe('every page of the first half', () => {
  it.each([['light', false], ['dark', true]] as const)('passes axe in %s', async (_, dark) => {
    const commander = await visit(browser, program.url, 'en', people.commander, { dark })
    for (const path of ['/', '/?wall', '/places/210211', '/quality', '/notices/new', '/components']) {
      await commander.go(path)
      expect([path, await violations(commander.page)]).toEqual([path, []])
    }
    await commander.context.close()
  })
  it('passes axe at the door and on a phone', async () => {
    const commander = await visit(browser, program.url, 'ko', people.commander, { viewport: phone })
    await commander.go('/')
    expect(await violations(commander.page)).toEqual([])
    await commander.go('/sign-in')
    expect(await violations(commander.page)).toEqual([])
    await commander.context.close()
  })
})
