'use client'
import { useEffect, useState } from 'react'
import { libraryClient } from '../../workers/library-client'
import { loadRunner } from '../run/load-runner'

interface Pictured {
  readonly id: number
  readonly name: string
  /** A picture that is not in the library. */
  readonly file?: File
}

export interface Overlaid {
  /** One picture as it lies on the other, and what differs; neither where too few details agree. */
  readonly aligned?: Blob
  readonly difference?: Blob
}

type Answer = { readonly key: string } & ({ readonly overlaid: Overlaid } | { readonly failed: true })

/** Lays `one` on `other`, on this device. Undefined while it does. */
export function useOverlay(one: Pictured, other: Pictured): { overlaid?: Overlaid; failed?: boolean } {
  const [answer, setAnswer] = useState<Answer>()
  const key = `${one.id} ${other.id}`
  useEffect(() => {
    const controller = new AbortController()
    const { signal } = controller
    overlay(one, other, signal).then(
      (overlaid) => signal.aborted || setAnswer({ key, overlaid }),
      () => signal.aborted || setAnswer({ key, failed: true }),
    )
    return () => controller.abort()
  }, [key, one, other])
  return answer?.key === key ? answer : {}
}

async function overlay(one: Pictured, onto: Pictured, signal: AbortSignal): Promise<Overlaid> {
  const fileOf = async (picture: Pictured) => picture.file ?? libraryClient.file(picture, signal)
  const [{ runner, findTool }, image, other] = await Promise.all([loadRunner(), fileOf(one), fileOf(onto)])
  const { files } = await runner.run({
    spec: findTool('compare-copies').spec,
    files: { image, other },
    params: {},
    mode: 'private', // what was sent here for comparing need not be sent back for it
    batch: 1,
    signal,
    onProgress: () => {},
  })
  const blobOf = (name: string) => files.find((file) => file.name.startsWith(name))?.blob
  return { aligned: blobOf('aligned'), difference: blobOf('difference') }
}
