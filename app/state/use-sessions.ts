'use client'
import { useEffect, useReducer } from 'react'
import type { ToolCard } from '../tools/card'
import { defaults, paramsFromQuery, queryFromParams, recallParams, rememberParams } from './remembered-params'
import { emptySession, type Session, type SessionEvent, session } from './session'

type Sessions = Readonly<Record<string, Session>>

const start = (cards: readonly ToolCard[]): Sessions =>
  Object.fromEntries(cards.map(({ id, fields }) => [id, emptySession(defaults(fields))]))

const reduce = (all: Sessions, { tool, event }: { tool: string; event: SessionEvent }): Sessions => ({
  ...all,
  [tool]: session(all[tool], event),
})

/** One session per tool: changing tools loses nothing. */
export function useSessions(cards: readonly ToolCard[], current: ToolCard) {
  const [sessions, dispatch] = useReducer(reduce, cards, start)
  const { params } = sessions[current.id]

  // A link goes before what was remembered. After the first paint, since the server knows neither.
  useEffect(() => {
    for (const { id, fields } of cards) {
      const linked = location.pathname.endsWith(id) ? paramsFromQuery(fields, location.search) : {}
      const params = { ...defaults(fields), ...recallParams(id, fields), ...linked }
      dispatch({ tool: id, event: { type: 'params changed', params } })
    }
  }, [cards])

  useEffect(() => {
    if (params === start([current])[current.id].params) return
    rememberParams(current.id, params)
    const query = queryFromParams(current.fields, params)
    const address = query ? `${location.pathname}?${query}` : location.pathname
    if (address !== location.pathname + location.search) history.replaceState(history.state, '', address)
  }, [current, params])

  return { sessions, dispatch }
}
