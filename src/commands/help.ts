import { ANALYZE_FLAGS, ANNOTATE_FLAGS, EXPLORE_FLAGS, ONE_RUN_FLAGS, QUERY_FLAGS, WORKER_FLAGS } from './flags.js';

/** What `tokenjoule --help` prints. */
export const HELP = `tokenjoule: Monte Carlo of the energy that one LLM query uses

  tokenjoule run FILE…     simulate scenario files, write Arrow tables, print medians and quartiles
  tokenjoule sweep FILE…   run a scenario over many values of some of its keys, as one table
  tokenjoule merge DIR…    put the parts that run --shard wrote together, write the same tables as one run
  tokenjoule worker        serve the jobs of a cluster with this machine's cores
  tokenjoule status        say who serves a cluster and what runs there
  tokenjoule check FILE…   say what is wrong with scenario files, draw nothing (-: standard input)
  tokenjoule explain FILE  print the plan of a scenario and the kernel's steps, as numbered lines
  tokenjoule throughput FILE
                           how well each form of throughput predicts the rows of a scenario, and which to choose
  tokenjoule catalogue [KIND] [WORD…]
                           what ships: hardware, models, throughput, power, pue and names, each row with its source
  tokenjoule init [FILE]   write a small commented scenario that runs
  tokenjoule analyze FILE… say which uncertain input moves the energy and a fleet's day, write sensitivity.arrow
  tokenjoule compare A B   what B uses against A: two scenario files draw by draw, or two result folders,
                           or two folders of them
  tokenjoule levers FILE   what could be changed in a scenario and what each change saves, alone and together
  tokenjoule trend DIR     every scenario's results over the nights in DIR: what moved, and what has changed
  tokenjoule validate [FILE]
                           measured energies beside what would have been predicted without them
  tokenjoule calibrate FILE
                           own measurements of throughput and power as the keys of a scenario
  tokenjoule annotate FILE RECORDS
                           usage records of queries with their energy and what else the scenario FILE states
  tokenjoule report DIR…   one page with figures about runs, into the first folder: DIR/report.html;
                           of a folder of runs, an overview of them
  tokenjoule convert PATH… tables in other formats, for files and for folders of runs
  tokenjoule query SQL [PATH…]
                           ask DuckDB about the tables of all runs (default: ${ONE_RUN_FLAGS.out.default})
  tokenjoule explore [FILE…]
                           a what-if page of scenario files and folders of runs, served on this machine alone
  tokenjoule schema        print the JSON Schema of scenario files, for editors
  tokenjoule clean         remove cells kept from earlier sweeps

run (a FILE may be a pattern such as 'scenarios/*.yaml'):
  -o, --out DIR            results go to DIR/<scenario name>/ (default: ${ONE_RUN_FLAGS.out.default})
  -n, --samples N          draws per model and regime, over the file's
  -s, --seed TEXT          seed, over the file's
      --sampler NAME       pseudo, latin-hypercube or sobol: evenly spread points, for less error with as many samples;
                           exact or auto: draw only what cannot be integrated
      --until p50=SHARE    draw until every blend's median energy (or any quantile, as p99) is known to ±SHARE, e.g. p50=0.1%,
                           within --samples
  -j, --workers N          worker threads (default: one for each core; 0: none, in the calling thread)
      --kernel NAME        wasm, reference, or auto (default: wasm where the platform has it);
                           they differ by 1e-5 at most
      --set KEY=VALUE      replace one value of the file, e.g. --set pue=1.2
                           or --set regimes.traditional.input_tokens=1000; may be repeated
      --keep-samples       also write samples.arrow: every draw's inputs and outputs
      --format LIST        what tables are written as: arrow, parquet, csv (default: ${ONE_RUN_FLAGS.format.default})
      --raw-text           texts in CSV as they are: without it, one that a spreadsheet would take for a formula (= + - @)
                           has an apostrophe before it (also of convert)
      --checkpoint SECONDS least seconds between two states saved in DIR/<scenario name>/.checkpoint (default: ${ONE_RUN_FLAGS.checkpoint.default}; 0: none)
      --resume             go on from the state that a stopped run of the same scenario, seed and version has saved
  -f, --force              draw every file of a batch, also those whose result of the same scenario, data and version stands in DIR
      --previous DIR       results of the night before: what has not changed is taken over from there, and ratio_to: previous means them
      --no-histogram       leave histogram.arrow out, most of a run's bytes
      --cluster URL        draw on the workers at redis://host:6379 (TLS: rediss://); a password may stand in
                           TOKENJOULE_CLUSTER_PASSWORD, the URL in TOKENJOULE_CLUSTER with an empty --cluster=
      --shard K/N          count only the K-th of N parts (from 1) and write it to DIR/<scenario name>/parts; auto/N takes
                           the index from SLURM_ARRAY_TASK_ID, JOB_COMPLETION_INDEX or AWS_BATCH_JOB_ARRAY_INDEX;
                           with --pass 2, a part of the blends, once all parts of pass 1 are there
      --block N            draw only block N (from 0, 1024 samples each) and print what it counts; writes nothing
      --pass 1|2           with --block or --shard, of which pass: 1 models (default), 2 blends, which draws the whole first pass before
      --strict             exit with 3 if a fit of throughput is doubtful, most draws of a model lie outside its data, or slo is broken
      --metric NAME        what the tables on the screen are of (default: ${ONE_RUN_FLAGS.metric.default}): carbon or another impact that the file states
      --no-color           no colour, as with NO_COLOR set or away from a terminal
      --json               print all tables' rows as JSON instead of text
  -q, --quiet              print nothing but errors
sweep (and of what run takes, -o, -n, -s, --sampler, --until, -j, --kernel, --set, --cluster, --json, -q):
      --over KEY=VALUES    every combination of these values with the others: --over pue=1.05,1.2,1.4
                           or --over pue=linear:1.05:1.6:12, or log:FROM:TO:POINTS; may be repeated
      --zip KEY=VALUES     the same, moved together: first with first, and so on
      --sample METHOD:N    N points spread over the ranges of --over without POINTS (sobol or latin-hypercube)
      --limit N            the most cells allowed, over the file's (default: 10,000)
      --name NAME          write sweep-NAME.arrow and sweep-NAME.json, over earlier ones of that name; without it, an earlier sweep.arrow
                           of other content is kept as sweep-KEYS-HASH.arrow (also of analyze and compare, for their tables)
      --cells DIR          where cells are kept for the next sweep (default: .cells in --out's DIR)
  -f, --force              compute every cell, also those that are kept
clean:
  -o, --out DIR            and --cells DIR as for sweep
      --older-than DAYS    cells not used for so many days
      --keep SIZE          the longest unused cells beyond so many bytes, e.g. 500MB
      --all                every cell
merge:
  -o, --out DIR            as above
  -j, --workers N          threads for the second pass, where it has no parts
      --kernel NAME        as for run: that which drew the parts
worker:
      --cluster URL        as above
  -j, --workers N          threads (default: one for each core)
      --stall-seconds N    seconds without a sign of life after which another worker takes over a job (default: ${WORKER_FLAGS['stall-seconds'].default})
status:
      --cluster URL        as above
      --cancel RUN         stop a run, or a sweep by its name or that of one of its cells
check:
      --set KEY=VALUE      as above
      --explain            print what samplers exact and auto integrate, what they draw, and why
      --strict             exit with 3 if a fit of throughput is doubtful, or slo is broken
      --json               print the resolved scenarios
  -q, --quiet              print nothing but errors
init:
      --model NAME         and --accelerator NAME, --precision NAME: any that the catalogue has (default: Llama 3.1 70B on H200)
analyze (-o, -s, -j, --set, --name, --json, -q as above; FILE may be the samples.arrow of a run: regression and pawn):
  -m, --method NAME        sobol, shapley, morris, tornado, regression or pawn (default: ${ANALYZE_FLAGS.method.default})
      --metric NAME        what is analysed: energy, or carbon, water or cost of a scenario with impact (default: ${ANALYZE_FLAGS.metric.default})
      --target TEXT        also for P95 or "P(energy > 1)": which inputs bring a query above it; may be repeated
      --estimator NAME     of sobol: saltelli2010, jansen1999 or janon2014 (default: ${ANALYZE_FLAGS.estimator.default})
      --second-order       of sobol: pairs of inputs too
      --resamples N        bootstrap resamples behind the intervals (default: ${ANALYZE_FLAGS.resamples.default})
      --conf-level P       confidence level of the intervals (default: ${ANALYZE_FLAGS['conf-level'].default})
  -n, --samples N          base sample, a power of 2 (default: 16384; shapley 8192 a subset); trajectories of morris
compare (-o, -s, -j, --set, --name, --json, -q as above; --seed also makes two files with different seeds comparable):
  -n, --samples N          draws of scenario files (default: the fewer of the two files', at most 131072)
levers (-o, -s, -j, --set, --name, --json, -q as above):
      --lever KEY=VALUE    a change of your own beside those that are known; may be repeated
  -n, --samples N          draws (default: the file's, at most 131072)
trend:
  -o, --out DIR            where trend.arrow and trend.html go (default: DIR); status 3 if anything moved on the last night
validate (--json, -q as above; FILE: a scenario that stands beside, in place of the paper's):
      --against TABLE      your own measurements, in the columns of scenarios/data/measured-energy.csv
  -o, --out DIR            where validation.arrow and validation.html go (default: output/validation); status 3 beyond the bounds
calibrate (FILE: as --against of validate, of one model at one precision on one number of one chip):
      --model, --accelerator, --quantization NAME
                           which, where the table has several
  -o, --out FILE           where the scenario goes (default: printed)
      --json               print the fit
annotate (--set, -q as above; RECORDS: a JSON mapping a line, with OpenTelemetry's gen_ai.usage.*; prints them with attributes):
      --regime NAME        whose PUE, utilisation and the like are taken (default: the file's first)
      --model NAME         of records that name none
  -n, --samples N          draws for each pair of lengths (default: ${ANNOTATE_FLAGS.samples.default})
convert:
      --to LIST            parquet, csv
  -o, --out DIR            as DIR/<table>/run=<run>/<table>.parquet, not beside the tables; of nights in folders that begin with
                           their date as DIR/<table>/date=<date>/run=<run>/…
query:
      --allow-files        let the SQL read and write files of this machine (never a network)
      --max-seconds N      give up after so long (default: ${QUERY_FLAGS['max-seconds'].default})
      --max-memory SIZE    give up beyond so much memory (default: ${QUERY_FLAGS['max-memory'].default})
      --json               print rows as JSON
explore:
      --port N             port to serve on (default: ${EXPLORE_FLAGS.port.default}; 0: any that is free)
  -o, --out FILE           write the page to a file that opens by a double click, and serve nothing

  -h, --help               this text
  -v, --version            the version

Exit status: 0 done, 1 a run failed, 2 bad input, 3 a stated expectation, or --strict, did not hold, 130 interrupted.
With several files, one that fails does not stop the others; 2 comes before 1, and 1 before 3.
`;
