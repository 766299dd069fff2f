export { blendRow } from './blend-row'
export { coverage } from './coverage'
