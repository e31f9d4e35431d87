import { Button } from '@mantine/core'
import { queryOptions, useMutation, useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { keyring } from '@/api/act'
import { answer, api, keyed } from '@/api/client'
import { asProblem, type Problem } from '@/api/problem'
import { Asked } from '@/parts/Asked'
import { shortID } from '@/parts/RefLink'
import { useText, useWords } from '@/words/useWords'
import { NoticeForm, type NoticeInput } from './NoticeForm'
import { PublicFrame } from './PublicFrame'
import css from './Notice.module.css'

export const publicFormQuery = queryOptions({
  queryKey: ['public', 'form'],
  staleTime: Infinity,
  queryFn: () => answer(api.GET('/v1/public/form')),
})

/** PublicNotice lets anybody report something unusual, without an account and without a name. */
export default function PublicNotice() {
  const say = useWords()
  const text = useText()
  const form = useQuery(publicFormQuery)
  const act = usePublicNotice()
  return (
    <PublicFrame title={say('ui.notice.title')} note={form.data && text(form.data.city)}>
      {act.data ? <Thanks id={act.data.id} again={act.reset} /> : (
        <>
          <p>{say('ui.notice.intro')}</p>
          <p className={css.urgent}>{say('ui.notice.urgent')}</p>
          <Asked query={form} rows={8}>{(f) => <NoticeForm form={f} act={act} />}</Asked>
        </>
      )}
    </PublicFrame>
  )
}

function usePublicNotice() {
  const keys = useRef(keyring())
  return useMutation<{ id: string }, Problem, NoticeInput>({
    mutationFn: async (input) => {
      try {
        return await answer(api.POST('/v1/public/notices', { body: input, ...keyed(keys.current.keyFor(input)) }))
      } catch (error) {
        throw asProblem(error)
      }
    },
    onSuccess: () => keys.current.done(),
  })
}

export function Thanks({ id, again }: { id: string; again: () => void }) {
  const say = useWords()
  return (
    <div className={css.thanks} role="status">
      <h2>{say('ui.notice.thanks')}</h2>
      <p>{say('ui.notice.number', { id: shortID(id) })}</p>
      <Button variant="default" onClick={again}>{say('ui.notice.again')}</Button>
    </div>
  )
}
