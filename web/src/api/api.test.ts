import { afterEach, describe, expect, it, vi } from 'vitest'
import { keyring } from './act'
import { answer, api, holdCsrf, keyed } from './client'
import { rootsOf } from './live'
import { asProblem, Problem, problemOf } from './problem'

afterEach(() => vi.unstubAllGlobals())

/** serve answers every request with a status and a body, and keeps the requests. */
function serve(status: number, body: unknown) {
  const seen: Request[] = []
  vi.stubGlobal('fetch', (request: Request) => {
    seen.push(request)
    return Promise.resolve(new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } }))
  })
  return seen
}

describe('a call', () => {
  it('that writes carries the token of the session and the key of the act', async () => {
    holdCsrf('token')
    const seen = serve(200, { mode: 'live' })
    await answer(api.POST('/v1/clock', { body: { action: 'pause' }, ...keyed('k1') }))
    expect([seen[0]?.headers.get('X-CSRF'), seen[0]?.headers.get('Idempotency-Key')]).toEqual(['token', 'k1'])
  })
  it('that reads carries neither', async () => {
    const seen = serve(200, { items: [] })
    await answer(api.GET('/v1/figures'))
    expect([seen[0]?.headers.has('X-CSRF'), seen[0]?.headers.has('Idempotency-Key')]).toEqual([false, false])
  })
  it('that is refused throws a Problem with the places', async () => {
    serve(422, { kind: 'invalid', detail: 'bad', places: [{ field: 'day', line: 3, problem: 'is no day' }] })
    const error = await answer(api.GET('/v1/figures')).catch((e: unknown) => e)
    expect(error).toBeInstanceOf(Problem)
    expect(asProblem(error)).toMatchObject({ kind: 'invalid', message: 'bad', places: [{ field: 'day', line: 3, problem: 'is no day' }] })
  })
})

describe('problemOf', () => {
  it.each([
    [401, 'signed_out'], [403, 'forbidden'], [404, 'not_found'], [409, 'conflict'], [422, 'invalid'], [500, 'internal'], [502, 'unreachable'],
  ])('knows the kind of status %i without a document', (status, kind) => {
    expect(problemOf(status, 'not a document').kind).toBe(kind)
  })
  it('takes a failed fetch for a server out of reach', () => {
    expect(asProblem(new TypeError('Failed to fetch')).kind).toBe('unreachable')
  })
})

describe('keyring', () => {
  it('keeps the key while the same act is tried, and changes it for another input or when done', () => {
    let n = 0
    const keys = keyring(() => `k${++n}`)
    expect([keys.keyFor({ why: 'a' }), keys.keyFor({ why: 'a' }), keys.keyFor({ why: 'b' })]).toEqual(['k1', 'k1', 'k2'])
    keys.done()
    expect(keys.keyFor({ why: 'b' })).toBe('k3')
    expect(keyring(() => 'only').keyFor(undefined)).toBe('only')
  })
})

describe('rootsOf', () => {
  it('names what an act makes stale, and the journal always', () => {
    expect(rootsOf('directive.issue')).toContain('directives')
    expect(rootsOf('something.else')).toEqual(['journal'])
  })
})
