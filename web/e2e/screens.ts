// Takes the pictures for the README and the guide: docs/screens. The program
// is taken to the evening of 25 July 2020, with a few acts done.

import { mkdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { Lang } from '../build/table'
import { startProgram } from './program'
import { openBrowser, people, phone, settled, visit, type Visitor } from './visit'

const folder = '../docs/screens'

interface Shot { name: string; path: string; lang: Lang; dark?: boolean; small?: boolean; who?: keyof typeof people }

const shots: Shot[] = [
  { name: 'situation', path: '/', lang: 'en' },
  { name: 'situation', path: '/', lang: 'zh' },
  { name: 'situation-dark', path: '/', lang: 'ja', dark: true },
  { name: 'situation-phone', path: '/', lang: 'ko', small: true },
  { name: 'wall', path: '/?wall', lang: 'zh', dark: true },
  { name: 'signals', path: '/signals', lang: 'en' },
  { name: 'proposals', path: '/proposals', lang: 'en' },
  { name: 'directives', path: '/directives', lang: 'en' },
  { name: 'figures', path: '/figures/cases.confirmed.new', lang: 'en' },
  { name: 'indicators', path: '/indicators', lang: 'en' },
  { name: 'indicator', path: '/indicators/local-case-rise', lang: 'en' },
  { name: 'clusters', path: '/clusters', lang: 'en' },
  { name: 'course', path: '/course', lang: 'en' },
  { name: 'scores', path: '/scores', lang: 'en' },
  { name: 'journal', path: '/journal', lang: 'en' },
  { name: 'places', path: '/places/210211', lang: 'en' },
  { name: 'reporting', path: '/quality', lang: 'en' },
  { name: 'report-phone', path: '/report', lang: 'zh', small: true, who: 'clinic' },
  { name: 'users', path: '/users', lang: 'en', who: 'administrator' },
  { name: 'components', path: '/components', lang: 'en' },
]

/** ask posts an act with the session of a visitor. */
async function ask<T>(v: Visitor, path: string, data: unknown): Promise<T> {
  const { csrf } = (await (await v.page.request.get('/v1/session')).json()) as { csrf: string }
  const answer = await v.page.request.post(path, { data, headers: { 'X-CSRF': csrf, 'Idempotency-Key': crypto.randomUUID() } })
  expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true)
  return (await answer.json()) as T
}

const list = async <T>(v: Visitor, path: string) => ((await (await v.page.request.get(path)).json()) as { items: T[] }).items

/** work takes the story to 25 July: the first case verified, the level accepted, an order given and received. */
async function work(v: Visitor) {
  const step = () => ask(v, '/v1/clock', { action: 'step_day' })
  await step()
  await step()
  const signal = (await list<{ id: string; stream: string }>(v, '/v1/signals?state=raised')).find((s) => s.stream === 'confirmed.local')
  if (signal) await ask(v, `/v1/signals/${signal.id}/verify`, { hazard: 'covid-19', why: 'Two laboratories confirmed it.' })
  await step()
  for (const { id } of (await list<{ id: string }>(v, '/v1/proposals?state=open')).slice(0, 1)) {
    await ask(v, `/v1/proposals/${id}/accept`, { why: 'The rule fits what we see.' })
    for (const d of (await list<{ template: string; area: string; addressee: string; due_hours: number }>(v, `/v1/proposals/${id}/drafts`)).slice(0, 3)) {
      await ask(v, '/v1/directives', { proposal: id, template: d.template, area: d.area, addressee: d.addressee, due_hours: d.due_hours, why: 'At once.' })
    }
  }
  await step()
}

it('takes the pictures', { timeout: 300_000 }, async () => {
  mkdirSync(folder, { recursive: true })
  const [program, browser] = await Promise.all([startProgram(), openBrowser()])
  try {
    const commander = await visit(browser, program.url, 'en', people.commander)
    await work(commander)
    await commander.context.close()
    for (const { name, path, lang, dark, small, who } of shots) {
      const v = await visit(browser, program.url, lang, people[who ?? 'commander'], { dark, viewport: small ? phone : undefined })
      await v.go(path)
      await settled(v.page)
      await v.page.screenshot({ path: `${folder}/${name}.${lang}.png` })
      await v.context.close()
    }
  } finally {
    await browser.close()
    await program.stop()
  }
})
