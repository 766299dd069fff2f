// Scenarios that a fresh clone may begin with run built parts: kernels, and servers in processes of their own.
import { buildKernels } from '../server/build/kernels.mjs'
import { buildServer } from '../server/build/server.mjs'

await buildKernels()
await buildServer()
