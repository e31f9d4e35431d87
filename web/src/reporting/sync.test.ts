import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { beforeEach, describe, expect, it } from 'vitest'
import { Problem } from '@/api/problem'
import { keepForm, keptForm, putWaiting, waitingOf, type Waiting } from './queue'
import { sync } from './sync'

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory()
})

const report = (key: string, entered: number, rest: Partial<Waiting> = {}): Waiting => ({
  key, user: 'u1', day: '2020-07-22', values: [{ stream: 'fever.visits', count: 0 }], entered, ...rest,
})

describe('sync', () => {
  it('sends reports in the order in which they were entered and forgets them', async () => {
    await putWaiting(report('b', 2))
    await putWaiting(report('a', 1))
    const sent: string[] = []
    const outcome = await sync('u1', async (w) => sent.push(w.key))
    expect([sent, outcome.sent, await waitingOf('u1')]).toEqual([['a', 'b'], 2, []])
  })
  it('keeps everything while there is no connection, under the same keys', async () => {
    await putWaiting(report('a', 1))
    await putWaiting(report('b', 2))
    const outcome = await sync('u1', async () => {
      throw new TypeError('Failed to fetch')
    })
    expect([outcome.left, (await waitingOf('u1')).map((w) => w.key)]).toEqual([2, ['a', 'b']])
  })
  it('keeps a refused report with what is wrong, sends the others, and does not try it again', async () => {
    await putWaiting(report('a', 1))
    await putWaiting(report('b', 2))
    const tried: string[] = []
    const send = async (w: Waiting) => {
      tried.push(w.key)
      if (w.key === 'a') throw new Problem('invalid', 'too large', [{ field: 'count', problem: 'is too large' }])
    }
    expect(await sync('u1', send)).toMatchObject({ sent: 1, refused: 1, left: 0 })
    await sync('u1', send)
    expect(tried).toEqual(['a', 'b'])
    expect((await waitingOf('u1'))[0]?.refused?.message).toBe('too large')
  })
  it('stops when the session has ended, and says so', async () => {
    await putWaiting(report('a', 1))
    const outcome = await sync('u1', async () => {
      throw new Problem('signed_out', '')
    })
    expect(outcome).toMatchObject({ left: 1, signedOut: true })
  })
  it('never sends what another user entered on the same phone', async () => {
    await putWaiting(report('a', 1, { user: 'u2' }))
    const outcome = await sync('u1', async () => undefined)
    expect([outcome.sent, (await waitingOf('u2')).length]).toEqual([0, 1])
  })
})

describe('the kept form', () => {
  it('comes back as it was kept', async () => {
    expect(await keptForm()).toBeUndefined()
    const form = { source: { id: 's', kind: 'clinic' as const, names: { zh: '', en: '', ja: '', ko: '' }, area: 'a', streams: [], due_hour: 10 }, day: '2020-07-22', streams: [], recent: [] }
    await keepForm({ user: 'u1', form })
    expect(await keptForm()).toEqual({ user: 'u1', form })
  })
})
