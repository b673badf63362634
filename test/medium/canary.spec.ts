/* `.ci/run` asks with MUST_FAIL=1 whether a test that fails fails the run: one that cannot be red is worth nothing. */
it('fails when it is told to, and so does the run', () => {
  expect(process.env.MUST_FAIL).toBeUndefined();
});
