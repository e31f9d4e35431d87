// The built program as a visitor finds it: the demonstration on an empty
// database, in a folder and on a port of its own.

import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

export interface Program { url: string; stop: () => Promise<void> }

const binary = resolve(process.env.BREAKWATER_BIN ?? '../bin/breakwater')
const patience = 60_000 // milliseconds until the quiet weeks are in

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer().once('error', fail)
    probe.listen(0, '127.0.0.1', () => {
      const at = probe.address()
      probe.close(() => (at && typeof at === 'object' ? done(at.port) : fail(new Error('no free port'))))
    })
  })
}

const answers = async (url: string) => {
  try {
    return (await fetch(`${url}/healthz`)).ok
  } catch {
    return false
  }
}

/** startProgram starts the demonstration and waits until it answers. */
export async function startProgram(): Promise<Program> {
  if (!existsSync(binary)) throw new Error(`${binary} is not there; run make build`)
  const folder = mkdtempSync(join(tmpdir(), 'breakwater-e2e-'))
  const listen = `127.0.0.1:${await freePort()}`
  const child = spawn(binary, ['demo', '--data', folder, '--listen', listen], { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4000)))
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  const url = `http://${listen}`
  for (const until = Date.now() + patience; !(await answers(url)); await new Promise((r) => setTimeout(r, 200))) {
    if (child.exitCode !== null || Date.now() > until) {
      await stop()
      throw new Error(`the program did not start:\n${said}`)
    }
  }
  return { url, stop }
}
