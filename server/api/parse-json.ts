/** Nothing that is taken goes deeper than ten. What walks a value, as writing it into an answer does, needs stack for each level. */
const MOST_LEVELS = 64

/** @throws SyntaxError when it is no JSON, or lists and objects lie too deep in each other */
export function parseJson(text: string): unknown {
  if (levelsOf(text) > MOST_LEVELS) throw new SyntaxError(`Lists and objects may lie ${MOST_LEVELS} deep in each other`)
  return JSON.parse(text)
}

const [QUOTE, BACKSLASH, OPENING, CLOSING] = ['"', '\\', '[{', ']}']

/** Of what is opened outside of strings; a text that is no JSON may have any number. */
function levelsOf(text: string): number {
  let [deepest, level] = [0, 0]
  let isString = false
  for (let i = 0; i < text.length; i++) {
    const character = text[i]
    if (character === QUOTE) isString = !isString
    else if (isString) i += character === BACKSLASH ? 1 : 0
    else if (OPENING.includes(character)) deepest = Math.max(deepest, ++level)
    else if (CLOSING.includes(character)) level--
  }
  return deepest
}
