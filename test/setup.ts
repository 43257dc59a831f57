import fc from 'fast-check';

// Every run of the suite tries the same examples; FENCEPOST_TEST_SEED tries others.
fc.configureGlobal({ seed: Number(process.env.FENCEPOST_TEST_SEED ?? 20_120_409) });
