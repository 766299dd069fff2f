import { JOBS, type Job } from '../../core/operator'
import type { Locale } from '../../core/text'
import type { ToolCard } from './card'
import { toolWords } from './tool-words'

export interface ToolGroup {
  /** `more` for tools that name no job. */
  readonly job: Job | 'more'
  readonly cards: readonly ToolCard[]
}

/** Tools by what they are for, each group in menu order; groups without a tool are left out. */
export function toolGroups(cards: readonly ToolCard[]): ToolGroup[] {
  const jobs: readonly ToolGroup['job'][] = [...JOBS, 'more']
  return jobs
    .map((job) => ({ job, cards: cards.filter((card) => (card.job ?? 'more') === job) }))
    .filter((group) => group.cards.length > 0)
}

/** Tools whose words contain every word that was typed, in the page's language or in English. */
export function searchTools(cards: readonly ToolCard[], typed: string, locale: Locale): ToolCard[] {
  const wanted = typed.toLocaleLowerCase(locale).split(/\s+/).filter(Boolean)
  return cards.filter((card) => {
    const { title, summary } = toolWords(card, locale)
    const said = [title, summary, card.title, card.summary, card.tool].join(' ').toLocaleLowerCase(locale)
    return wanted.every((word) => said.includes(word))
  })
}
