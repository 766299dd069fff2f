import type { Spec } from '../core/operator'
import type { Parsed } from './flags'
import { STANDARD } from './input-file'
import { outputFor } from './output'
import { readParams } from './params'
import { planRuns } from './plan'
import { jsonLine, sentence } from './report'
import { runAll } from './run-all'
import type { Invoked } from './session'

/** Runs a tool on the files that were named. @returns how many runs failed */
export async function toolCommand(
  spec: Spec,
  { flags, positionals, texts, slots }: Parsed,
  invoked: Invoked,
): Promise<number> {
  const { cwd, signal } = invoked
  const params = readParams(spec, texts)
  const runs = await planRuns(spec, positionals, slots, cwd)
  const output = outputFor(spec, runs, { ...flags, out: flags.out, cwd })
  const { engine, bar } = await invoked.open([spec], runs.length)
  // What is written to the standard output must not be mixed with what is said.
  const say = flags.out === STANDARD ? console.error : console.log
  try {
    return await runAll({
      ...{ spec, params, runs, engine, output, bar, signal },
      report: (done) => {
        if (flags.json) say(jsonLine(done))
        else if (done.outcome.ok) say(sentence(done, spec))
        else console.error(sentence(done, spec))
      },
    })
  } finally {
    await engine.close()
  }
}
