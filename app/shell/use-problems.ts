'use client'
import type { Failure, Issue } from '../../core/errors'
import { useIssueText } from '../text/issue-text'
import { useWords } from '../text/words'
import type { ToolCard } from '../tools/card'
import { type ToolWords, toolWords } from '../tools/tool-words'

/** What is wrong with one control of the panel. */
export interface FieldProblem {
  /** Its place in the inputs or settings: `threshold`, `steps.0.params.threshold`. */
  readonly key: string
  /** What the control is called. */
  readonly field: string
  readonly text: string
}

const fieldKey = (path: Issue['path']): string => path.join('.')

/** Everything that a failure says about controls, each said once and without the field's name in front. */
export function useProblems(
  cards: readonly ToolCard[],
  card: ToolCard,
  words: ToolWords,
  failure: Failure | undefined,
): readonly FieldProblem[] {
  const { t, locale } = useWords()
  const issueText = useIssueText()

  const nameOf = (path: Issue['path']): string | undefined => {
    const [first, index, , inner] = path
    const slot = card.inputs.find(({ name }) => name === first)
    if (slot) return words.label(slot.name, slot.title)
    const field = card.fields.find(({ name }) => name === first)
    if (!field) return undefined
    const { title } = words.field(field.name)
    return typeof index === 'number' ? t('stepTitle', { number: index + 1, title: innerName(inner) ?? title }) : title
  }
  const innerName = (name: string | number | undefined): string | undefined =>
    cards
      .filter(({ fields }) => fields.some((field) => field.name === name))
      .map((one) => toolWords(one, locale).field(String(name)).title)[0]

  return (failure?.issues ?? []).flatMap(({ path, message, ...issue }) => {
    const field = nameOf(path)
    if (field === undefined) return []
    const title = card.inputs.find(({ name }) => name === path[0])?.title
    return { key: fieldKey(path), field, text: issueText({ ...issue, message: withoutPrefix(message, title) }) }
  })
}

/** A sentence for clients, who do not see the slot, begins with its name. */
const withoutPrefix = (sentence: string, title: string | undefined) =>
  title && sentence.startsWith(`${title}: `) ? sentence.slice(title.length + 2) : sentence
