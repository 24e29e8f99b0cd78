/** What is loaded by the first call that needs it: bundlers that split code, which takes ESM, keep it out of the first download. */
const onDemand = ['./helpers.js', './check-privacy-*.js', './watch.js'];

const measure = {
  path: 'dist/index.js',
  gzip: true,
  modifyEsbuildConfig: (config) => ({ ...config, format: 'esm', external: onDemand }),
};

export default [
  {
    ...measure,
    name: '{ PluralKit }, without the code that messages.find, members.updateMany, switches.history, switches.watchFronters and bodies with privacy load',
    import: '{ PluralKit }',
    limit: '10.2 kB',
  },
  {
    ...measure,
    name: '{ createClient }, the low level alone, without the code that bodies with privacy load',
    import: '{ createClient }',
    limit: '6.9 kB',
  },
];
