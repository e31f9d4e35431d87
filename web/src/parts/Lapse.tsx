import type { Evidence } from '@/api/types'
import { useCity } from '@/api/city'
import { useFormat } from '@/words/useFormat'
import { useWords } from '@/words/useWords'
import { Facts } from './Facts'
import { Panel } from './Panel'
import { RefLink } from './RefLink'

const watches = ['silence', 'reports', 'timeliness', 'findings', 'acknowledgement'] as const
export type Watch = `vigilance.${(typeof watches)[number]}`

/** isWatch tells the streams of signals about those who watch: sources, checks, posts. */
export const isWatch = (stream: string): stream is Watch => watches.some((w) => stream === `vigilance.${w}`)

/** useSubject returns the function that names a source, a post, or the checks of a stream in a place. */
function useSubject() {
  const { areaName, postName, sourceName, streamName } = useCity()
  return (watch: Watch, id: string) => {
    if (watch === 'vigilance.acknowledgement') return postName(id)
    if (watch !== 'vigilance.findings') return sourceName(id)
    const [stream = '', area = ''] = id.split('@')
    return `${streamName(stream)}, ${areaName(area)}`
  }
}

/** LapseTitle says who let what slip. */
export function LapseTitle({ watch, subject }: { watch: Watch; subject?: string }) {
  const say = useWords()
  const name = useSubject()
  return <>{say(`ui.${watch}`)}{subject && ` · ${name(watch, subject)}`}</>
}

/** LapseLine is the evidence of a lapse in one line: what there was, of how many, against what their own past expects. */
export function LapseLine({ watch, evidence: e }: { watch: Watch; evidence: Evidence }) {
  const say = useWords()
  const f = useFormat()
  return say(`ui.${watch}.line`, { seen: f.number(e.observed), of: f.number(e.of ?? 0), expected: f.number(e.expected ?? 0) })
}

/** Lapse is the evidence under a signal about those who watch. */
export function Lapse({ watch, evidence }: { watch: Watch; evidence: Evidence[] }) {
  const say = useWords()
  const f = useFormat()
  const name = useSubject()
  const { areaName } = useCity()
  return evidence.map((e) => (
    <Panel key={e.subject} note={say('ui.vigilance.own')} title={say('ui.signals.evidence')}>
      <Facts facts={[
        [say('ui.vigilance.subject'), name(watch, e.subject ?? '')],
        [say('ui.figure.area'), <RefLink key="a" to={{ kind: 'area', id: e.area }}>{areaName(e.area)}</RefLink>],
        [say('ui.vigilance.since'), f.day(e.day)],
        [say('ui.vigilance.of'), f.number(e.of ?? 0)],
        [say('ui.signals.observed'), f.number(e.observed)],
        [say('ui.curve.expected'), f.number(e.expected ?? 0)],
        [say('ui.signals.score'), f.number(e.score, 2)],
      ]} />
    </Panel>
  ))
}
