import fc from 'fast-check';

// The same cases at every run, so that a red test is red for everybody; FUZZ_SEED=$RANDOM looks for new ones.
fc.configureGlobal({ seed: Number(process.env.FUZZ_SEED ?? 20_261_122) });
