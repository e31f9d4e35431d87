import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import type { Lang, Pack, Text } from '@/api/types'
import { Panel } from '@/parts/Panel'
import { LevelTag } from '@/parts/tags'
import { Tag } from '@/parts/Tag'
import { langNames, langs, useLang } from '@/state/lang'
import { useWords } from '@/words/useWords'
import css from './Rules.module.css'

/** Rules are tried from the top; the first that holds gives the level. */
export function Rules({ pack }: { pack: Pack }) {
  const say = useWords()
  const [all, setAll] = useState(false)
  return (
    <Panel flush title={say('ui.pack.rules')} note={say('ui.pack.rules.order')} tools={<LangSwitch all={all} set={setAll} />}>
      <ol className={css.rules}>
        {pack.rules.map((r) => (
          <li key={r.id} className={css.rule}>
            <div className={css.level}><LevelTag level={r.level} /></div>
            <div className={css.said}><Wording text={r.wording} all={all} /><code className={css.when}>{r.when}</code></div>
          </li>
        ))}
      </ol>
    </Panel>
  )
}

/** Levels says what each level means. */
export function Levels({ pack }: { pack: Pack }) {
  const say = useWords()
  const [all, setAll] = useState(false)
  return (
    <Panel flush title={say('ui.pack.levels')} tools={<LangSwitch all={all} set={setAll} />}>
      <ul className={css.rules}>
        {pack.levels.map((l) => (
          <li key={l.level} className={css.rule}>
            <div className={css.level}><LevelTag level={l.level} /></div>
            <div className={css.said}>
              <Wording text={l.wording} all={all} />
              {l.restricts_persons && <Tag tone="special" shape="double">{say('ui.pack.restricts')}</Tag>}
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function LangSwitch({ all, set }: { all: boolean; set: (all: boolean) => void }) {
  const say = useWords()
  return (
    <SegmentedControl size="xs" aria-label={say('ui.lang')} value={all ? 'all' : 'one'} onChange={(v) => set(v === 'all')}
      data={[{ value: 'one', label: langNames[useLang()] }, { value: 'all', label: say('ui.pack.allLangs') }]} />
  )
}

function Wording({ text, all }: { text: Text; all: boolean }) {
  const mine = useLang()
  const shown: Lang[] = all ? [mine, ...langs.filter((l) => l !== mine)] : [mine]
  return <>{shown.map((l) => <p key={l} lang={l} className={l === mine ? css.own : css.other}>{text[l]}</p>)}</>
}
