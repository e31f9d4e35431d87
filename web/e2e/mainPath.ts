// The main path, from the first case after a long quiet to the closed order
// and back to the counts, as three officers walk it in the browser.

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFailed } from 'vitest'
import type { Lang } from '../build/table'
import { startProgram, type Program } from './program'
import { openBrowser, people, phone, settled, violations, visit, type Visitor } from './visit'

const because = 'Two laboratories confirmed it.'

/** mainPath declares the tests of the path in a language; at its end every page is looked at, on a desk by day or on a phone by night. */
export function mainPath(lang: Lang, look: 'desk' | 'phone') {
  describe(`the main path in ${lang}`, () => {
    let program: Program
    let browser: Browser
    let commander: Visitor
    let duty: Visitor
    let directive = ''

    beforeAll(async () => {
      [program, browser] = await Promise.all([startProgram(), openBrowser()])
      commander = await visit(browser, program.url, lang, people.commander)
    })
    beforeEach(() => onTestFailed(() => commander.picture('failed')))
    afterAll(async () => {
      await browser?.close()
      await program?.stop()
    })

    it('is quiet until the first case comes in', async () => {
      await commander.go('/signals')
      await commander.picture('01-inbox-quiet')
      await stepUntil(commander, () => commander.page.getByRole('link').filter({ hasText: commander.say('stream.confirmed.local') }).first().isVisible())
      await commander.picture('02-signal-raised')
    })

    it('verifies a signal only with a reason', async () => {
      const { page, say, button } = commander
      await page.getByRole('link').filter({ hasText: say('stream.confirmed.local') }).first().click()
      await button('ui.signals.verify').click()
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('button', { name: say('ui.signals.verify') }).click()
      await dialog.getByText(say('ui.why.needed'), { exact: true }).waitFor()
      await commander.picture('03-verify-needs-a-reason')
      await reason(commander, 'ui.signals.verify')
      await page.getByText(say('ui.signal.state.verified')).first().waitFor()
    })

    it('sees what the rule proposes, explained, and accepts it', async () => {
      const { page, say } = commander
      await page.getByRole('link').filter({ hasText: say('ui.proposal.state.open') }).first().click()
      await page.getByRole('heading', { name: say('ui.proposal.inputs') }).waitFor()
      await page.getByRole('table', { name: say('ui.proposal.inputs') }).getByRole('button').first().click()
      await page.getByText(say('ui.figure.rows')).last().waitFor()
      await commander.picture('04-proposal-explained')
      await page.keyboard.press('Escape')
      await act(commander, 'ui.proposal.accept')
      await page.getByText(say('ui.proposal.state.accepted')).first().waitFor()
      await commander.picture('05-proposal-accepted')
    })

    it('issues an order from the template of the pack', async () => {
      const { page, say } = commander
      await page.getByRole('link', { name: say('ui.directives.issue') }).click()
      await page.locator('main').getByRole('radio').nth(1).check()
      await page.getByRole('textbox', { name: say('ui.why.label') }).fill(because)
      await commander.picture('06-issue')
      await commander.button('ui.directives.issue').click()
      await page.waitForURL(/\/directives\/[0-9a-f-]+$/)
      directive = new URL(page.url()).pathname
      await commander.picture('07-issued')
    })

    it('acknowledges it as the duty officer', async () => {
      duty = await visit(browser, program.url, lang, people.duty)
      await duty.go(directive)
      await act(duty, 'ui.directives.step.acknowledge')
      await duty.page.getByText(duty.say('ui.directive.state.acknowledged')).first().waitFor()
      await duty.picture('08-acknowledged')
    })

    it('watches the completion fill as the days come in, and closes it', async () => {
      await stepUntil(commander, () => commander.page.getByRole('button', { name: commander.say('ui.directives.step.close'), exact: true }).isVisible())
      await commander.picture('09-measured-done')
      await act(commander, 'ui.directives.step.close')
      await commander.page.getByText(commander.say('ui.directive.state.closed')).first().waitFor()
    })

    it('overrides a proposal only with a reason, and only with a second approver', async () => {
      const { page, say } = commander
      await commander.go('/proposals?state=open')
      await page.getByRole('row').filter({ hasText: areaNames[lang].ganjingzi }).first().click()
      await commander.button('ui.proposal.override').click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel(say('ui.level'), { exact: true }).selectOption('high')
      await dialog.getByLabel(say('ui.figure.area'), { exact: true }).selectOption('210211-dalianwan')
      await dialog.getByRole('button', { name: say('ui.proposal.decide'), exact: true }).click()
      await dialog.getByText(say('ui.why.needed'), { exact: true }).waitFor()
      await commander.picture('10-override-needs-a-reason')
      await reason(commander, 'ui.proposal.decide')
      await page.getByText(say('ui.proposal.waitsSecond')).waitFor()
      const second = await visit(browser, program.url, lang, people.epidemiologist)
      await second.go(new URL(page.url()).pathname)
      await second.picture('11-second-approver')
      await act(second, 'ui.proposal.approve')
      await second.page.getByText(say('ui.proposal.state.overridden')).first().waitFor()
      await second.picture('12-overridden')
      await second.context.close()
    })

    it('walks back from the closed order to the counts', async () => {
      const { page, say } = commander
      await commander.go(directive)
      await page.getByRole('link', { name: say('ui.chain.open') }).click()
      await page.getByRole('navigation', { name: say('ui.chain.line') }).waitFor()
      const kinds = ['directive', 'proposal', 'event', 'signal', 'batch', 'observation']
      for (const kind of kinds) await page.getByRole('heading', { name: say(`ui.kind.${kind}`) }).first().waitFor()
      await page.getByRole('table', { name: say('ui.kind.observation') }).getByText(say('stream.confirmed.local')).first().waitFor()
      await commander.picture('13-chain')
    })

    it('lets a signal sleep, and records what another turned out to be', async () => {
      const { page, say, button } = commander
      await firstLink(commander, '/signals?view=all&state=raised', '/signals/')
      await button('ui.signals.snooze').click()
      await commander.picture('17-snooze')
      await reason(commander, 'ui.signals.snooze')
      await page.getByText(say('ui.signal.state.snoozed')).first().waitFor()
      await firstLink(commander, '/signals?view=all&state=verified', '/signals/')
      await button('ui.outcome.record').click()
      await page.getByRole('dialog').getByLabel(say('ui.outcome.began')).fill('2020-07-18')
      await commander.picture('18-outcome')
      await reason(commander, 'ui.outcome.record')
      await button('ui.outcome.correct').waitFor()
      await commander.go('/scores')
      await page.getByRole('table', { name: say('ui.scores.indicators') }).getByText('1/1').first().waitFor()
      await commander.picture('19-scores')
    })

    it('finds every act in the journal', async () => {
      await commander.go('/journal')
      for (const act of ['directive.close', 'proposal.approve']) await commander.page.getByRole('cell', { name: commander.say(`ui.act.${act}`) }).first().waitFor()
      await commander.picture('14-journal')
      for (const act of ['signal.verify', 'proposal.accept', 'proposal.override', 'directive.issue', 'directive.acknowledge']) {
        await commander.go(`/journal?act=${act}`)
        await commander.page.getByRole('cell', { name: commander.say(`ui.act.${act}`) }).first().waitFor()
      }
    })

    it('says plainly what a role may not do', async () => {
      const area = await visit(browser, program.url, lang, people.area)
      await area.go('/journal')
      await area.page.getByText(area.say('ui.fault.forbidden'), { exact: true }).waitFor()
      await area.picture('15-refused')
      await area.context.close()
      const auditor = await visit(browser, program.url, lang, people.auditor)
      await auditor.go(directive)
      expect(await auditor.page.locator('main').getByRole('button', { name: auditor.say('ui.directives.step.withdraw') }).count()).toBe(0)
      await auditor.go('/fsck')
      await auditor.button('ui.fsck.run').click()
      await auditor.page.getByText(auditor.say('ui.fsck.clean')).waitFor()
      await auditor.picture('16-fsck')
      await auditor.context.close()
    })

    it(`has pages without a barrier (${look})`, async () => {
      const found: string[] = []
      const signal = await firstLink(commander, '/signals?view=all', '/signals/')
      const entry = await firstLink(commander, '/journal', '/journal/')
      const proposal = await firstLink(commander, '/proposals', '/proposals/')
      const pages = ['/', '/signals', '/signals?view=all', signal, '/proposals', proposal, '/directives', directive, `/chain/directive/${directive.split('/').pop()}`,
        '/indicators', '/indicators/local-case-rise', '/indicators/fever-visits-rise', '/clusters', '/course', '/scores', '/places', '/quality', '/notices/new', '/duty', '/packs', '/packs/cn-risk-2020a', '/figures', '/figures/cases.confirmed.new', '/journal', entry, '/components', '/report', '/notice', '/nowhere']
      if (look === 'phone') {
        const inHand = await visit(browser, program.url, lang, people.commander, { viewport: phone, dark: true })
        await lookAt(inHand, pages, look, found)
      } else await lookAt(commander, pages, look, found)
      expect(found).toEqual([])
    })
  })
}

/** lookAt takes a picture of each page and collects what axe finds. */
async function lookAt(visitor: Visitor, pages: string[], name: string, found: string[]) {
  for (const at of pages) {
    await visitor.go(at)
    await visitor.picture(`${name}-${at.replace(/[0-9a-f]{8}-[0-9a-f-]+/, 'one').replace(/[^\w.]+/g, '-').replace(/^-|-$/g, '') || 'situation'}`)
    for (const v of await violations(visitor.page)) found.push(`${name} ${at} ${v}`)
  }
}

const areaNames: Record<Lang, { ganjingzi: string }> = {
  zh: { ganjingzi: '甘井子区' }, en: { ganjingzi: 'Ganjingzi District' }, ja: { ganjingzi: '甘井子区' }, ko: { ganjingzi: '간징쯔구' },
}

/** stepUntil lets days come in until a thing is seen. */
async function stepUntil({ page, button }: Visitor, seen: () => Promise<boolean>) {
  const most = 8
  for (let days = 0; days < most; days++) {
    if (await seen()) return
    const clock = page.locator('time').first()
    const before = await clock.getAttribute('datetime')
    await button('ui.clock.day').click()
    await expect.poll(() => clock.getAttribute('datetime')).not.toBe(before)
    await settled(page)
    await page.waitForTimeout(600) // live updates gather for a moment before the page asks anew
  }
  if (!(await seen())) throw new Error(`not seen within ${most} days`)
}

/** act opens an act's dialog, gives a reason and confirms. */
async function act(visitor: Visitor, key: string) {
  await visitor.button(key).click()
  await reason(visitor, key)
}

/** reason fills in the open dialog's reason and confirms it. */
async function reason({ page, say }: Visitor, confirm: string) {
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: say('ui.why.label') }).fill(because)
  await dialog.getByRole('button', { name: say(confirm), exact: true }).click()
  await dialog.waitFor({ state: 'hidden' })
}

/** firstLink opens the first row of a list and returns where it led. */
async function firstLink({ page, go }: Visitor, list: string, to: string): Promise<string> {
  await go(list)
  await page.locator('tbody tr').first().click({ position: { x: 3, y: 3 } })
  await page.waitForURL((u: URL) => u.pathname.startsWith(to))
  return path(page)
}

const path = (page: Page) => new URL(page.url()).pathname
