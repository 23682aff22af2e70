import assert from 'node:assert/strict';
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { suite, test } from 'node:test';
import { addressKey, clientAddress, TrustedProxies } from './client-address.ts';

function requestFrom(address: string, ...forwarded: readonly string[]): IncomingMessage {
  const socket = new Socket();
  Object.defineProperty(socket, 'remoteAddress', { value: address });
  const request = new IncomingMessage(socket);
  Object.defineProperty(request, 'headersDistinct', { value: { 'x-forwarded-for': [...forwarded] } });
  return request;
}

suite('clientAddress', () => {
  const proxies = new TrustedProxies(['10.0.0.0/8', '2001:db8::/32', '192.0.2.9']);
  const cases: readonly [what: string, peer: string, forwarded: readonly string[], expected: string][] = [
    ['a peer that is no proxy', '198.51.100.1', ['1.1.1.1'], '198.51.100.1'],
    ['a peer on a socket that takes both families', '::ffff:198.51.100.1', [], '198.51.100.1'],
    ['a proxy without the header', '10.0.0.1', [], '10.0.0.1'],
    ['a client behind one proxy', '10.0.0.1', ['198.51.100.1'], '198.51.100.1'],
    ['a client that invents hops', '10.0.0.1', ['1.1.1.1, 198.51.100.1'], '198.51.100.1'],
    ['a client that invents a trusted hop', '10.0.0.1', ['10.9.9.9, 198.51.100.1'], '198.51.100.1'],
    ['a client behind two proxies', '10.0.0.1', ['198.51.100.1, 192.0.2.9'], '198.51.100.1'],
    ['several lines', '10.0.0.1', ['1.1.1.1', '198.51.100.1'], '198.51.100.1'],
    ['a hop that is no address', '10.0.0.1', ['198.51.100.1, unknown'], '10.0.0.1'],
    ['IPv6 throughout', '2001:db8::1', ['2606:4700::1'], '2606:4700::1'],
  ];
  for (const [what, peer, forwarded, expected] of cases) {
    test(`finds ${what}`, () => {
      assert.equal(clientAddress(requestFrom(peer, ...forwarded), proxies), expected);
    });
  }

  test('believes nobody when no proxy is trusted', () => {
    assert.equal(clientAddress(requestFrom('10.0.0.1', '1.1.1.1'), new TrustedProxies([])), '10.0.0.1');
  });
});

suite('addressKey', () => {
  for (const [address, key] of [
    ['192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ] as const) {
    test(`counts ${address} as ${key}`, () => assert.equal(addressKey(address), key));
  }
});
