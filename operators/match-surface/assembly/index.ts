export { castVotes } from './cast-votes'
export { rowMaxima } from './row-maxima'
