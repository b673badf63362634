import { identMap } from './cluster.js';

describe('identMap', () => {
  it('lets one system user be each of the four roles', () => {
    expect(identMap('ann')).toBe(
      'service "ann" postgres\nservice "ann" owner\nservice "ann" app\nservice "ann" queue\n',
    );
  });

  it('quotes a name with a space, a comma or a quotation mark', () => {
    expect(identMap('an"n, b').split('\n')[0]).toBe('service "an""n, b" postgres');
  });
});
