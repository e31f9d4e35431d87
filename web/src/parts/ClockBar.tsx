import { ActionIcon, Button, SegmentedControl } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay, IconPlayerSkipForward, IconPlayerTrackNext } from '@tabler/icons-react'
import type { Clock } from '@/api/types'
import { useFormat } from '@/words/useFormat'
import { useWords } from '@/words/useWords'
import css from './ClockBar.module.css'

export type ClockAction = { action: 'step_day' | 'step_hour' | 'play' | 'pause'; speed?: number }

/** speeds are hours of the replay in a second of ours. */
const speeds = [1, 6, 24]

interface Props {
  clock: Clock
  mayRun: boolean
  busy: boolean
  run: (action: ClockAction) => void
}

/** ClockBar moves the clock of a replay: a day, an hour, or on its own. */
export function ClockBar({ clock, mayRun, busy, run }: Props) {
  const say = useWords()
  const f = useFormat()
  const speed = speeds.find((s) => s * 3600 === clock.speed) ?? 6
  const playing = clock.speed > 0
  const ended = clock.until !== undefined && clock.now >= clock.until
  const off = busy || ended
  return (
    <div className={css.bar} role="group" aria-label={say('ui.clock.title')}>
      <span className={css.mode}>{say('ui.clock.replay')}</span>
      <time dateTime={clock.now} className={css.now}><b>{f.day(clock.day)}</b> {f.time(clock.now)}</time>
      {mayRun && (
        <span className={css.controls}>
          <Button variant="default" size="compact-xs" disabled={off} leftSection={<IconPlayerSkipForward size={13} />} onClick={() => run({ action: 'step_hour' })}>
            {say('ui.clock.hour')}
          </Button>
          <Button variant="default" size="compact-xs" disabled={off} leftSection={<IconPlayerTrackNext size={13} />} onClick={() => run({ action: 'step_day' })}>
            {say('ui.clock.day')}
          </Button>
          <ActionIcon variant="default" size="sm" disabled={ended} aria-label={say(playing ? 'ui.clock.pause' : 'ui.clock.play')}
            onClick={() => run(playing ? { action: 'pause' } : { action: 'play', speed: speed * 3600 })}>
            {playing ? <IconPlayerPause size={14} /> : <IconPlayerPlay size={14} />}
          </ActionIcon>
          <SegmentedControl className={css.speed} size="xs" aria-label={say('ui.clock.speed')} value={String(speed)} disabled={ended}
            data={speeds.map((s) => ({ value: String(s), label: say('ui.clock.rate', { n: s }) }))}
            onChange={(v) => run({ action: playing ? 'play' : 'pause', speed: Number(v) * 3600 })} />
        </span>
      )}
      {clock.until && <span className={css.until}>{ended ? say('ui.clock.ended') : say('ui.clock.until', { day: f.dayShort(f.dayOf(clock.until)) })}</span>}
    </div>
  )
}
