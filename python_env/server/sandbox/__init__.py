"""Runs code that nobody vouches for, in CPython on WebAssembly, and says what came of it.

`Sandbox.run(code, scenarios)` is all there is to it. The guest reaches no file, socket, process or
thread of the host (`wasi`, `files`, `memory`); its clock counts instructions and its random numbers
are one sequence, so an answer is the same everywhere. A worker warms CPython up once and is then
forked (`worker`): for each job, in which the code is compiled, and from that for each scenario, so
that nothing of one scenario reaches the next. What runs inside is `guest`; `answers` reads what
comes out. `process` and `pool` are the server's side, `native` and `build` make the native code,
`screening` and `constructs` refuse what plays the test, `reproduction` judges what an agent shows.

Why forks of a warm guest, and not wasmtime's own WASI with a cold guest for each patch? Measured
with twenty scenarios of each module of the stock, on two cores that others used as well:

- Warm, every scenario in a fork of its own: 190 ms of processor time (median of 14 modules), and
  54 ms for twenty scenarios that do nothing. A worker holds 65 MB and starts in 0.7 s.
- Cold, all twenty in one guest, where they share files, patched modules and policies: 395 ms, most
  of them for imports. A guest for each scenario would cost the imports twenty times.
- Wall time of a warm patch step, the idle one of two workers helping: 121 ms median and 333 ms p99
  (13 modules) with 3.6 processes in the queue for two cores; 360 to 520 ms median with 7 to 9. One
  module has a scenario that takes 0.6 s by itself. The bars are 250 ms and 400 ms.
"""

from python_env.server.sandbox.answers import Answer, Outcome, SandboxError, same_value
from python_env.server.sandbox.pool import Sandbox, check_ready

__all__ = ["Answer", "Outcome", "Sandbox", "SandboxError", "check_ready", "same_value"]
