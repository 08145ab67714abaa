/** What `tokenjoule --help` prints. */
export const HELP = `tokenjoule: Monte Carlo of the energy that one LLM query uses

  tokenjoule run FILE…     simulate scenario files, write Arrow tables, print medians and quartiles
  tokenjoule check FILE…   say what is wrong with scenario files, draw nothing
  tokenjoule schema        print the JSON Schema of scenario files, for editors

run:
  -o, --out DIR            results go to DIR/<scenario name>/ (default: output)
  -n, --samples N          draws per model and regime, over the file's
  -s, --seed TEXT          seed, over the file's
      --sampler NAME       pseudo, latin-hypercube or sobol: evenly spread points, for less error with as many samples
      --until p50=SHARE    draw until every blend's median energy is known to ±SHARE, e.g. p50=0.1%, within --samples
  -j, --workers N          worker threads (default: one for each core; 0: none, in the calling thread)
      --kernel NAME        wasm, reference, or auto (default: wasm where the platform has it); same numbers
      --set KEY=VALUE      replace one value of the file, e.g. --set pue=1.2
                           or --set regimes.traditional.input_tokens=1000; may be repeated
      --keep-samples       also write samples.arrow: every draw's inputs and outputs
      --json               print all tables' rows as JSON instead of text
  -q, --quiet              print nothing but errors
check:
      --set KEY=VALUE      as above
      --json               print the resolved scenarios
  -q, --quiet              print nothing but errors

  -h, --help               this text
  -v, --version            the version

Exit status: 0 done, 1 the run failed, 2 bad input, 130 interrupted.
`;
