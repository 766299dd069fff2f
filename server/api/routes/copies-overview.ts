import {
  GroupPage,
  GroupsQuery,
  SetAsidePage,
  SetAsideQuery,
  Summary,
  toGroup,
  toSetAside,
  toSummary,
} from '../contracts/copies'
import type { Library } from '../library'
import { defineRoute, type Route } from '../route'
import { ownerOf } from './library-owner'

const TAG = 'Copies'

/** A whole library at a glance. */
export const overviewRoutes = (library: Library): readonly Route[] => [
  summary(library),
  groups(library),
  setAside(library),
]

function summary(library: Library): Route {
  return defineRoute({
    method: 'get',
    path: '/image/summary',
    operation: {
      id: 'summarizeImages',
      tag: TAG,
      summary: 'The library in numbers',
      answers: { 200: { description: 'The numbers', schema: Summary } },
      refusals: [401],
      shell: 'curl -H "X-API-Key: $KEY" $HOST/api/v1/image/summary',
    },
    handle: async (c) => c.json(toSummary(await library.summary(ownerOf(c)))),
  })
}

function groups(library: Library): Route {
  return defineRoute({
    method: 'get',
    path: '/image/groups',
    query: GroupsQuery,
    operation: {
      id: 'listGroups',
      tag: TAG,
      summary: 'Groups of copies',
      description: 'Pictures that hang together by links, with the links; those that were begun last first.',
      answers: { 200: { description: 'The page', schema: GroupPage } },
      refusals: [401],
      shell: 'curl -H "X-API-Key: $KEY" "$HOST/api/v1/image/groups?limit=20"',
    },
    handle: async (c, { query }) => {
      const { total, groups } = await library.groups(ownerOf(c), query)
      return c.json({ total, groups: groups.map(toGroup) })
    },
  })
}

function setAside(library: Library): Route {
  return defineRoute({
    method: 'get',
    path: '/image/ignored',
    query: SetAsideQuery,
    operation: {
      id: 'listIgnored',
      tag: TAG,
      summary: 'Pairs that people have called no copies',
      description: '`PUT /api/v1/image/{image_id}/ignored` takes one back.',
      answers: { 200: { description: 'The page', schema: SetAsidePage } },
      refusals: [401],
      shell: 'curl -H "X-API-Key: $KEY" "$HOST/api/v1/image/ignored?limit=20"',
    },
    handle: async (c, { query }) => {
      const { total, pairs } = await library.setAside(ownerOf(c), query)
      return c.json({ total, pairs: pairs.map(toSetAside) })
    },
  })
}
