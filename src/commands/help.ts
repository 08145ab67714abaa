/** What `tokenjoule --help` prints. */
export const HELP = `tokenjoule: Monte Carlo of the energy that one LLM query uses

  tokenjoule run FILE…     simulate scenario files, write Arrow tables, print medians and quartiles
  tokenjoule merge DIR…    put the parts that run --shard wrote together, write the same tables as one run
  tokenjoule worker        serve the jobs of a cluster with this machine's cores
  tokenjoule status        say who serves a cluster and what runs there
  tokenjoule check FILE…   say what is wrong with scenario files, draw nothing
  tokenjoule schema        print the JSON Schema of scenario files, for editors

run:
  -o, --out DIR            results go to DIR/<scenario name>/ (default: output)
  -n, --samples N          draws per model and regime, over the file's
  -s, --seed TEXT          seed, over the file's
  -j, --workers N          worker threads (default: one for each core; 0: none, in the calling thread)
      --kernel NAME        wasm, reference, or auto (default: wasm where the platform has it); same numbers
      --set KEY=VALUE      replace one value of the file, e.g. --set pue=1.2
                           or --set regimes.traditional.input_tokens=1000; may be repeated
      --keep-samples       also write samples.arrow: every draw's inputs and outputs
      --checkpoint SECONDS least seconds between two states saved in DIR/<scenario name>/.checkpoint (default: 5; 0: none)
      --resume             go on from the state that a stopped run of the same scenario, seed and version has saved
      --cluster URL        draw on the workers at redis://host:6379 (TLS: rediss://); a password may stand in
                           TOKENJOULE_CLUSTER_PASSWORD, the URL in TOKENJOULE_CLUSTER with an empty --cluster=
      --shard K/N          count only the K-th of N parts (from 1) and write it to DIR/<scenario name>/parts; auto/N takes
                           the index from SLURM_ARRAY_TASK_ID, JOB_COMPLETION_INDEX or AWS_BATCH_JOB_ARRAY_INDEX;
                           with --pass 2, a part of the blends, once all parts of pass 1 are there
      --block N            draw only block N (from 0, 1024 samples each) and print what it counts; writes nothing
      --pass 1|2           with --block or --shard, of which pass: 1 models (default), 2 blends, which draws the whole first pass before
      --json               print all tables' rows as JSON instead of text
  -q, --quiet              print nothing but errors
merge:
  -o, --out DIR            as above
  -j, --workers N          threads for the second pass, where it has no parts
worker:
      --cluster URL        as above
  -j, --workers N          threads (default: one for each core)
      --stall-seconds N    seconds without a sign of life after which another worker takes over a job (default: 30)
status:
      --cluster URL        as above
      --cancel RUN         stop a run
check:
      --set KEY=VALUE      as above
      --json               print the resolved scenarios
  -q, --quiet              print nothing but errors

  -h, --help               this text
  -v, --version            the version

Exit status: 0 done, 1 the run failed, 2 bad input, 130 interrupted.
`;
