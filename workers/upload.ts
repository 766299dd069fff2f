import { ToolError } from '../core/errors'
import { whileBusy } from './busy'
import { canceled } from './client'
import { refuseWhenPrivate } from './private-guard'
import { refusalOf } from './refusal'
import type { RunRequest } from './runner'
import { PLACE_HEADER } from './to-server'

type Upload = Pick<RunRequest, 'spec' | 'files' | 'params' | 'signal' | 'onProgress'>

type OnSent = (imageBytes: number) => void

/**
 * Posts a run to the server, again where that is busy and says when to come back.
 *
 * @returns the task, as the server answered it
 */
export function upload(run: Upload, onSent: OnSent): Promise<unknown> {
  const waiting = () => run.onProgress({ phase: 'waiting', done: 0, total: 1, place: 'server' })
  const attempt = async () => send(run, onSent)
  return whileBusy(attempt, run.signal, waiting).catch((error: unknown) => {
    throw run.signal.aborted ? canceled() : error
  })
}

/** XMLHttpRequest, since fetch does not tell how far an upload is. */
function send({ spec, files, params, signal, onProgress }: Upload, onSent: OnSent): Promise<unknown> {
  const body = formOf(files, params)
  refuseWhenPrivate(body)
  const imageBytes = Object.values(files).reduce((sum, { size }) => sum + size, 0)
  let counted = 0
  const count = (sent: number) => {
    const images = Math.min(sent, imageBytes)
    onSent(images - counted)
    counted = images
    onProgress({ phase: 'uploading', done: images, total: imageBytes, place: 'server' })
  }

  return new Promise<unknown>((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.upload.onprogress = ({ loaded }) => count(loaded)
    request.onload = () => {
      count(imageBytes)
      if (request.status === 201) resolve(JSON.parse(request.responseText))
      else reject(refusalOf(request.status, request.responseText, request.getResponseHeader('Retry-After')))
    }
    request.onerror = () => reject(new ToolError('unavailable', 'The connection to the server broke off'))
    request.onabort = () => reject(canceled())
    signal.addEventListener('abort', () => request.abort(), { once: true })
    if (signal.aborted) return reject(canceled())
    request.open('POST', `/api/v1/${spec.path}`)
    request.setRequestHeader(PLACE_HEADER, 'server')
    count(0)
    request.send(body)
  })
}

function formOf(files: Upload['files'], params: Upload['params']): FormData {
  const form = new FormData()
  for (const [slot, file] of Object.entries(files)) form.set(slot, file, file.name)
  for (const [name, value] of Object.entries(params)) {
    form.set(name, typeof value === 'object' ? JSON.stringify(value) : String(value))
  }
  return form
}
