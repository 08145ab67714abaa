/** What `tokenjoule --help` prints. */
export const HELP = `tokenjoule: Monte Carlo of the energy that one LLM query uses

  tokenjoule run FILE…     simulate scenario files, write Arrow tables, print medians and quartiles
  tokenjoule check FILE…   say what is wrong with scenario files, draw nothing
  tokenjoule report DIR…   one page with figures about runs, into the first folder: DIR/report.html
  tokenjoule convert PATH… tables in other formats, for files and for folders of runs
  tokenjoule query SQL [PATH…]
                           ask DuckDB about the tables of all runs (default: output)
  tokenjoule explore       a what-if page, served on this machine alone
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
      --format LIST        what tables are written as: arrow, parquet, csv (default: arrow)
      --no-color           no colour, as with NO_COLOR set or away from a terminal
      --json               print all tables' rows as JSON instead of text
  -q, --quiet              print nothing but errors
check:
      --set KEY=VALUE      as above
      --json               print the resolved scenarios
  -q, --quiet              print nothing but errors
convert:
      --to LIST            parquet, csv
  -o, --out DIR            as DIR/<table>/run=<run>/<table>.parquet, not beside the tables
query:
      --json               print rows as JSON
explore:
      --port N             port to serve on (default: 7340; 0: any that is free)

  -h, --help               this text
  -v, --version            the version

Exit status: 0 done, 1 the run failed, 2 bad input, 130 interrupted.
`;
