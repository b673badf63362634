import { describeDevice } from './describe-device.js';

describe('a device', () => {
  it.each([
    ['Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0', 'Firefox on Linux'],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36 Edg/126.0',
      'Edge on Windows',
    ],
    [
      'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36',
      'Chrome on Android',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
      'Safari on iPhone',
    ],
    ['curl/8.5.0', 'curl'],
    ['Something (Linux)', 'Linux'],
    ['node', null],
    ['', null],
    [undefined, null],
    ['<script>alert(1)</script>', null],
  ])('%j is %j', (userAgent, words) => {
    expect(describeDevice(userAgent)).toBe(words);
  });

  it('that sends a megabyte is read in part, at once', () => {
    expect(describeDevice(`Version/1 ${'a '.repeat(500_000)}Firefox/1`)).toBeNull();
  });
});
