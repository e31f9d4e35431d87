import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { answer, api, holdCsrf } from '@/api/client'
import { asProblem, type Problem } from '@/api/problem'
import { sessionQuery } from '@/api/queries'
import type { SignedIn } from '@/api/types'
import { LangSelect, SchemeToggle } from '@/app/choices'
import { Mark } from '@/app/Mark'
import { ErrorState } from '@/parts/states'
import { useWords } from '@/words/useWords'
import { demonstrationQuery } from './demonstration'
import css from './SignIn.module.css'

interface Credentials { name: string; password: string }

/** SignIn is the door: name and password, and in the demonstration a list of people to be. */
export function SignIn() {
  const say = useWords()
  const signIn = useSignIn()
  return (
    <div className={css.page}>
      <header className={css.head}><Mark /><span className={css.space} /><LangSelect /><SchemeToggle /></header>
      <main className={css.main}>
        <div className={css.card}>
          <h1>{say('ui.signin.title')}</h1>
          <p className={css.purpose}>{say('ui.signin.purpose')}</p>
          <Form signIn={signIn} />
        </div>
        <Demonstration signIn={signIn} />
        <p className={css.public}><a href="/notice">{say('ui.signin.public')}</a></p>
      </main>
    </div>
  )
}

function useSignIn() {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { back } = useSearch({ strict: false })
  return useMutation<SignedIn, Problem, Credentials>({
    mutationFn: async (body) => {
      try {
        return await answer(api.POST('/v1/session', { body }))
      } catch (error) {
        throw asProblem(error)
      }
    },
    onSuccess: (session) => {
      queries.clear()
      holdCsrf(session.csrf)
      queries.setQueryData(sessionQuery.queryKey, session)
      void navigate({ to: back?.startsWith('/') && !back.startsWith('//') ? back : '/' })
    },
  })
}

type SignInAct = ReturnType<typeof useSignIn>

function Form({ signIn }: { signIn: SignInAct }) {
  const say = useWords()
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const submit = (e: FormEvent) => {
    e.preventDefault()
    signIn.mutate({ name: name.trim().toLowerCase(), password })
  }
  return (
    <form onSubmit={submit} className="stack">
      <TextInput label={say('ui.signin.name')} autoComplete="username" autoCapitalize="none" required withAsterisk={false}
        value={name} onChange={(e) => setName(e.currentTarget.value)} data-autofocus autoFocus />
      <PasswordInput label={say('ui.signin.password')} autoComplete="current-password" required withAsterisk={false}
        value={password} onChange={(e) => setPassword(e.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': say('ui.signin.show') }} />
      {signIn.error && (signIn.error.kind === 'signed_out'
        ? <p className={css.wrong} role="alert">{say('ui.signin.wrong')}</p>
        : <ErrorState error={signIn.error} />)}
      <Button type="submit" size="sm" loading={signIn.isPending}>{say('ui.signin.go')}</Button>
    </form>
  )
}

function Demonstration({ signIn }: { signIn: SignInAct }) {
  const say = useWords()
  const { data } = useQuery(demonstrationQuery)
  if (!data || data.items.length === 0) return null
  return (
    <section className={css.card} aria-labelledby="demo">
      <h2 id="demo">{say('ui.signin.demo')}</h2>
      <p className={css.purpose}>{say('ui.signin.demo.hint')}</p>
      <ul className={css.people}>
        {data.items.map((p) => (
          <li key={p.name}>
            <button type="button" className={css.person} disabled={signIn.isPending} onClick={() => signIn.mutate({ name: p.name, password: p.password })}>
              <span><b>{p.display}</b><span className={css.role}>{say(`ui.role.${p.role}`)}</span></span>
              <code>{p.name} / {p.password}</code>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
