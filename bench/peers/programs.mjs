// What computes the scenarios of this folder: how each program is made ready and called, and what brings it where it is missing.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PYTHON = '/usr/bin/python3'; // Debian's, for its packages
const CXX_FLAGS = ['-O3', '-march=native', '-mprefer-vector-width=512', '-ffast-math', '-fopenmp'];
const here = (name) => fileURLToPath(new URL(name, import.meta.url));

/**
 * Programs for one-model.yaml, tokenjoule first. `share` is the part of the samples that a program draws: one where all
 * draw the same, less for those that would take minutes. `prepare(folder)` resolves to `{ version, command, env }`, or to
 * `{ missing }`, the command that installs what is not here; `command(samples, seed)` prints five quantiles as JSON.
 */
export const oneModelPrograms = [
  tokenjoule('one-model.yaml'),
  python('NumPy', 'numpy_peer.py', 'numpy', 'python3-numpy'),
  python('Numba', 'numba_peer.py', 'numba', 'python3-numba'),
  cpp('C++', []),
  cpp('C++, one normal', ['-DONE_NORMAL']),
  { name: '@stdlib/random loop', share: 1 / 20, prepare: prepareStdlib, quantiles: asPrinted },
  { ...python('scikit-learn loop', 'sklearn_peer.py', 'sklearn', 'python3-sklearn'), share: 1 / 4000 },
];

/** The same for spread-inputs.yaml. */
export const spreadInputsPrograms = [
  tokenjoule('spread-inputs.yaml'),
  python('NumPy', 'numpy_spread_inputs_peer.py', 'numpy', 'python3-numpy'),
];

function tokenjoule(scenario) {
  const arguments_ = (out, samples, seed) =>
    ['run', here(scenario), '--json', '--out', out, '--samples', samples, '--seed', seed].map(String);
  const prepare = (folder) => ({
    version: 'this build',
    command: (samples, seed) => [process.execPath, here('../../dist/cli.cjs'), ...arguments_(folder, samples, seed)],
  });
  return { name: 'tokenjoule', share: 1, prepare, quantiles: energyQuantiles };
}

function energyQuantiles({ runs: [{ summary }] }) {
  const { p05, p25, p50, p75, p95 } = summary.find(({ metric }) => metric === 'energy');
  return [p05, p25, p50, p75, p95];
}

function python(name, file, module, debianPackage) {
  const prepare = (folder) => {
    const version = output(PYTHON, ['-c', `import ${module}; print(${module}.__version__)`]);
    if (version === undefined) return { missing: `apt-get install ${debianPackage}` };
    const env = { PYTHONPYCACHEPREFIX: join(folder, 'pycache'), NUMBA_CACHE_DIR: join(folder, 'numba') };
    return { version, env, command: (samples, seed) => [PYTHON, here(file), String(samples), String(seed)] };
  };
  return { name, share: 1, prepare, quantiles: asPrinted };
}

function cpp(name, defines) {
  const prepare = (folder) => {
    const version = output('g++', ['-dumpfullversion']);
    if (version === undefined) return { missing: 'apt-get install g++' };
    const program = join(folder, `cpp_peer${defines.join('')}`);
    const { status, stderr } = spawnSync('g++', [...CXX_FLAGS, ...defines, here('cpp_peer.cpp'), '-o', program]);
    if (status !== 0) throw new Error(`g++ did not compile cpp_peer.cpp:\n${stderr}`);
    return { version: `g++ ${version}`, command: (samples, seed) => [program, String(samples), String(seed)] };
  };
  return { name, share: 1, prepare, quantiles: asPrinted };
}

function prepareStdlib() {
  const script = here('stdlib-peer.mjs');
  return {
    version: `Node ${process.versions.node}`,
    command: (samples, seed) => [process.execPath, script, String(samples), String(seed)],
  };
}

function asPrinted(printed) {
  return printed;
}

/** What a command prints; undefined where it is not here or fails. */
function output(command, args) {
  const { status, stdout } = spawnSync(command, args, { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}
