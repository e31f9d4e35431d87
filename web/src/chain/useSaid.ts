// A step of a chain in one sentence: the server names a text and the codes
// that go into it; here the codes become names in the reader's language.

import { useCity } from '@/api/city'
import type { Step } from '@/api/types'
import { isWatch } from '@/parts/Lapse'
import { useFormat } from '@/words/useFormat'
import { useServerWords, useText } from '@/words/useWords'

/** useSaid returns the function that says a step in words. */
export function useSaid(): (step: Step) => string {
  const words = useServerWords()
  const text = useText()
  const f = useFormat()
  const city = useCity()
  const stream = (id: string) => {
    if (isWatch(id)) return words(`ui.${id}`)
    const topic = words(`ui.topic.${id}`)
    return topic === `ui.topic.${id}` ? city.streamName(id) : topic
  }
  const level = (code: string) => (code ? words(`ui.level.${code}`) : '')
  const named: Record<string, (code: string) => string> = {
    area: city.areaName, decided_area: city.areaName, post: city.postName, source: city.sourceName,
    level, decided: level, stream, topic: stream, hazard: (h) => words(`ui.hazard.${h}`),
    day: f.dayShort, first: f.dayShort, last: f.dayShort,
    rows: (n) => f.number(Number(n)), n: (n) => f.number(Number(n)),
  }
  return ({ summary, record }) => {
    const args = Object.fromEntries(Object.entries(summary.args).map(([k, v]) => [k, named[k]?.(v) ?? v]))
    if (record.directive) args.measure = text(record.directive.title)
    return words(summary.key, args)
  }
}
