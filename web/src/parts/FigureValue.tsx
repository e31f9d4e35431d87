import { Popover } from '@mantine/core'
import type { Answer } from '@/api/types'
import { useFormat } from '@/words/useFormat'
import { daysBetween, noValue } from '@/words/format'
import { useServerWords, useWords } from '@/words/useWords'
import { useCity } from '@/api/city'
import { BasisNote } from './tags'
import { RefLink } from './RefLink'
import css from './FigureValue.module.css'

interface Props {
  answer: Answer
  /** Large with name and unit, a cell of a row of figures with its name only, or inline in text and tables. */
  size?: 'large' | 'cell' | 'inline'
}

/** FigureValue is a number with its unit; a click explains how it was made and from what. */
export function FigureValue({ answer, size = 'large' }: Props) {
  const say = useWords()
  const name = useServerWords()
  const f = useFormat()
  const number = answer.absent ? noValue : f.value(answer.value, answer.unit)
  const title = name(`figure.${answer.figure}.name`)
  const span = daysBetween(answer.from, answer.to) + 1
  return (
    <Popover position="bottom-start" width={340} shadow="md" trapFocus>
      <Popover.Target>
        <button type="button" className={css[size]} title={say('ui.figure.explain')}>
          {size !== 'inline' && <span className={css.label}>{title}{span > 1 && <span className={css.span}> {say('ui.figure.days', { n: span })}</span>}</span>}
          <span className={css.line}>
            <span className={css.value}>{number}</span>
            {size !== 'cell' && answer.unit !== 'share' && <span className={css.unit}>{say(`ui.unit.${answer.unit}`)}</span>}
            {answer.reconstructed && <span className={css.mark} aria-label={say('ui.basis.reconstructed')}>◇</span>}
          </span>
        </button>
      </Popover.Target>
      <Popover.Dropdown className={css.explain}>
        <Explain answer={answer} title={title} />
      </Popover.Dropdown>
    </Popover>
  )
}

function Explain({ answer, title }: { answer: Answer; title: string }) {
  const say = useWords()
  const name = useServerWords()
  const f = useFormat()
  const { areaName } = useCity()
  return (
    <>
      <h3>{title}</h3>
      <p className={css.method}>{name(`figure.${answer.figure}`)}</p>
      {answer.absent && <p className={css.method}>{answer.absent}</p>}
      <dl className={css.facts}>
        <dt>{say('ui.figure.area')}</dt><dd>{areaName(answer.area)}</dd>
        <dt>{say('ui.figure.window')}</dt>
        <dd>{answer.from === answer.to ? f.day(answer.to) : `${f.day(answer.from)} – ${f.day(answer.to)}`}</dd>
        <dt>{say('ui.figure.asOf')}</dt><dd>{f.at(answer.as_of)}</dd>
        {answer.denominator !== undefined && (
          <><dt>{say('ui.figure.of')}</dt><dd>{f.number(answer.numerator ?? 0)} / {f.number(answer.denominator)}</dd></>
        )}
        <dt>{say('ui.figure.rows')}</dt><dd>{f.number(answer.source_count)}</dd>
      </dl>
      {answer.reconstructed && <BasisNote basis="reconstructed" />}
      <p className={css.more}>
        <RefLink to={{ kind: 'figure', id: answer.figure }}>{say('ui.figure.open')}</RefLink>
      </p>
    </>
  )
}
