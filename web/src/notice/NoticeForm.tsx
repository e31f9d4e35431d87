import { Button, NumberInput, Radio, Select, Textarea } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import type { Problem } from '@/api/problem'
import type { PublicForm, Topic } from '@/api/types'
import { ErrorState } from '@/parts/states'
import { useText, useWords } from '@/words/useWords'
import css from './Notice.module.css'

export interface NoticeInput { topic: Topic; area: string; people: number; text: string }

interface Props {
  form: PublicForm
  act: { mutate: (input: NoticeInput) => void; isPending: boolean; error: Problem | null }
}

const bytes = (text: string) => new TextEncoder().encode(text).length

/** NoticeForm asks what was noticed, where, how many people, and for a few words. */
export function NoticeForm({ form, act }: Props) {
  const say = useWords()
  const [topic, setTopic] = useState<Topic | ''>('')
  const [area, setArea] = useState<string | null>(null)
  const [people, setPeople] = useState<number | ''>('')
  const [text, setText] = useState('')
  const [tried, setTried] = useState(false)
  const areas = useAreaChoices(form)
  const tooLong = bytes(text) > form.most
  const lacking = (missing: boolean) => (tried && missing ? say('ui.notice.needed') : undefined)
  const submit = (e: FormEvent) => {
    e.preventDefault()
    setTried(true)
    if (topic === '' || !area || text.trim() === '' || tooLong) return
    act.mutate({ topic, area, people: people === '' ? 0 : people, text: text.trim() })
  }
  return (
    <form onSubmit={submit} className={css.form} noValidate>
      <Radio.Group label={say('ui.notice.topic')} withAsterisk value={topic} onChange={(v) => setTopic(v as Topic)} error={lacking(topic === '')} size="md">
        <div className={css.topics}>
          {form.topics.map((t) => <Radio key={t} value={t} size="md" label={say(`ui.topic.${t as Topic}`)} className={css.topic} />)}
        </div>
      </Radio.Group>
      <Select label={say('ui.notice.area')} withAsterisk searchable size="md" data={areas} value={area} onChange={setArea}
        error={lacking(!area)} nothingFoundMessage={say('ui.places.none')} maxDropdownHeight={280} />
      <NumberInput label={say('ui.notice.people')} description={say('ui.notice.people.hint')} size="md" min={0} max={1_000_000}
        allowDecimal={false} allowNegative={false} hideControls inputMode="numeric" value={people} onChange={(v) => setPeople(typeof v === 'number' ? v : '')} />
      <Textarea label={say('ui.notice.text')} description={say('ui.notice.text.hint')} withAsterisk autosize minRows={4} size="md"
        value={text} onChange={(e) => setText(e.currentTarget.value)} error={tooLong ? say('ui.notice.tooLong') : lacking(text.trim() === '')} />
      {act.error && <ErrorState error={act.error} />}
      <Button type="submit" size="md" loading={act.isPending}>{say('ui.notice.send')}</Button>
    </form>
  )
}

/** useAreaChoices lists the areas with those around them, so that two of the same name differ. */
function useAreaChoices(form: PublicForm) {
  const text = useText()
  const byCode = new Map(form.areas.map((a) => [a.code, a]))
  const label = (code: string): string => {
    const area = byCode.get(code)
    if (!area) return code
    const around = area.parent && byCode.get(area.parent)?.parent !== undefined ? `${label(area.parent)} › ` : ''
    return around + text(area.names)
  }
  return form.areas.map((a) => ({ value: a.code, label: label(a.code) }))
}
