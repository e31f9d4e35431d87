// What the API says when it refuses: application/problem+json with the kind of
// fault and the places of the input that are wrong.

import type { FaultKind, Place } from './types'

const kinds: FaultKind[] = ['internal', 'invalid', 'not_found', 'conflict', 'forbidden']

/** ProblemKind adds to the server's kinds those that only a browser sees. */
export type ProblemKind = FaultKind | 'signed_out' | 'unreachable'

/** Problem is a refusal or a failure, ready to be shown. */
export class Problem extends Error {
  constructor(
    readonly kind: ProblemKind,
    message: string,
    readonly places: Place[] = [],
  ) {
    super(message)
    this.name = 'Problem'
  }
}

const isObject = (v: unknown): v is Record<string, unknown> => typeof v === 'object' && v !== null
const text = (v: unknown) => (typeof v === 'string' ? v : undefined)
const count = (v: unknown) => (typeof v === 'number' && v > 0 ? v : undefined)

function placesOf(v: unknown): Place[] {
  if (!Array.isArray(v)) return []
  return v.filter(isObject).map((p) => ({
    field: text(p.field) ?? '',
    line: count(p.line),
    column: count(p.column),
    problem: text(p.problem) ?? '',
  }))
}

/** problemOf reads the body of a refused request, of whatever form it is. */
export function problemOf(status: number, body: unknown): Problem {
  const doc = isObject(body) ? body : {}
  const message = text(doc.detail) ?? text(doc.title) ?? ''
  if (status === 401) return new Problem('signed_out', message)
  const kind = kinds.find((k) => k === doc.kind) ?? kindOfStatus(status)
  return new Problem(kind, message, placesOf(doc.places))
}

function kindOfStatus(status: number): ProblemKind {
  if (status === 403) return 'forbidden'
  if (status === 404) return 'not_found'
  if (status === 409) return 'conflict'
  if (status >= 502 && status <= 504) return 'unreachable'
  return status >= 500 ? 'internal' : 'invalid'
}

/** asProblem turns anything thrown into a Problem; a failed fetch means that the server cannot be reached. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (error instanceof TypeError) return new Problem('unreachable', '')
  return new Problem('internal', '')
}
