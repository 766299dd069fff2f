import { useEffect, useEffectEvent } from 'react'
import { failure } from '../../core/errors'
import type { FolderGroup } from '../../workers/folder/folder-groups'
import type { Picture } from '../../workers/folder/picture'
import type { FolderSession } from '../../workers/folder/session'
import type { Policy } from '../../workers/folder/tools'
import { rememberedFlag } from '../state/preferences'
import { createStore, useSelected, useStore } from '../state/store'
import { toast } from '../state/toasts'
import { useErrorText } from '../text/error-text'

/** Whether pictures are shown only once the content filter has looked at them; it costs time, so only when asked for. */
export const isFiltering = rememberedFlag('folder-filter')

/** By SHA-256, as far as they were looked at. */
const advice = createStore<ReadonlyMap<string, Policy>>(new Map())

/** Pictures that somebody wanted to see, in this visit. */
const revealed = createStore<ReadonlySet<string>>(new Set())

export const reveal = ({ print }: Picture): void => revealed.set(new Set([...revealed.get(), print.sha256]))

/** Whether it must not be shown as it is, until somebody presses; so also while nobody knows what it shows. */
export function useIsHidden({ print: { sha256 } }: Picture): boolean {
  const isOn = useStore(isFiltering)
  const isAllowed = useSelected(advice, (all) => all.get(sha256) === 'allow')
  const isSeen = useSelected(revealed, (all) => all.has(sha256))
  return isOn && !isAllowed && !isSeen
}

/** Looks at the pictures of the groups, while nothing else is done with them. */
export function useContentFilter(session: FolderSession | undefined, groups: readonly FolderGroup[], isBusy: boolean) {
  const isOn = useStore(isFiltering)
  const errorText = useErrorText()
  const say = useEffectEvent(errorText)
  useEffect(() => {
    if (!isOn || isBusy || !session) return
    const controller = new AbortController()
    const pictures = new Set(groups.flatMap(({ members }) => members.map(({ picture }) => picture)))
    const onJudged = ({ print }: Picture, policy: Policy) => advice.set(new Map(advice.get()).set(print.sha256, policy))
    session.judge([...pictures], controller.signal, onJudged).catch((error) => {
      if (!controller.signal.aborted) toast({ text: say(failure(error, console.error)) }) // and all stay blurred
    })
    return () => controller.abort()
  }, [isOn, isBusy, session, groups])
}
