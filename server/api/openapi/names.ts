import type { Spec } from '../../../core/operator'

/** A tool's name in generated clients: `match-template` is `MatchTemplate`. */
export const toolName = ({ id }: Spec): string =>
  id.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())

/** What a tool's own schemas are called in the document. */
export const schemaName = (spec: Spec, part: 'Params' | 'Result'): string => toolName(spec) + part
