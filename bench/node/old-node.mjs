// PostGraphile 5 is made for Node 22 and later; this is the one thing that it misses on Node 20.
Promise.withResolvers ??= function withResolvers() {
  const found = {};
  found.promise = new this((resolve, reject) => Object.assign(found, { resolve, reject }));
  return found;
};
