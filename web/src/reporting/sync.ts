// Sends waiting reports, one after the other and in order. Sending one again
// with the same key changes nothing, so that a lost answer is harmless.

import { asProblem } from '@/api/problem'
import { dropWaiting, putWaiting, waitingOf, type Waiting } from './queue'

/** Outcome says how a round of sending ended. */
export interface Outcome {
  sent: number
  refused: number
  /** Still waiting for a connection or for a sign-in. */
  left: number
  signedOut: boolean
}

/** sync sends what a user has waiting. A refused report stays, marked; the others are still sent. */
export async function sync(user: string, send: (report: Waiting) => Promise<unknown>): Promise<Outcome> {
  const outcome: Outcome = { sent: 0, refused: 0, left: 0, signedOut: false }
  const reports = (await waitingOf(user)).filter((w) => !w.refused)
  for (const [i, report] of reports.entries()) {
    try {
      await send(report)
      await dropWaiting(report.key)
      outcome.sent++
    } catch (error) {
      const { kind, message, places } = asProblem(error)
      if (kind === 'unreachable' || kind === 'signed_out' || kind === 'internal') {
        return { ...outcome, left: reports.length - i, signedOut: kind === 'signed_out' }
      }
      await putWaiting({ ...report, refused: { kind, message, places } })
      outcome.refused++
    }
  }
  return outcome
}
